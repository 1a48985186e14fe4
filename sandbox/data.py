# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The records of the made-up company. All are mutable: tests change them freely."""

import datetime
import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace

from .period_data import Store
from .periods import MONTH, period_bounds, period_count
from .watched import Record

APPROVED, REMOVED = 9, 5  # keys of payrollRunStatus
JOURNALS = 940  # number of the module (product) "Journaliseren"


def new_id():
    """Return a fresh identifier as Loket writes them."""
    return str(uuid.uuid4())


@dataclass
class Named(Record):
    """A department, function, distribution unit or cost center."""

    code: int | str
    description: str
    id: str = field(default_factory=new_id)


@dataclass
class Component(Record):
    """A payroll component; ``category`` is Loket's key and Dutch word."""

    key: int
    description: str
    category: tuple[int, str]
    collective: bool = True

    @property
    def is_hours(self):
        """Whether its values are hours, which Loket bounds to 0 .. 999,99."""
        return self.category[1] in {
            "Uren",
            "Overwerk",
            "Tijd voor tijd",
            "Onregelmatige dienst",
        }


@dataclass
class Administration(Record):
    """A payroll administration: ``client_number`` is the file's aanslnr.

    ``first_day``: months run from this day of the month before (1: calendar months).
    ``fourteenth``: week 53 is a four-weekly period of its own. ``years``: those that
    this administration has; None for the usual ones. ``components_by_year`` holds the
    lists that differ from ``components``. ``runs``: the payroll runs of a period
    (YYYYPP), as keys of Loket's run status; 9 is an approved one. ``payroll_status``:
    the status of a period (YYYYPP) that its runs don't tell. ``available_on``: from
    which day employees see the payslips of a period; by default its last day.
    ``approved_at``: when its runs were approved; by default at noon of its last day.
    ``year_ends``: the years of which there are year-end statements.
    """

    name: str
    client_number: int
    period_type: int = MONTH
    shifts: dict[int, float] = field(default_factory=lambda: {1: 40.0, 2: 36.0})
    components: list[Component] = field(default_factory=list)
    components_by_year: dict[int, list[Component]] = field(default_factory=dict)
    cost_centers: list[Named] = field(default_factory=list)
    first_day: int = 1
    fourteenth: bool = False
    years: list[int] | None = None
    runs: dict[int, list[int]] = field(default_factory=dict)
    payroll_status: dict[int, int] = field(default_factory=dict)
    available_on: dict[int, datetime.date | None] = field(default_factory=dict)
    approved_at: dict[int, str] = field(default_factory=dict)
    test_years: list[int] = field(default_factory=list)
    year_ends: list[int] = field(default_factory=list)
    journal_profile_id: str = field(default_factory=new_id)
    id: str = field(default_factory=new_id)

    def period_years(self):
        """Return the years that the list of periods covers."""
        this_year = datetime.date.today().year
        return self.years or list(range(this_year - 2, this_year + 2))

    def component_years(self):
        """Return the years that have a list of components."""
        return self.years or range(2010, datetime.date.today().year + 2)

    def components_of(self, year):
        """Return the components of a year that this administration has."""
        return self.components_by_year.get(year, self.components)

    def period_count(self, year):
        """Return how many periods the year has here."""
        return period_count(self.period_type, year, self.fourteenth)

    def period_bounds(self, year, number):
        """Return the first and last day of a period here."""
        return period_bounds(
            self.period_type, year, number, self.first_day, self.fourteenth
        )

    def has_period(self, year, number):
        """Return whether there is such a period here."""
        return year in self.period_years() and 1 <= number <= self.period_count(year)

    def period_ids(self):
        """Return all periods (YYYYPP), in order."""
        return [
            year * 100 + number
            for year in self.period_years()
            for number in range(1, self.period_count(year) + 1)
        ]

    def is_approved(self, period_id):
        """Return whether a payroll run of the period (YYYYPP) was approved."""
        return APPROVED in self.runs.get(period_id, ())


@dataclass
class Employment(Record):
    """An employment; ``payroll_id`` is the file's persnr.

    ``hours_per_week``: 0 is a zero hours contract, None is not known. ``gross_wage`` is
    that of a full-timer, by the hour when ``hourly``. ``calculates_hours``: Loket works
    out the hours worked. ``changes`` holds what differs from a date on, as in
    ``{date(2026, 10, 1): {"shift": 2}}``. ``missing`` names the actual lists that have
    no row for it: "hours", "wages", "organization".
    """

    administration: Administration
    payroll_id: int
    start_date: datetime.date
    department: Named
    function: Named
    distribution_unit: Named | None
    end_date: datetime.date | None = None
    commission_until: datetime.date | None = None
    gross_wage: float | None = None
    hours_per_week: float | None = 40.0
    shift: int = 1
    hourly: bool = False
    permanent: bool = True
    on_call: bool | None = False
    calculates_hours: bool = True
    changes: dict[datetime.date, dict] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    vanished: bool = False
    id: str = field(default_factory=new_id)

    @property
    def since(self):
        """The first day of these facts; see ``at`` for those of another day."""
        return self.start_date

    @property
    def until(self):
        """The last day of these facts, if any is known; see ``at``."""
        return None

    def at(self, day):
        """Return this employment with the facts of a day."""
        if not self.changes:
            return self
        past = sorted(first for first in self.changes if first <= day)
        coming = min((first for first in self.changes if first > day), default=None)
        facts = {
            **vars(self),
            "since": past[-1] if past else self.start_date,
            "until": coming and coming - datetime.timedelta(days=1),
        }
        for first in past:
            facts |= self.changes[first]
        return SimpleNamespace(**facts)

    def runs_on(self, day):
        """Return whether the employment has begun and not ended on a day."""
        return self.start_date <= day and (
            self.end_date is None or self.end_date >= day
        )


@dataclass
class Employee(Record):
    """A person and the employments of that person.

    ``gender_word`` and ``name_format_words`` are what Loket says instead of its usual
    words. Without ``country`` there is no address. Who is ``unlisted`` is missing from
    the list of employees.
    """

    number: int
    first_name: str | None
    initials: str
    last_name: str
    prefix: str | None = None
    partner_last_name: str | None = None
    partner_prefix: str | None = None
    name_format: int = 1
    name_format_words: str | None = None
    birthday: datetime.date = datetime.date(1980, 1, 1)
    gender: int = 1
    gender_word: str | None = None
    street: str | None = "Dorpsstraat"
    house_number: int | None = 1
    house_number_addition: str | None = None
    location: str | None = None
    postal_code: str | None = "1234 AA"
    city: str | None = "Leiden"
    country: tuple[int, str, str] | None = (1, "NL", "Nederland")
    email: str | None = None
    phone: str | None = None
    mobile: str | None = None
    work_email: str | None = None
    work_phone: str | None = None
    employments: list[Employment] = field(default_factory=list)
    unlisted: bool = False
    id: str = field(default_factory=new_id)

    @property
    def vanished(self):
        """Whether Loket no longer shows any employment of this person."""
        return all(employment.vanished for employment in self.employments)

    @vanished.setter
    def vanished(self, value):
        for employment in self.employments:
            employment.vanished = value


@dataclass
class Employer(Record):
    """An employer with its lists; ``filter_settings`` are those of the one user.

    ``modules`` are the products that Loket has switched on for it, by number.
    """

    name: str
    number: int
    departments: list[Named] = field(default_factory=list)
    functions: list[Named] = field(default_factory=list)
    distribution_units: list[Named] = field(default_factory=list)
    administrations: list[Administration] = field(default_factory=list)
    employees: list[Employee] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    modules: frozenset[int] = frozenset({JOURNALS})
    filter_settings: dict = field(default_factory=dict)
    id: str = field(default_factory=new_id)

    def employments(self):
        """Yield (employee, employment) for every employment Loket still has."""
        for employee in self.employees:
            for employment in employee.employments:
                if not employment.vanished:
                    yield employee, employment


@dataclass
class Company(Record):
    """All that this Loket knows.

    ``period_data`` holds the values of periods; ``ready`` what was told to be ready for
    payroll, as it was sent.
    ``keeps_contract`` is False while it holds what no contract allows: only then may a
    reply over SOAP break the service description.
    """

    provider_name: str
    employers: list[Employer] = field(default_factory=list)
    period_data: Store = field(default_factory=Store)
    ready: list[dict] = field(default_factory=list)
    imports: list[dict] = field(default_factory=list)
    keeps_contract: bool = True
    provider_id: str = field(default_factory=new_id)

    @property
    def employer(self):
        """The first employer: the one that most tests use."""
        return self.employers[0]

    def administration(self, client_number):
        """Return (employer, administration) of a client number, or None."""
        for employer in self.employers:
            for administration in employer.administrations:
                if administration.client_number == client_number:
                    return employer, administration
        return None
