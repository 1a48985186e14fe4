# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Events that are about who somebody is, and about contract and address."""

import datetime
from dataclasses import replace

from .data import new_id
from .event_registry import chosen, event, everybody, somebody


@event("everybody has the employee number of the next one")
def shuffled_numbers(company, changes, _value):
    for employer in company.employers:
        numbers = [person.number for person in employer.employees]
        for person, number in zip(
            employer.employees, numbers[1:] + numbers[:1], strict=True
        ):
            changes.set(person, number=number)


@event("employee VALUE (default 108) is there twice, as two people")
def double_person(company, changes, value):
    employer, person = somebody(company, value)
    _add(changes, employer, _copy(employer, person))


@event("the id of employee VALUE (default 108) is another one, nothing else")
def other_employee_id(company, changes, value):
    _employer, person = somebody(company, value)
    changes.set(person, id=new_id())


@event("another person stands under the employment of employee VALUE (default 108)")
def other_person(company, changes, value):
    employer, person = somebody(company, value)
    stranger = replace(
        _copy(employer, person),
        **_IDENTITY,
        email="a.vreemdeling@example.nl",
        work_email=None,
        employments=person.employments,
    )
    changes.set(person, employments=[])
    _add(changes, employer, stranger)


@event("name and birth date of employee VALUE (default 108) change at once")
def other_name_and_birthday(company, changes, value):
    changes.set(somebody(company, value)[1], **_IDENTITY)


@event("employee VALUE (default 108) and the next one have swapped payroll numbers")
def swapped_payroll_numbers(company, changes, value):
    employer, person = somebody(company, value)
    first = person.employments[0]
    others = [
        job
        for other, job in employer.employments()
        if other is not person and job.administration is first.administration
    ]
    later = [job for job in others if job.payroll_id > first.payroll_id]
    second = (later or others)[0]
    numbers = first.payroll_id, second.payroll_id
    changes.set(second, payroll_id=numbers[0])
    changes.set(first, payroll_id=numbers[1])


@event("somebody was hired, to begin in VALUE days (default 30)")
def future_hire(company, changes, value):
    employer, example = somebody(company, None)
    newcomer = _copy(employer, example)
    changes.set(newcomer, **_IDENTITY, email="a.vreemdeling@example.nl")
    changes.set(newcomer.employments[0], start_date=_in_days(value or 30))
    _add(changes, employer, newcomer)


@event("employee VALUE (default 108) ends in 30 days; switch off to withdraw it")
def end_date(company, changes, value):
    for job in somebody(company, value)[1].employments:
        changes.set(job, end_date=_in_days(30))


@event("employee VALUE (default 108) is in the next department and unit, from today")
def other_department(company, changes, value):
    employer, person = somebody(company, value)
    job = person.employments[0]
    _from_day(
        changes,
        job,
        datetime.date.today(),
        department=_after(employer.departments, job.department),
        distribution_unit=_after(employer.distribution_units, job.distribution_unit),
    )


@event("employee VALUE (default 108) has a contract of zero hours, on call")
def zero_hours(company, changes, value):
    job = somebody(company, value)[1].employments[0]
    changes.set(job, hours_per_week=0.0, on_call=True, calculates_hours=False)


@event("the hours a week of employee VALUE (default 108) are not filled in")
def unknown_hours(company, changes, value):
    changes.set(somebody(company, value)[1].employments[0], hours_per_week=None)


@event("employee VALUE (default 108) is paid by the hour")
def hourly_wage(company, changes, value):
    changes.set(
        somebody(company, value)[1].employments[0], hourly=True, gross_wage=17.5
    )


@event("the address of employee VALUE (default 108) has a location")
def address_location(company, changes, value):
    changes.set(somebody(company, value)[1], location="Gebouw C, 4e etage")


@event("employee VALUE (default 108) moved to a country that is no more (AN)")
def unknown_country(company, changes, value):
    changes.set(
        somebody(company, value)[1],
        street="Breedestraat",
        city="Willemstad",
        postal_code="0000",
        country=(150, "AN", "Nederlandse Antillen"),
    )


@event("the country code of employee VALUE (default 108) is in lower case")
def lower_case_country(company, changes, value):
    person = somebody(company, value)[1]
    key, code, name = person.country
    changes.set(person, country=(key, code.lower(), name))


@event("employee VALUE (default 108) moved abroad")
def foreign_address(company, changes, value):
    changes.set(
        somebody(company, value)[1],
        street="Hauptstrasse",
        house_number=7,
        house_number_addition=None,
        postal_code="D-47533",
        city="Kleve",
        country=(3, "DE", "Duitsland"),
    )


@event("an unknown word for the gender of employee VALUE (default 108)")
def unknown_gender(company, changes, value):
    changes.set(somebody(company, value)[1], gender=9, gender_word="Anders benoemd")


@event("unknown words for the name format of employee VALUE (default 108)")
def unknown_name_format(company, changes, value):
    _with_partner(company, changes, value, "Aanschrijfnaam volgens opgave")


@event("the name format of employee VALUE (default 108) contradicts the full name")
def contradicting_name_format(company, changes, value):
    _with_partner(company, changes, value, "last name")


@event("the prefix of employee VALUE (default 108) is d'")
def apostrophe_prefix(company, changes, value):
    changes.set(somebody(company, value)[1], prefix="d'", last_name="Hooghe")


@event("all employments end on VALUE (yyyy-mm-dd, default today)")
def all_ended(company, changes, value):
    day = datetime.date.fromisoformat(value) if value else datetime.date.today()
    for person in everybody(company):
        for job in person.employments:
            changes.set(job, end_date=max(day, job.start_date))


@event("all addresses are null")
def no_addresses(company, changes, _value):
    for person in everybody(company):
        changes.set(
            person,
            street=None,
            house_number=None,
            house_number_addition=None,
            location=None,
            postal_code=None,
            city=None,
            country=None,
        )


@event("everybody has one and the same name")
def one_name(company, changes, _value):
    for person in everybody(company):
        changes.set(
            person,
            first_name="Jan",
            initials="J.",
            prefix=None,
            last_name="Jansen",
            partner_prefix=None,
            partner_last_name=None,
            name_format=1,
        )


@event("actualworkinghours has no row for employee VALUE (default: anybody)")
def no_working_hours(company, changes, value):
    _drop_rows(company, changes, value, "hours")


@event("actualwages has no row for employee VALUE (default: anybody)")
def no_wages(company, changes, value):
    _drop_rows(company, changes, value, "wages")


@event("actualorganizationalentities has no row for employee VALUE (default: anybody)")
def no_organization(company, changes, value):
    _drop_rows(company, changes, value, "organization")


@event("broken: employee VALUE (default: anybody) is missing from the employees only")
def no_employees(company, changes, value):
    for person in chosen(company, value):
        changes.set(person, unlisted=True)


@event("employee VALUE (default 108) was born in 1800, and ends in 9999")
def odd_dates(company, changes, value):
    person = somebody(company, value)[1]
    changes.set(person, birthday=datetime.date(1800, 1, 1))
    changes.set(person.employments[0], end_date=datetime.date(9999, 12, 31))


@event("broken: the last name of employee VALUE (default 108) holds a NUL")
def nul_character(company, changes, value):
    _break(company, changes, value, last_name="Jan\0sen")


@event("broken: the last name of employee VALUE (default 108) holds half a surrogate")
def half_surrogate(company, changes, value):
    _break(company, changes, value, last_name="Jan\ud83dsen")


@event("broken: the numbers of employee VALUE (default 108) are over every bound")
def huge_numbers(company, changes, value):
    person = _break(company, changes, value, house_number=10**20)
    changes.set(
        person.employments[0],
        payroll_id=10**20,
        shift=10**20,
        hours_per_week=1e30,
        gross_wage=1e30,
    )


@event("broken: the texts of employee VALUE (default 108) are 100,000 characters long")
def huge_texts(company, changes, value):
    long = "x" * 100_000
    _break(company, changes, value, last_name=long, street=long, city=long, email=long)


_IDENTITY = {
    "first_name": "Aldert",
    "initials": "A.",
    "prefix": None,
    "last_name": "Vreemdeling",
    "birthday": datetime.date(1971, 7, 1),
}


def _copy(employer, person):
    """Return a new employee like ``person``, in the same administration."""
    number = max(other.number for other in employer.employees) + 1
    job = person.employments[0]
    payroll_id = max(
        other.payroll_id
        for _person, other in employer.employments()
        if other.administration is job.administration
    )
    job = replace(job, id=new_id(), payroll_id=payroll_id + 1)
    return replace(person, id=new_id(), number=number, employments=[job])


def _add(changes, employer, person):
    changes.set(employer, employees=[*employer.employees, person])


def _in_days(count):
    return datetime.date.today() + datetime.timedelta(days=int(count))


def _from_day(changes, job, day, **facts):
    known = job.changes.get(day, {})
    changes.set(job, changes={**job.changes, day: {**known, **facts}})


def _after(items, item):
    return items[(items.index(item) + 1) % len(items)] if item in items else item


def _with_partner(company, changes, value, words):
    """Both names in the full name, the partner's first; the words say otherwise."""
    changes.set(
        somebody(company, value)[1],
        partner_last_name="Wiel",
        partner_prefix="van de",
        name_format=4,
        name_format_words=words,
    )


def _drop_rows(company, changes, value, kind):
    for person in chosen(company, value):
        for job in person.employments:
            changes.set(job, missing=job.missing | {kind})


def _break(company, changes, value, **facts):
    person = somebody(company, value)[1]
    changes.set(company, keeps_contract=False)
    changes.set(person, **facts)
    return person
