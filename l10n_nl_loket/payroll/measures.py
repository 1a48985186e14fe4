# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a quantity counts, in Odoo and at Loket: 160 hours are not 160 euros.

Loket says it of a component by its category, in words of which no full list is
published. What nobody knows holds nothing up; it is remarked on.
"""

from typing import Literal

Measure = Literal["hours", "money", "days", "units"]

#: Categories whose components count hours (Loket's help page 115003970385).
_HOURS = {
    "uren",
    "meeruren",
    "overwerk",
    "tijd voor tijd",
    "onregelmatige dienst",
    "hours",
    "extra hours",
    "overtime",
}
_UNITS = {"eenheden", "units"}
#: Loket multiplies these by an amount of its own: they may count anything.
_AT_A_RATE = (
    "tabel",
    "tarief",
    "uur",
    "uren",
    "eenhe",
    "table",
    "rate",
    "hour",
    "unit",
)
_MONEY = ("betaling", "inhouding", "bruto", "netto", "payment", "deduction", "gross")


def measure_of(category: str | None) -> Measure | None:
    """What Loket takes the values of a component for.

    :param category: of the component, in Loket's words
    :return: hours, money or units; None where nobody knows
    """
    words = " ".join((category or "").casefold().split())
    if words in _HOURS:
        return "hours"
    if words in _UNITS:
        return "units"
    if any(mark in words for mark in _AT_A_RATE):
        return None
    return "money" if any(mark in words for mark in _MONEY) else None


def contradict(booked: Measure | None, component: Measure | None) -> bool:
    """Whether what is booked would be paid as what it is not: hours and euros.

    :param booked: what the bookings of a source count
    :param component: what Loket takes the component for
    """
    return {booked, component} == {"hours", "money"}


def confirmation(booked: Measure, number: int, component: Measure) -> str:
    """What somebody says yes to; another component, or meaning, is another question.

    :param number: of the component
    """
    return f"{booked} {number} {component}"


CountsAs = Literal["worked", "extra", "time_off"]
_TIME_OFF = (
    "ziek",
    "verlof",
    "verl",
    "vakantie",
    "feestdag",
    "vrije",
    "leave",
    "sick",
    "holiday",
)


def counts_as(category: str | None, name: str) -> CountsAs:
    """What hours of a component most likely are; for a person to look at.

    :param category: of the component, in Loket's words
    :param name: of the component, of at most fourteen letters where Loket shortens it
    """
    if any(mark in name.casefold() for mark in _TIME_OFF):
        return "time_off"
    is_plain = " ".join((category or "").casefold().split()) in ("", "uren", "hours")
    return "worked" if is_plain else "extra"
