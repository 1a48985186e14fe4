# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What another link with Loket has delivered already, so that no hour is paid twice.

A file tells how much of somebody it delivered, not of which days. What it delivered
beyond what its link pays today is what this link would pay a second time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .bookings import Booking, Rules, Source

#: An employee, and a source of bookings or what stands for it.
Share = tuple[int, Source]


@dataclass(frozen=True, slots=True)
class OtherFile:
    """The file that counts of another link, for days that this file is of too.

    :param connection: the link; None when it pays nobody any more
    :param name: what a person calls the link and the file
    :param delivered: how much of whom
    :param booked: everything that is booked in its period of these people
    :param ours: the same, as this link counts days; what it delivered is looked for in
        all of that, also where only some of its days are of the period that asks
    :param components: the component of each source, where only these are known of the
        file; ``delivered`` has sources without a kind then
    """

    connection: int | None
    name: str
    start: date
    end: date
    delivered: Mapping[Share, Decimal]
    booked: Collection[Booking]
    components: Mapping[Source, int] | None = None
    ours: Collection[Booking] = ()

    def share(self, booking: Booking) -> Share:
        """What a booking counts for in this file."""
        if self.components is None:
            return booking.employee, booking.source
        return booking.employee, Source("", self.components.get(booking.source, 0))

    def surplus(self, rules: Rules) -> dict[Share, Decimal]:
        """What it delivered beyond what its link pays today, where it is above zero."""
        left: dict[Share, Decimal] = defaultdict(Decimal, self.delivered)
        for booking in self.booked:
            job = rules.job(booking)
            if job and job.connection == self.connection:
                left[self.share(booking)] -= booking.quantity
        return {share: quantity for share, quantity in left.items() if quantity > 0}


def mark_delivered(
    bookings: Iterable[Booking], files: Iterable[OtherFile], rules: Rules
) -> list[Booking]:
    """The same bookings; those that another file holds say so.

    The earliest first, until as much is marked as was delivered: a booking of which it
    holds a part becomes two. Two periods that share the days of one file never find the
    same hours in it.
    """
    marked = list(bookings)
    for file in files:
        surplus = file.surplus(rules)
        if surplus:
            marked = _marked(marked, file, surplus, rules)
    return marked


def _marked(
    bookings: list[Booking],
    file: OtherFile,
    surplus: dict[Share, Decimal],
    rules: Rules,
) -> list[Booking]:
    result = []
    days = {booking.day for booking in bookings}
    first, last = min(days, default=date.max), max(days, default=date.min)
    beyond = [booking for booking in file.ours if not first <= booking.day <= last]
    in_order = [(booking, False) for booking in bookings]
    in_order += [(booking, True) for booking in beyond]
    # What was taken back first: there is that much more to find in what was booked.
    in_order.sort(key=lambda entry: (entry[0].quantity > 0, entry[0].day))
    for booking, is_beyond in in_order:
        share = file.share(booking)
        quantity = min(booking.quantity, surplus.get(share, Decimal(0)))
        is_open = not booking.delivered and file.start <= booking.day <= file.end
        if not (is_open and share in surplus and quantity and rules.pays(booking)):
            if not is_beyond:
                result.append(booking)
            continue
        surplus[share] -= quantity
        if is_beyond:
            continue
        result.append(replace(booking, quantity=quantity, delivered=file.name))
        if quantity != booking.quantity:
            result.append(replace(booking, quantity=booking.quantity - quantity))
    return result
