# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the gateway hands out: plain, frozen records in the addon's own words.

References (``ref``, ``*_ref``) are Loket's identifiers (GUIDs with REST). Whoever
reads a record needs to know nothing of REST or SOAP.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from .person_name import NameFormat, full_name, last_names

PeriodType = Literal["month", "four_weeks", "week"]
CostCenterKind = Literal["cost_center", "distribution_unit"]
Gender = Literal["male", "female", "other"]
ContractType = Literal["permanent", "temporary"]
Part = Literal["hours", "wage", "place"]
PARTS: frozenset[Part] = frozenset({"hours", "wage", "place"})
"""What Loket tells of an employment in a list of its own, of the people of today."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnknownWord:
    """A word of a list of choices that the addon doesn't know, so that it says nothing.

    :param choice: what is chosen, to be shown
    """

    choice: str
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Employer:
    """An employer that the Loket user may see."""

    ref: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Administration:
    """A payroll administration."""

    ref: str
    name: str
    client_number: int | None = None
    """The *aanslnr* of the payroll file."""
    period_type: PeriodType | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CostCenter:
    """A cost center or a distribution unit that departments are mapped to."""

    ref: str
    code: str
    name: str
    kind: CostCenterKind


@dataclass(frozen=True, kw_only=True, slots=True)
class CostCenters:
    """Cost centers and distribution units together, as far as the user may see them."""

    records: tuple[CostCenter, ...]
    unseen: frozenset[CostCenterKind] = field(default=frozenset(), compare=False)
    """The kinds of which nothing is known: the employer does not have them, or the user
    may not see them. SOAP does not tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """A payroll component of a payroll year."""

    code: str
    """A whole number, as text."""
    name: str
    category: str
    """In Loket's words; empty where it gives none."""
    collective: bool
    """Whether it is open to collective mutations, so to the payroll file."""
    year: int
    category_key: int | None = field(default=None, compare=False)
    """Loket's number of the category, by which values are read back; None: not told,
    as SOAP never does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A payroll period; both dates are part of it."""

    year: int
    number: int
    date_from: date
    date_to: date
    is_approved: bool = False
    """Whether a payroll run of it was approved: it has been paid out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Name, address and contact data of a person. ``repr`` shows the reference only."""

    employee_ref: str
    last_name: str = field(repr=False)
    employee_number: str | None = field(default=None, repr=False)
    first_name: str | None = field(default=None, repr=False)
    initials: str | None = field(default=None, repr=False)
    prefix: str | None = field(default=None, repr=False)
    partner_prefix: str | None = field(default=None, repr=False)
    partner_last_name: str | None = field(default=None, repr=False)
    name_format: NameFormat | None = field(default=None, repr=False)
    """Which last names, in which order (see ``person_name``)."""
    birthday: date | None = field(default=None, repr=False)
    gender: Gender | None = field(default=None, repr=False)
    street: str | None = field(default=None, repr=False)
    """Street with house number and addition."""
    location: str | None = field(default=None, repr=False)
    """What says more of the address: a building, a floor."""
    zip: str | None = field(default=None, repr=False)
    city: str | None = field(default=None, repr=False)
    country_code: str | None = field(default=None, repr=False)
    """ISO 3166 alpha-2, in capitals."""
    email: str | None = field(default=None, repr=False)
    """Private address."""
    phone: str | None = field(default=None, repr=False)
    """Private number."""
    work_email: str | None = field(default=None, repr=False)
    work_phone: str | None = field(default=None, repr=False)
    unknown_words: tuple[UnknownWord, ...] = field(default=(), repr=False)

    @property
    def given_name(self) -> str | None:
        """The first name, else the initials."""
        return self.first_name or self.initials

    @property
    def last_names(self) -> str:
        """The last names with their prefixes, in the order that the person chose."""
        return last_names(
            prefix=self.prefix,
            last_name=self.last_name,
            partner_prefix=self.partner_prefix,
            partner_last_name=self.partner_last_name,
            name_format=self.name_format,
        )

    @property
    def display_name(self) -> str:
        """First name and last names in Dutch order (see ``person_name``)."""
        return full_name(self.given_name, self.last_names)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """The shift (*ploeg*) of an employment on one day, as Loket tells it."""

    asked: date
    """The day that it is of."""
    number: int
    since: date | None = None
    """First day of what holds then; None: Loket does not tell."""
    until: date | None = None
    """Last day of what holds then; None: Loket does not tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Employment:
    """One employment of one person. ``repr`` shows references only."""

    employment_ref: str
    person: Person
    payroll_number: int | None = field(default=None, repr=False)
    """The *persnr* of the payroll file (REST: payrollId)."""
    start_date: date | None = field(default=None, repr=False)
    end_date: date | None = field(default=None, repr=False)
    """Last day of the employment; None: no end known."""
    appointed_until: date | None = field(default=None, repr=False)
    """Until when a temporary contract runs (*aanstelling tot*), ended or not."""
    shift: int | None = field(default=None, repr=False)
    shifts: tuple[Shift, ...] = field(default=(), repr=False)
    """What Loket tells of the shift on some days, the last of them today."""
    department_name: str | None = field(default=None, repr=False)
    job_title: str | None = field(default=None, repr=False)
    distribution_unit: str | None = field(default=None, repr=False)
    """Code of the distribution unit."""
    wage: Decimal | None = field(default=None, repr=False)
    """Gross wage a month in euros."""
    hourly_wage: Decimal | None = field(default=None, repr=False)
    """Gross wage an hour in euros, of who is paid by the hour."""
    hours_per_week: Decimal | None = field(default=None, repr=False)
    """By the contract; zero is not the same as unknown."""
    contract_type: ContractType | None = field(default=None, repr=False)
    on_call: bool | None = field(default=None, repr=False)
    """Whether the person works on call; None: Loket does not say."""
    calculates_hours: bool | None = field(default=None, repr=False)
    """Whether Loket works out the hours by itself; None: it does not say."""
    told_until: date | None = field(default=None, repr=False, compare=False)
    """Last day on which all holds that Loket tells of hours, wage, and place; None: no
    such day is known."""
    parts: frozenset[Part] = field(default=PARTS, compare=False)
    """What Loket tells this time: shift and hours a week; the wage; department, job and
    distribution unit. Of the rest nothing is known, which is no news. REST can tell an
    empty part, SOAP can't: so this is no part of what an employment is."""
    unknown_words: tuple[UnknownWord, ...] = field(default=(), repr=False)

    @property
    def contract_end(self) -> date | None:
        """Last day of the contract: of the employment, else of a temporary contract."""
        if self.end_date or self.contract_type != "temporary":
            return self.end_date
        return self.appointed_until


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """An employment that can't be used: who, and why. It never stops the others."""

    ref: str
    """Of the employment; empty where that is what can't be read."""
    name: str = field(repr=False)
    reason: str
    is_stray: bool = False
    """Whether it is a row that tells something of somebody, and not of whom: then it is
    no employment, and all employments are there without it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Employments:
    """All employments of an administration, and those that could not be read."""

    records: tuple[Employment, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenSet:
    """The secrets of a link with the REST API. ``repr`` shows none of them."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: float = 0.0
    """End of the access token, in seconds since the epoch."""


class PeriodValue(NamedTuple):
    """One cell of a payroll period: the value of a component, on one payslip.

    Always of the normal payslip; what is on that of the special rate is another key.
    A tuple: there are tens of thousands of them.
    """

    employment_ref: str
    shift: int
    unit_ref: str | None
    """Identifier of the distribution unit; None where the employer has none."""
    component: int
    value: Decimal | None
    """None: nothing is there, or what is there is to be taken away. 0 is a value."""
    has_other_keys: bool = False
    """Whether it is booked on a cost center or cost unit: another cell than the addon
    ever writes, however equal the rest."""
    is_supplement: bool = False
    """Whether it is paid on top of the fixed value, and not in its place: the addon
    never writes that, so it is another value, however equal the number."""


class PeriodRow(NamedTuple):
    """Cells of a payroll period that differ in nothing but their component.

    See ``PeriodValue``: what there are thousands of is handed on by row.
    """

    employment_ref: str
    shift: int
    unit_ref: str | None
    values: Mapping[int, Decimal | None]
    """{component: value}; None: it is to be taken away."""
    supplements: frozenset[int] = frozenset()
    """Those components whose value is paid on top of the fixed one."""
    has_other_keys: bool = False

    def cells(self) -> list[PeriodValue]:
        """The row, cell by cell."""
        return [
            PeriodValue(
                *self[:3],
                component,
                value,
                self.has_other_keys,
                component in self.supplements,
            )
            for component, value in self.values.items()
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What Loket says of something that was sent, to be shown to a person."""

    ref: str | None
    """Of the employment, or another record, that it is about; None: not told."""
    text: str = field(repr=False)
    """In Loket's own words, on one line."""
    kind: str
    """As Loket calls it, as *BrokenBusinessRule* or *Warning*; empty: not told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteReply:
    """What Loket answered to something that was sent.

    Neither answer says what is stored: of a list that was refused, what is good may be,
    and of one that was taken, what is wrong is not. Only reading back tells.
    """

    is_refused: bool
    """Whether Loket said that something of it is wrong (400)."""
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodStatus:
    """How far the payroll of a period is.

    :param key: 0 invalid, 1 not started, 2 queued, 3 waits for approval, 4 incorrect
        and approved before, 5 incorrect, 6 approved, 7 no results, 8 no results and
        approved before
    """

    key: int
    words: str
    """Loket's own, to be shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueChange:
    """One change of one cell, by anybody, as Loket's audit trail tells it."""

    employment_ref: str
    year: int
    number: int
    """Of the payroll period."""
    shift: int
    unit_ref: str | None
    component: int
    old: Decimal | None
    """None: there was nothing, or Loket did not write a number."""
    new: Decimal | None
    by: str = field(repr=False)
    """Name of who did it; empty: not told."""
    at: datetime
    """In UTC, without a time zone."""
    origin: str
    """In Loket's words: by a user, an import, an automatic process."""
    has_other_keys: bool = False
    """As of ``PeriodValue``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PayrollRun:
    """A payroll run of a period. Whether it is of a test year, its payslips tell."""

    ref: str
    year: int
    number: int
    """Of the payroll period."""
    status: int
    """0 ready to run, 1 waits for approval, 2 pro forma, 5 removed, 6 cancelled,
    7 failed, 8 no results, 9 approved."""
    available_on: date | None
    """From when on employees may see its payslips; None: not told, so not yet."""
    approved: str | None = None
    """When it was approved, in Loket's words. Another moment under the same reference:
    it was undone and approved anew, and its payslips are others now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Payslip:
    """The payslips that an employment has of a run: one document.

    Loket lists those of approved runs, whether employees may see them yet or not.
    """

    run_ref: str
    year: int
    number: int | None
    """Of the payroll period; None: not told."""
    is_test: bool
    """Whether it is of a test year: nothing of it was paid."""
    count: int
    """How many are in the document."""
