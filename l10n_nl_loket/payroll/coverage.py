# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of which file a day is, also when Loket dates its periods anew.

A file keeps the days that it was made for. Where a later period gets some of these
days, they stay of the file that has them until that one is made again, so that no hour
is in two files. Days that no file has, of a period that has one, are late in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..payroll_file import periods
from .delivered import PeriodKey

#: Files of how long ago are watched: thirteen months, and a period of any kind.
LOOK_BACK = timedelta(days=31 * 14)


@dataclass(frozen=True, slots=True)
class FileDays:
    """The days of a file that counts, or is about to.

    :param days: the period as it was when the file was made
    :param dated_now: the same period as it is now; None where there is none
    :param since: orders the files by when one of the same days was first made
    :param is_draft: whether there is no file yet
    """

    days: periods.Period
    dated_now: periods.Period | None
    since: int
    is_draft: bool = False

    @property
    def key(self) -> PeriodKey:
        """Year and number of the period, as Loket counts."""
        return self.days.year, self.days.number


class Coverage:
    """Answers of which file a day is.

    :param files: of one administration, one of each period
    """

    def __init__(self, files: Iterable[FileDays]) -> None:
        self._files = sorted(files, key=lambda file: file.since)
        made = [file.days.start for file in self._files if not file.is_draft]
        self._first = min(made, default=date.max)

    def owner(self, day: date) -> FileDays | None:
        """The file that a day is of; of two that have it, the one made first.

        A day that none has is of the file whose period has it now, unless it was
        before the first file.
        """
        has_it = (file for file in self._files if _covers(file.days, day))
        dated_so = (
            file
            for file in self._files
            if day >= self._first and _covers(file.dated_now, day)
        )
        return next(has_it, None) or next(dated_so, None)

    def made_before(self, first: date) -> list[FileDays]:
        """The files that begin before a day, as far back as is watched.

        Also those of which Loket gave the last days to another period since.
        """
        return [
            file
            for file in self._files
            if not file.is_draft
            and file.days.start < first
            and first - LOOK_BACK <= file.days.end
        ]

    def turns(self) -> Iterator[date]:
        """The days that may be of another file than the day before."""
        for file in self._files:
            for span in (file.days, file.dated_now):
                if span:
                    yield span.start
                    yield span.end + timedelta(days=1)

    def days(self, keys: Iterable[PeriodKey]) -> periods.Period:
        """From the first to the last day that files may have, by their periods."""
        wanted = set(keys)
        spans = [
            span
            for file in self._files
            if file.key in wanted
            for span in (file.days, file.dated_now)
            if span
        ]
        return periods.Period(
            0, 0, min(one.start for one in spans), max(one.end for one in spans)
        )


def _covers(period: periods.Period | None, day: date) -> bool:
    return period is not None and period.start <= day <= period.end
