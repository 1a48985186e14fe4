# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The list of files, with what is late of the last three periods."""

import calendar
from datetime import date

from bench import data
from bench.measure import Row, Target

PERIODS = (6, 7, 8)
#: In how many of them something was booked after the file was made, and how much.
LATE_IN, LATE_LINES = 2, 100


def rows(bench):
    """Yield the rows of this job."""
    size = data.SIZES[bench.size]
    files = Files(bench, size)
    yield Row(
        f"late hours of three periods at a glance, {size.lines:,} lines each",
        bench.undone(files.look),
        (Target("seconds", 0.3),),
        before=files.settle,
        check=files.check,
    )
    yield Row(
        "the same after one line was booked",
        bench.undone(files.look),
        (Target("seconds", 0.3),),
        before=files.book,
        check=files.check,
    )


class Files:
    """Three files that count, and hours that were booked since in two of them."""

    def __init__(self, bench, size):
        self._bench = bench
        with bench.env(keep=True) as env:
            link, types, _wages = data.payroll_company(env, size, booked=False)
            self._link_id, self._type_id = link.id, types[0].id
            for number in PERIODS:
                data.hours(env, link, types, size.lines, *_days(number))
        bench.analyze()
        for number in PERIODS:
            with bench.env(keep=True) as env:
                env["loket.export"].create(
                    {
                        "connection_id": self._link_id,
                        "year": data.YEAR,
                        "period": number,
                        "accept_left_out": True,
                    }
                ).action_generate()
        for number in PERIODS[:LATE_IN]:
            for _line in range(LATE_LINES):
                self._book(number)
        self._hours = LATE_LINES * LATE_IN

    def _book(self, number):
        with self._bench.env(keep=True) as env:
            row = env["loket.employee"].search(
                [("connection_id", "=", self._link_id)], limit=1
            )
            env["account.analytic.line"].create(
                {
                    "name": "/",
                    "project_id": env["project.project"]
                    .search([("name", "=", "Bench")], limit=1)
                    .id,
                    "employee_id": row.employee_id.id,
                    "date": _days(number)[0],
                    "unit_amount": 1,
                    "work_entry_type_id": self._type_id,
                }
            )

    def settle(self, _side):
        """Somebody has looked since the last hour was booked."""
        with self._bench.env(keep=True) as env:
            self.look(env)

    def book(self, side):
        """Nobody has looked since the last hour was booked."""
        self.settle(side)
        self._book(PERIODS[0])
        self._hours += 1

    def look(self, env):
        """What the list of files shows of what is late."""
        files = env["loket.export"].search([("connection_id", "=", self._link_id)])
        return [(file.late_now, file.late_words) for file in files]

    def check(self, ours, _bound):
        """All that was booked since is told, and of the third period nothing."""
        told = [words for words, _lines in ours if words]
        assert len(told) == LATE_IN, told
        found = sum(float(words.split()[0].replace(",", "")) for words in told)
        assert found == self._hours, (told, self._hours)


def _days(number):
    last = calendar.monthrange(data.YEAR, number)[1]
    return date(data.YEAR, number, 1), date(data.YEAR, number, last)
