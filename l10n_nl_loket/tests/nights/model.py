# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo should hold after each night, worked out as a person would.

It reads the records of the sandbox themselves, never what the addon made of them.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

LIMIT = 20  # percent
AT_LEAST = 5  # people
ADDRESS = (
    "private_street",
    "private_street2",
    "private_zip",
    "private_city",
    "private_country_id",
)
#: The list of Loket that tells each of these.
PART = {
    "shift": "hours",
    "hours": "hours",
    "wage": "wages",
    "department": "organization",
    "unit": "organization",
    "job_title": "organization",
}


# === WHAT LOKET TELLS === #


def full_name(person):
    """First name and last names in the order that the person chose."""
    own = _with_prefix(person.prefix, person.last_name)
    partner = _with_prefix(person.partner_prefix, person.partner_last_name)
    if partner:
        last = {
            1: own,
            2: f"{own} - {partner}",
            3: partner,
            4: f"{partner} - {own}",
        }[person.name_format]
    else:
        last = own
    return f"{person.first_name} {last}"


def _with_prefix(prefix, name):
    if not prefix or not name:
        return name
    return prefix + name if prefix.endswith("'") else f"{prefix} {name}"


def tell_person(person):
    """What goes into an employee, by field; None: Loket has nothing."""
    street = None
    if person.street:
        parts = (person.street, person.house_number, person.house_number_addition)
        street = " ".join(str(part) for part in parts if part)
    told = {
        "name": full_name(person),
        "birthday": person.birthday,
        "private_street": street,
        "private_street2": person.location,
        "private_zip": person.postal_code,
        "private_city": person.city,
        "private_country_id": person.country and person.country[1],
        "private_email": person.email,
        "private_phone": person.mobile or person.phone,
    }
    if not person.gender_word:  # a word that nobody knows says nothing
        told["sex"] = {1: "male", 2: "female", 3: "other"}[person.gender]
    return told


def tell(person, job, today, wage_needs_hours):
    """All that Loket tells of an employment today, as a dict.

    What a list tells not today is not in it.

    :param wage_needs_hours: whether the share of a part-timer has to be worked out here
    """
    told = {
        "person_ref": person.id,
        "number": str(person.number),
        "emails": {mail for mail in (person.work_email, person.email) if mail},
        "work_email": person.work_email or person.email,
        "payroll_number": job.payroll_id,
        "start": job.start_date,
        "end": job.end_date or (None if job.permanent else job.commission_until),
        "person": tell_person(person),
    }
    # Of who has yet to begin, what holds on the first day.
    if not job.runs_on(max(today, job.start_date)):
        return told
    # A change that was entered before holds from its own day on.
    job = job.at(max(today, job.start_date))
    office = job.administration
    lists = {"hours", "wages", "organization"} - job.missing
    if "hours" in lists:
        told |= {"shift": job.shift, "hours": job.hours_per_week}
    if "organization" in lists:
        told |= {
            "department": job.department.description,
            "unit": str(job.distribution_unit.code),
            "job_title": job.function.description,
        }
    if (
        "wages" in lists
        and ("hours" in lists or not wage_needs_hours)
        and office.period_type == 1
        and not job.hourly
        and job.hours_per_week
    ):
        share = Decimal(str(job.hours_per_week)) / Decimal(
            str(office.shifts[job.shift])
        )
        wage = Decimal(str(job.gross_wage)) * share
        told["wage"] = float(wage.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return told


# === WHAT ODOO HOLDS === #


@dataclass(eq=False)
class Contract:
    """A contract in Odoo. ``data``: hours, wage and job, as far as taken from Loket."""

    start: date
    end: date | None
    from_loket: bool = True
    data: dict = field(default_factory=dict)


@dataclass(eq=False)
class Employee:
    """An employee in Odoo; ``taken`` is what Loket told of the person last."""

    values: dict
    id: int = 0
    work_email: str | None = None
    badge: str | None = None
    contracts: list = field(default_factory=list)
    taken: dict = field(default_factory=dict)
    is_contract_unsure: bool = False
    """Whether what becomes of its contracts is for a person to see to."""


@dataclass(eq=False)
class Row:
    """An employment in Odoo: ``facts`` is what was taken of what Loket told."""

    office: str
    ref: str
    facts: dict
    decision: str = "pending"
    employee: Employee | None = None
    contract: Contract | None = None
    in_loket: bool = True
    is_stranger: bool = False
    clashes: bool = False
    waits: set = field(default_factory=set)
    """The kinds of change that the brake holds."""

    @property
    def is_linked(self):
        return self.employee is not None


@dataclass
class Night:
    """What a night came to, for one administration."""

    is_refused: bool = False
    gone: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    """(row, list of Loket) where the last known value stays."""
    held: set = field(default_factory=set)


class Model:
    """What Odoo should hold."""

    def __init__(self):
        self.rows, self.employees = {}, []

    def of(self, office):
        """The rows of an administration."""
        return [row for row in self.rows.values() if row.office == office]

    # === THE NIGHT === #

    def night(self, office, told, today):
        """A night of an administration.

        :param told: {reference of the employment: what ``tell`` gives}
        """
        night = Night()
        missing = [
            row for row in self.of(office) if row.in_loket and row.ref not in told
        ]
        gone = [row for row in missing if row.is_linked]
        before = [row for row in self.of(office) if row.is_linked and not row.in_loket]
        before = [row for row in before if row.ref not in told]
        everybody = [row for row in self.of(office) if row.is_linked and row.in_loket]
        counted = len(gone) + len(before)
        if gone and counted * 100 > LIMIT * (len(everybody) + len(before)):
            night.is_refused = True
            return night
        for row in missing:
            row.in_loket = False
            row.is_stranger = row.clashes = False
            row.waits = set()
        night.gone = gone
        for ref, facts in told.items():
            row = self.rows.get((office, ref))
            if row is None:
                self.rows[office, ref] = Row(office, ref, dict(facts))
            else:
                row.in_loket = True
        held_before = {
            row: row.facts["payroll_number"] for row in self.of(office) if row.in_loket
        }
        for row in self.of(office):
            if row.in_loket:
                row.is_stranger = row.is_linked and self._is_stranger(
                    row, told[row.ref], held_before
                )
        self._find_clashes(office, told)
        sound = [
            row
            for row in self.of(office)
            if row.in_loket and not row.is_stranger and not row.clashes
        ]
        for row in sound:
            if self.has_begun(row, today) and not self.has_ended(row, told, today):
                night.kept += [
                    (row, part)
                    for part in ("hours", "organization")
                    if any(
                        row.facts.get(name) and name not in told[row.ref]
                        for name, list_ in PART.items()
                        if list_ == part
                    )
                ]
        night.held = self._too_many(office, sound, told)
        for row in sound:
            self._take(row, told[row.ref], night.held)
        for row in sound:
            if row.is_linked:
                self._begin(row)
                self._take_contract_data(row)
        return night

    def has_begun(self, row, today):
        """Whether the employment has begun."""
        return row.facts["start"] <= today

    def has_ended(self, row, told, today):
        """Whether Loket says that the employment is over."""
        end = told[row.ref]["end"]
        return end is not None and end < today

    def _is_stranger(self, row, told, numbers):
        """Whether what is told may be of somebody else than who was linked."""
        was, now = row.facts, told
        if was["person_ref"] != now["person_ref"]:
            return True
        if (
            was["person"]["birthday"] != now["person"]["birthday"]
            and was["person"]["name"] != now["person"]["name"]
        ):
            return True
        # Once in doubt, until Loket tells again what Odoo has.
        if row.is_stranger and (
            was["person"]["birthday"] != now["person"]["birthday"]
            or was["payroll_number"] != now["payroll_number"]
        ):
            return True
        if was["payroll_number"] == now["payroll_number"]:
            return False
        return any(
            number == now["payroll_number"]
            and other.facts["person_ref"] != now["person_ref"]
            for other, number in numbers.items()
            if other is not row
        )

    def _find_clashes(self, office, told):
        """One personnel number of two people: all of them wait."""
        for row in self.of(office):
            row.clashes = False
            if not row.in_loket or row.is_stranger or row.decision == "ignore":
                continue
            for other in self.rows.values():
                if other is row or not other.in_loket or other.decision == "ignore":
                    continue
                facts = other.facts
                if other.office == office and not other.is_stranger:
                    facts = told[other.ref]
                if (
                    facts["number"].lstrip("0") == told[row.ref]["number"].lstrip("0")
                    and facts["person_ref"] != told[row.ref]["person_ref"]
                ):
                    row.clashes = True

    def _too_many(self, office, sound, told):
        """The kinds of change that would reach too many people of an administration."""
        people = {
            row.employee for row in self.of(office) if row.in_loket and row.is_linked
        }
        concerned = {}
        for row in sound:
            if not row.is_linked:
                continue
            new = told[row.ref]
            changes = set()
            if self._leads(row):
                wanted = self._wanted(row.employee, new["person"])
                changes |= {
                    name
                    for name, value in wanted.items()
                    if row.employee.values.get(name)
                    and row.employee.values[name] != value
                }
            if row.facts["payroll_number"] != new["payroll_number"]:
                changes.add("payroll_number")
            if row.facts["end"] != new["end"] or (
                row.contract and row.contract.end != new["end"]
            ):
                changes.add("end")
            for name in changes:
                concerned.setdefault(name, set()).add(row.employee)
        return {
            name
            for name, employees in concerned.items()
            if len(employees) >= AT_LEAST and len(employees) * 100 > LIMIT * len(people)
        }

    def _take(self, row, told, held):
        """Take over what Loket tells of an employment, except what waits."""
        row.waits = set()
        facts = {**row.facts, **told}  # what is not told keeps its last value
        facts["person"] = {**row.facts["person"], **told["person"]}
        if row.is_linked:
            if "payroll_number" in held and (
                facts["payroll_number"] != row.facts["payroll_number"]
            ):
                row.waits.add("payroll_number")
                facts["payroll_number"] = row.facts["payroll_number"]
            if "end" in held and facts["end"] != row.facts["end"]:
                row.waits.add("end")
                facts["end"] = row.facts["end"]
            # Who somebody is, is compared with what was taken over.
            for name in ("name", "birthday"):
                if name in held and told["person"][name] != row.facts["person"][name]:
                    facts["person"] = {
                        **facts["person"],
                        name: row.facts["person"][name],
                    }
                    row.waits.add(name)
        row.facts = facts
        if not row.is_linked:
            return
        if self._leads(row):
            self._take_person(row, told["person"], held)
        if row.contract and not ("end" in row.waits):
            self._end_contract(row)

    def _take_person(self, row, told, held, may_empty=True):
        """:param may_empty: a decision only fills and replaces; a night empties too"""
        employee = row.employee
        wanted = self._wanted(employee, told)
        if not may_empty:
            wanted = {name: value for name, value in wanted.items() if value}
        changed = {
            name for name, value in wanted.items() if employee.values[name] != value
        }
        waiting = changed & held
        if waiting & set(ADDRESS):  # half of an address is a wrong one
            waiting |= changed & set(ADDRESS)
        row.waits |= waiting
        for name in changed - waiting:
            employee.values[name] = wanted[name]
        for name, value in told.items():
            if name not in waiting:
                employee.taken[name] = value

    def _wanted(self, employee, told):
        """What the fields should be: emptied only where Loket had a value before."""
        wanted = {}
        for name, value in told.items():
            if value or employee.taken.get(name):
                wanted[name] = value or None
        return wanted

    def _leads(self, row):
        """Whether it is the employment that tells name and address."""
        links = [
            other
            for other in self.rows.values()
            if other.employee is row.employee and other.in_loket
        ]
        last = max(links, key=lambda other: (other.facts["start"], other.office))
        return last is row

    # === CONTRACTS === #

    def _end_contract(self, row):
        """The end, unless it is before the contract begins: then a person is told."""
        end = row.facts["end"]
        if end is None or end >= row.contract.start:
            row.contract.end = end

    def _begin(self, row):
        """A contract for an employment that begins when all others are over."""
        employee = row.employee
        if row.contract or not employee.contracts:
            return
        if all(
            contract.end and contract.end < row.facts["start"]
            for contract in employee.contracts
        ):
            row.contract = Contract(row.facts["start"], row.facts["end"])
            employee.contracts.append(row.contract)

    def _take_contract_data(self, row):
        """Hours, wage and job: once each, when Loket first tells."""
        if not row.contract or not row.contract.from_loket:
            return
        for name in ("hours", "wage", "job_title"):
            if name in row.facts:
                row.contract.data.setdefault(name, row.facts[name])

    # === DECISIONS === #

    def add(self, rows, today):
        """Add these employments; returns the new employees."""
        new = []
        people = {}
        for row in rows:
            people.setdefault(row.facts["person_ref"], []).append(row)
        for ref, jobs in people.items():
            employee = self._linked(ref)
            if employee is None:
                employee = self._new_employee(jobs, today)
                new.append(employee)
            for row in sorted(jobs, key=lambda row: row.facts["start"]):
                row.decision, row.employee = "add", employee
                self._begin(row)
                self._take_contract_data(row)
            for row in jobs:
                if self._leads(row):
                    self._take_person(row, row.facts["person"], set(), may_empty=False)
            self._look_for_overlaps(employee)
        return new

    def _new_employee(self, jobs, today):
        begun = [row for row in jobs if row.facts["start"] <= today]
        lead = (
            max(begun, key=lambda row: row.facts["start"])
            if begun
            else min(jobs, key=lambda row: row.facts["start"])
        )
        told = dict(lead.facts["person"])
        employee = Employee(
            values={"sex": None, **told}, work_email=lead.facts["work_email"]
        )
        lead.contract = Contract(lead.facts["start"], lead.facts["end"])
        employee.contracts = [lead.contract]
        self.employees.append(employee)
        return employee

    def link(self, row, employee):
        """Link an employment to an employee."""
        row.decision, row.employee = "link", employee
        if self._leads(row):
            links = [one for one in self.rows.values() if one.employee is employee]
            # What waits on another employment of the employee waits on this one too.
            waits = set().union(*(one.waits for one in links if one.in_loket))
            self._take_person(row, row.facts["person"], waits, may_empty=False)
        job = row.facts
        running = [
            contract
            for contract in employee.contracts
            if contract.start <= (job["end"] or date.max)
            and (contract.end or date.max) >= job["start"]
            and not any(other.contract is contract for other in self.rows.values())
        ]
        if running:
            row.contract = max(running, key=lambda contract: contract.start)
            self._end_contract(row)
        self._begin(row)
        self._take_contract_data(row)
        if not row.contract:
            employee.is_contract_unsure = True
        self._look_for_overlaps(employee)

    def _look_for_overlaps(self, employee):
        """Two employments at one time: what a contract is of, a person has to see."""
        jobs = [row.facts for row in self.rows.values() if row.employee is employee]
        jobs.sort(key=lambda job: job["start"])
        for job, following in pairwise(jobs):
            if job["end"] is None or job["end"] >= following["start"]:
                employee.is_contract_unsure = True

    def ignore(self, row):
        """Don't import."""
        row.decision = "ignore"

    def _linked(self, person_ref):
        for row in self.rows.values():
            if row.is_linked and row.facts["person_ref"] == person_ref:
                return row.employee
        return None

    # === WHO IS WHO === #

    def suggestion(self, row):
        """(employee or None, "strong", "weak" or None, whether it may be a double)."""
        same = self._linked(row.facts["person_ref"])
        if same:
            return same, "strong", False
        evidence = {}
        for employee in self.employees:
            kinds = self._evidence(row.facts, employee)
            if kinds:
                evidence[employee] = kinds
        sure = [one for one, kinds in evidence.items() if "birthday" in kinds]
        likely = [one for one, kinds in evidence.items() if kinds & {"email", "number"}]
        if sure:
            return (sure[0], "strong", True) if len(sure) == 1 else (None, None, True)
        if likely:
            if len(likely) == 1:
                return likely[0], "strong", True
            return None, None, True
        if len(evidence) == 1:
            return next(iter(evidence)), "weak", True
        return None, None, bool(evidence)

    def _evidence(self, facts, employee):
        """Why it may be this employee; empty where something speaks against it."""
        person, values = facts["person"], employee.values
        names = _words(person["name"]), _words(values["name"])
        birthdays = person["birthday"], values.get("birthday")
        kinds = set()
        if names[0] == names[1]:
            kinds.add("name")
            if all(birthdays) and birthdays[0] == birthdays[1]:
                kinds.add("birthday")
        mails = {employee.work_email, values.get("private_email")} - {None}
        if {mail.casefold() for mail in mails} & {
            mail.casefold() for mail in facts["emails"]
        }:
            kinds.add("email")
        if employee.badge and employee.badge.lstrip("0") == facts["number"].lstrip("0"):
            kinds.add("number")
            if not set(names[0]) & set(names[1]):
                return set()
        if all(birthdays) and birthdays[0] != birthdays[1]:
            return set()
        return kinds


def _words(name):
    """A name as it compares: without capitals and accents."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    return plain.casefold().replace("ı", "i").split()
