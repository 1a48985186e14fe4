# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The records of the made-up company. All are mutable: tests change them freely."""

import datetime
import uuid
from dataclasses import dataclass, field

from .periods import MONTH


def new_id():
    """Return a fresh identifier as Loket writes them."""
    return str(uuid.uuid4())


@dataclass
class Named:
    """A department, function, distribution unit or cost center."""

    code: int | str
    description: str
    id: str = field(default_factory=new_id)


@dataclass
class Component:
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
class Administration:
    """A payroll administration: ``client_number`` is the file's aanslnr."""

    name: str
    client_number: int
    period_type: int = MONTH
    shifts: dict[int, float] = field(default_factory=lambda: {1: 40.0, 2: 36.0})
    components: list[Component] = field(default_factory=list)
    cost_centers: list[Named] = field(default_factory=list)
    journal_profile_id: str = field(default_factory=new_id)
    id: str = field(default_factory=new_id)


@dataclass
class Employment:
    """An employment; ``payroll_id`` is the file's persnr."""

    administration: Administration
    payroll_id: int
    start_date: datetime.date
    department: Named
    function: Named
    distribution_unit: Named
    end_date: datetime.date | None = None
    commission_until: datetime.date | None = None
    gross_wage: float | None = None
    hours_per_week: float | None = 40.0
    shift: int = 1
    permanent: bool = True
    on_call: bool = False
    vanished: bool = False
    id: str = field(default_factory=new_id)


@dataclass
class Employee:
    """A person and the employments of that person."""

    number: int
    first_name: str | None
    initials: str
    last_name: str
    prefix: str | None = None
    partner_last_name: str | None = None
    partner_prefix: str | None = None
    name_format: int = 1
    birthday: datetime.date = datetime.date(1980, 1, 1)
    gender: int = 1
    street: str = "Dorpsstraat"
    house_number: int = 1
    house_number_addition: str | None = None
    postal_code: str = "1234 AA"
    city: str = "Leiden"
    country: tuple[int, str, str] = (1, "NL", "Nederland")
    email: str | None = None
    phone: str | None = None
    mobile: str | None = None
    work_email: str | None = None
    work_phone: str | None = None
    employments: list[Employment] = field(default_factory=list)
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
class Employer:
    """An employer with its lists; ``filter_settings`` are those of the one user."""

    name: str
    number: int
    departments: list[Named] = field(default_factory=list)
    functions: list[Named] = field(default_factory=list)
    distribution_units: list[Named] = field(default_factory=list)
    administrations: list[Administration] = field(default_factory=list)
    employees: list[Employee] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    filter_settings: dict = field(default_factory=dict)
    id: str = field(default_factory=new_id)

    def employments(self):
        """Yield (employee, employment) for every employment Loket still has."""
        for employee in self.employees:
            for employment in employee.employments:
                if not employment.vanished:
                    yield employee, employment


@dataclass
class Company:
    """All that this Loket knows.

    ``period_data`` maps (administration id, year, period) to rows, each row being
    (payroll id, shift, distribution unit code or None) -> {component: Decimal}.
    """

    provider_name: str
    employers: list[Employer] = field(default_factory=list)
    period_data: dict = field(default_factory=dict)
    imports: list[dict] = field(default_factory=list)
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
