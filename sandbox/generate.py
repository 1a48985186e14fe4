# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes up a Dutch company of any size, the same for the same seed."""

import datetime
import random
import uuid
from collections import Counter

from . import names
from .data import (
    Administration,
    Company,
    Component,
    Employee,
    Employer,
    Employment,
    Named,
)
from .periods import FOUR_WEEKS, MONTH, WEEK

DEPARTMENTS = (
    "Directie", "Administratie", "Verkoop", "Ontwikkeling", "Dienstverlening",
    "Magazijn",
)  # fmt: skip
FUNCTIONS = (
    "Directeur", "Administrateur", "Verkoper", "Ontwikkelaar", "Consultant",
    "Magazijnmedewerker",
)  # fmt: skip
# 1, 28 and 86 are the example of Loket's own help page; descriptions: 14 positions.
COMPONENTS = (
    (1, "Uren gewerkt", (1, "Uren"), True),
    (2, "Uren ziek", (1, "Uren"), True),
    (3, "Uren vakantie", (1, "Uren"), True),
    (4, "Uren bijz.verl", (1, "Uren"), True),
    (5, "Uren onbetaald", (1, "Uren"), True),
    (28, "Meeruren", (2, "Overwerk"), True),
    (30, "Overwerk 125%", (2, "Overwerk"), True),
    (31, "Overwerk 150%", (2, "Overwerk"), True),
    (32, "Overwerk 200%", (2, "Overwerk"), True),
    (40, "Onregelm. 25%", (4, "Onregelmatige dienst"), True),
    (50, "Tijd voor tijd", (3, "Tijd voor tijd"), True),
    (86, "Nabetaling", (10, "Bruto betaling"), True),
    (120, "Reiskosten", (12, "Netto betaling"), True),
    (121, "Maaltijden", (6, "Eenheden"), True),
    (130, "Reisdagen", (6, "Eenheden"), True),
    (200, "Bonus", (10, "Bruto betaling"), True),
    (300, "Pensioenprem.", (14, "Bruto inhouding"), False),
    (4015, "Thuiswerkverg.", (12, "Netto betaling"), True),
)
ACTIVITIES = (
    "GetEmployersByUserId",
    "GetEmployerByEmployerId",
    "GetUserByToken",
    "GetAuthorizationsByEmployerId",
    "GetUserFilterSettingsByEmployerId",
    "GetPayrollAdministrationsByEmployerId",
    "GetPayrollAdministrationByPayrollAdministrationId",
    "GetEmployeesByEmployerId",
    "GetEmployeeByEmployeeId",
    "GetEmploymentsByEmployerId",
    "GetEmploymentsByEmployeeId",
    "GetEmploymentByEmploymentId",
    "GetActualWorkingHoursByEmployerId",
    "GetActualWagesByEmployerId",
    "GetActualOrganizationalEntitiesByEmployerId",
    "GetDepartmentsByEmployerId",
    "GetFunctionsByEmployerId",
    "GetDistributionUnitsByEmployerId",
    "GetJournalProfilesByPayrollAdministrationId",
    "GetCostCentersAtPayrollAdministrationLevelByJournalProfileId",
    "GetPayrollComponentsByPayrollAdministrationIdAndYear",
    "GetPayrollPeriodsByPayrollAdministrationId",
    "GetPayrollPeriodsMinimizedByPayrollAdministrationId",
    "GetPayrollPeriodDataByPayrollAdministrationIdAndPayrollPeriodId",
    "GetPayrollPeriodDataByEmploymentId",
    "GetPayrollPeriodDataDefaultsByEmploymentId",
    "GetPayrollPeriodDataMetadataByEmploymentId",
    "PatchCollectivePayrollPeriodDataByEmployerId",
    "PatchPayrollPeriodDataByEmploymentId",
    "GetPayrollPeriodDataAuditTrailByPayrollAdministrationId",
    "GetPayrollProcessOverviewByPayrollAdministrationId",
    "PostPeriodReadyForPayrollByPayrollAdministrationId",
    "GetPayrollRunsByPayrollAdministrationId",
    "GetPayslipsByEmploymentId",
    "GetPayslipsByEmploymentIdAndPayrollRunId",
    "GetYearEndStatementsByEmploymentId",
    "GetYearEndStatementForYearByEmploymentId",
    "GetEmployerLastModifiedVersionNumbersByUser",
    "GetEmploymentLastModifiedVersionNumbersByEmployerId",
)


def generate(employees=25, seed=1, employers=0):
    """Return a company whose first administration (5555) has ``employees`` people.

    :param employers: how many more, with one administration (7000 and up) of as many
    """
    generator = _Generator(seed)
    company = generator.company(employees)
    company.employers += [
        generator.small_employer(index, employees) for index in range(employers)
    ]
    return company


class _Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.payroll_ids = Counter()  # the last number given out per administration

    def new_id(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def company(self, size):
        company = Company("Voorbeeld Salarissen B.V.", provider_id=self.new_id())
        first = self.employer("Voorbeeld B.V.", 20720)
        main = self.administration("Voorbeeld", 5555, MONTH)
        flexible = self.administration("Voorbeeld Flex", 5556, FOUR_WEEKS)
        first.administrations = [main, flexible]
        for _index in range(size):
            self.hire(first, main)
        for _index in range(max(2, size // 10)):
            self.hire(first, flexible)
        if size:  # one person with an employment in both administrations
            extra = self.employment(first, flexible, self.random.randrange(6))
            first.employees[size - 1].employments.append(extra)
        second = self.employer("Bakkerij De Korenaar B.V.", 20721)
        second.administrations = [self.administration("De Korenaar", 6001, WEEK)]
        for _index in range(4):
            self.hire(second, second.administrations[0])
        company.employers = [first, second]
        return company

    def small_employer(self, index, size):
        """One of many, whose people have numbers that no other's have."""
        made = self.employer(f"Klant {index + 1} B.V.", 30000 + index)
        office = self.administration(f"Klant {index + 1}", 7000 + index, MONTH)
        made.administrations = [office]
        for _index in range(size):
            self.hire(made, office)
        for employee in made.employees:
            employee.number += 100_000 + index * size
        return made

    def employer(self, name, number):
        def named(step, words):
            return [
                Named(step * (index + 1), word, self.new_id())
                for index, word in enumerate(words)
            ]

        return Employer(
            name,
            number,
            departments=named(1, DEPARTMENTS),
            functions=named(1, FUNCTIONS),
            distribution_units=named(10, DEPARTMENTS),
            activities=list(ACTIVITIES),
            filter_settings={
                "filterOnAdministrations": [],
                "filterOnDepartments": [],
                "filterOnEmployedStatus": "AllEmployments",
                "filterOnEmploymentCategoryType": [],
                "filterOnOnCallEmployment": None,
            },
            id=self.new_id(),
        )

    def administration(self, name, client_number, period_type):
        return Administration(
            name,
            client_number,
            period_type,
            components=[Component(*values) for values in COMPONENTS],
            cost_centers=[
                Named(f"{word[:3].upper()}{10 * index + 10:03}", word, self.new_id())
                for index, word in enumerate(DEPARTMENTS)
            ],
            journal_profile_id=self.new_id(),
            id=self.new_id(),
        )

    def hire(self, employer, administration):
        number = 100 + len(employer.employees) + 1
        known = employer.number == 20720 and number - 101 < len(names.KNOWN)
        make = self.known_person if known else self.person
        employee, department = make(number)
        employee.employments = [self.employment(employer, administration, department)]
        employer.employees.append(employee)

    def known_person(self, number):
        first, last, gender, email, work_email, department = names.KNOWN[number - 101]
        employee = self.blank(number, first, gender, None, last)
        employee.email = email
        employee.work_email = work_email
        return employee, department

    def person(self, number):
        gender = self.random.choice((1, 2))
        first = self.random.choice(names.MEN if gender == 1 else names.WOMEN)
        prefix, last = self.random.choice(names.LAST)
        employee = self.blank(number, first, gender, prefix, last)
        employee.email = f"{first}.{last}{number}@example.nl".replace(" ", "").lower()
        employee.email = employee.email.translate(str.maketrans("ıëöü", "ieou"))
        if self.random.random() < 0.25:
            employee.partner_prefix, employee.partner_last_name = self.random.choice(
                names.LAST
            )
            employee.name_format = self.random.choice((2, 3, 4))
        if self.random.random() < 0.1:
            employee.country = (2, "BE", "België")
            employee.city, employee.postal_code = "Turnhout", "2300"
        if self.random.random() < 0.5:
            employee.work_email = f"p{number}@voorbeeld.example.nl"
        return employee, self.random.randrange(len(DEPARTMENTS))

    def blank(self, number, first, gender, prefix, last):
        pick = self.random
        town, area = pick.choice(names.TOWNS)
        letters = "".join(pick.choice("ABCDEGHJKLMNPRTVWXZ") for _ in range(2))
        return Employee(
            number,
            first,
            f"{first[0]}.",
            last,
            prefix,
            birthday=datetime.date(1960, 1, 1)
            + datetime.timedelta(days=pick.randrange(16000)),
            gender=gender,
            street=pick.choice(names.STREETS),
            house_number=pick.randrange(1, 250),
            house_number_addition=pick.choice((None, None, None, "A", "bis")),
            postal_code=f"{area}{pick.randrange(10, 100)} {letters}",
            city=town,
            phone=f"071-5{pick.randrange(100000, 1000000)}",
            mobile=f"06-{pick.randrange(10000000, 100000000)}",
            id=self.new_id(),
        )

    def employment(self, employer, administration, department):
        self.payroll_ids[administration.id] += 1
        pick = self.random
        hours = pick.choice((40.0, 40.0, 36.0, 32.0, 24.0, 16.0))
        permanent = pick.random() < 0.7
        # Hired before any period that a demonstration uses.
        start = datetime.date(2015, 1, 1) + datetime.timedelta(
            days=pick.randrange(3200)
        )
        return Employment(
            administration,
            self.payroll_ids[administration.id],
            start,
            employer.departments[department],
            employer.functions[department],
            employer.distribution_units[department],
            gross_wage=float(pick.randrange(2300, 6500, 25)),
            hours_per_week=hours,
            permanent=permanent,
            commission_until=None if permanent else datetime.date(2030, 12, 31),
            on_call=(on_call := not permanent and pick.random() < 0.3),
            calculates_hours=not on_call,  # Loket can't know what they worked
            id=self.new_id(),
        )
