# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Loket in memory that takes values and gives them back, and a file for it."""

from unittest.mock import patch

from ..gateway import Message, PeriodData, PeriodStatus, PeriodValue, WriteReply
from ..gateway.port import CHUNK
from .common_employees import FakeGateway
from .common_export import ExportCase


# pylint: disable=method-required-super  # no model: write and read are its own
class FakePeriodData(PeriodData):
    """One period. ``stored``: {(employment, shift, unit, component): value}.

    ``refuse``: {employment: Loket's words}, of whom nothing is stored; ``calls``: what
    was asked, in order; ``errors``: {name of a method: list of what its next calls
    raise}, None where one goes well; ``loses``: what is raised is raised after all was
    stored.
    """

    def __init__(self):
        self.stored, self.refuse, self.errors, self.calls = {}, {}, {}, []
        self.others, self.audit, self.lacking = [], [], []
        self.key, self.says_200, self.loses, self.unseen = 1, False, False, set()
        self.told = []

    def _called(self, name):
        self.calls.append(name)
        errors = self.errors.get(name) or [None]
        error = errors.pop(0)
        if error:
            raise error

    def written(self):
        """How often something was written."""
        return self.calls.count("write")

    def missing_activities(self, employer_ref):
        return self.lacking

    def missing_payslip_activities(self, employer_ref):
        return []

    def write(self, employer_ref, year, period, values):
        keys = [self.key_of(value) for value in values]
        assert len(set(keys)) == len(keys), "a cell twice"
        assert len({key[0] for key in keys}) <= CHUNK
        if not self.loses:
            self._called("write")
        for key, value in zip(keys, values, strict=True):
            if key[0] in self.refuse:
                continue
            if value.value is None:
                self.stored.pop(key, None)
            else:
                self.stored[key] = value.value
        if self.loses:
            self._called("write")
        messages = tuple(
            Message(ref=ref, text=text, kind="BrokenBusinessRule")
            for ref, text in self.refuse.items()
            if ref in {key[0] for key in keys}
        )
        refused = bool(messages) and not self.says_200
        return WriteReply(is_refused=refused, messages=messages)

    @staticmethod
    def key_of(value):
        return value.employment_ref, value.shift, value.unit_ref, value.component

    def _rows(self):
        names = ("employment_ref", "shift", "unit_ref", "component")
        rows = [
            PeriodValue(**dict(zip(names, key, strict=True)), value=value)
            for key, value in self.stored.items()
        ]
        return rows + self.others

    def read(self, administration_ref, year, period, categories):
        self._called("read")
        return [row for row in self._rows() if row.employment_ref not in self.unseen]

    def read_one(self, employment_ref, year, period):
        self._called("read_one")
        return [row for row in self._rows() if row.employment_ref == employment_ref]

    def status(self, administration_ref, year, period):
        self._called("status")
        return PeriodStatus(key=self.key, words=f"Status {self.key}")

    def changes(self, administration_ref, start, end):
        self._called("changes")
        return self.audit

    def tell_ready(self, administration_ref, year, period, addresses, comment):
        self._called("tell_ready")
        self.told.append((list(addresses), comment))
        return WriteReply(is_refused=False)

    def runs(self, administration_ref):
        return []

    def payslips(self, employment_ref):
        return []

    def payslip_pdf(self, employment_ref, run_ref):
        raise LookupError(run_ref)  # there are none

    def year_ends(self, employment_ref):
        return []

    def year_end_pdf(self, employment_ref, year):
        raise LookupError(year)  # there are none


class PushGateway(FakeGateway):
    """A Loket of which values of periods can be written and read."""

    def __init__(self):
        super().__init__()
        self.data = FakePeriodData()

    @property
    def period_data(self):
        return self.data


class PushCase(ExportCase):
    """Anna and Bram with hours in September, and a Loket that takes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._offer("1", category_key=7)
        cls._offer("30", category_key=8)
        cls._map_component("30", work_entry_type_id=cls.overtime.id)
        cls._book(cls.anna, 1, 8)
        cls._book(cls.bram, 1, 5)
        cls.anna_at = (cls.anna_job.employment_ref, 1, "unit-100", 1)
        cls.bram_at = (cls.bram_job.employment_ref, 1, "unit-200", 1)

    def setUp(self):
        super().setUp()
        self.gateway = PushGateway()
        self.data = self.gateway.data
        self.enterContext(
            patch.object(
                type(self.env["loket.connection"]),
                "_gateway",
                lambda _connection: self.gateway,
            )
        )

    def other(self, place, value):
        """Somebody else puts a value in Loket."""
        self.data.stored[place] = value

    def verdicts(self, export):
        """{(payroll number, component): verdict}"""
        return {
            (line.payroll_number, line.component_code): line.verdict
            for line in export.line_ids
        }

    def at(self, place, **changes):
        """A cell, as the gateway reads it."""
        names = ("employment_ref", "shift", "unit_ref", "component")
        value = PeriodValue(**dict(zip(names, place, strict=True)), value=None)
        return value._replace(**changes)
