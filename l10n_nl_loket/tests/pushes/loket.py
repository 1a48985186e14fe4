# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a period of a sandbox holds: what is of a file, and what somebody else put."""

import csv
import io
from decimal import Decimal

from sandbox.period_data import Key, Place, Value


class PeriodInLoket:
    """One period of the first administration of a sandbox, cell by cell.

    A cell is (key of the record, component). ``theirs``: what somebody else put in a
    cell and nobody may write over unasked; ``ours``: all that files had, or that was
    sent, by cell.
    """

    def __init__(self, loket, year, period):
        self.loket = loket
        self.employer = loket.company.employer
        self.office = self.employer.administrations[0]
        self.place = Place(self.office.id, year, period)
        self.jobs = {
            job.payroll_id: job
            for _person, job in self.employer.employments()
            if job.administration is self.office
        }
        self.units = {unit.code: unit.id for unit in self.employer.distribution_units}
        self.theirs, self.ours = {}, {}

    @property
    def store(self):
        """{cell: value} of now."""
        return {
            (key, component): value
            for place, key, component, value in self.loket.company.period_data.cells()
            if place == self.place
        }

    def cell(self, payroll_number, shift, unit, component):
        """The cell that a row and column of a file mean."""
        job = self.jobs[payroll_number]
        unit_id = self.units[unit] if unit else job.distribution_unit.id
        return Key(job.id, shift or 1, 1, unit_id), component

    def cells_of(self, data):
        """{cell: value} of the bytes of a file."""
        header, *rows = csv.reader(io.StringIO(data.decode("ascii")), delimiter=";")
        first = header.index("ploeg") + 1
        has_unit = header[first : first + 1] == ["verdelingseenheid"]
        components = [int(code) for code in header[first + has_unit :]]
        cells = {}
        for row in rows:
            assert int(row[0]) == self.office.client_number
            unit = int(row[first] or 0) if has_unit else 0
            values = row[first + has_unit :]
            for component, text in zip(components, values, strict=True):
                if text:
                    cell = self.cell(int(row[1]), int(row[2] or 0), unit, component)
                    assert cell not in cells, f"{cell} twice in the file"
                    cells[cell] = Decimal(text.replace(",", "."))
        return cells

    def put(self, cell, value):
        """Somebody else puts a value in a cell; None takes it away."""
        key, component = cell
        self.loket.company.period_data.put(self.place, key, {component: value})
        if value is None or (
            not value.is_supplement and value.number in self.ours.get(cell, ())
        ):
            self.theirs.pop(cell, None)
        else:
            self.theirs[cell] = value

    def note(self, cells):
        """Something is ours: a file had it, or it was sent."""
        for cell, number in cells:
            self.ours.setdefault(cell, set()).add(number)

    def note_sent(self, bodies):
        """The same, of what was sent."""
        for body in bodies:
            for item in body:
                place = item["payrollPeriod"]
                assert (place["year"], place["periodNumber"]) == self.place[1:]
                key = Key(
                    item["employmentId"],
                    item["shift"]["shiftNumber"],
                    item["payslipType"]["key"],
                    item["distributionUnit"]["key"],
                )
                self.note(
                    ((key, one["payrollComponent"]["key"]), one["value"])
                    for one in item["payrollComponents"]
                )

    def changed(self):
        """{cell: what somebody else had put there} of what is there no more."""
        store = self.store
        return {
            cell: value
            for cell, value in self.theirs.items()
            if store.get(cell) != value
        }

    def against(self, file, store, by_hand):
        """How Loket differs from a file, as texts, what is of others set aside.

        :param file: as ``cells_of`` gives it
        :param store: what Loket held
        :param by_hand: whether somebody carried the file there, zeros and all
        """
        if by_hand:
            zeros = {cell for cell, number in file.items() if not number}
            store = {
                cell: value
                for cell, value in store.items()
                if not (cell in zeros and value == Value(Decimal(0)))
            }
        wanted = {cell: Value(number) for cell, number in file.items() if number}
        return [
            f"{cell}: the file has {wanted.get(cell)}, Loket {store.get(cell)}"
            for cell in {*wanted, *store}
            if store.get(cell) != wanted.get(cell)
            and not (cell not in wanted and cell in self.theirs)
        ]
