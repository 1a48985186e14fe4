# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What each REST v2 endpoint answers."""

import datetime

from . import present
from .envelopes import whole
from .errors import bad_request, not_found
from .periods import period_count
from .visibility import effective_activities


def user(call):
    values = {
        "contactInformation": {"emailAddress": "hr@voorbeeld.nl"},
        "personalDetails": {
            "firstName": "Susan",
            "initials": "S.",
            "lastName": "Bergen",
        },
    }
    return call.detail(present.shaped("user", values))


def providers(call):
    company = call.server.company
    values = {"id": company.provider_id, "name": company.provider_name}
    return call.page([present.shaped("provider", values)])


def employers(call):
    return call.page([present.employer(item) for item in call.server.company.employers])


def employer(call):
    return call.detail(present.employer(call.employer))


def authorizations(call):
    names = effective_activities(call.server, call.employer)
    if call.version < "2019-02-11":
        return whole([{"name": name} for name in names], call.version)
    records = [
        present.shaped(
            "authorization", {"id": present.name_id(name), "description": name}
        )
        for name in names
    ]
    return whole(records, call.version)


def administrations(call):
    return call.page(
        [
            present.administration(item, call.employer)
            for item in call.employer.administrations
        ]
    )


def administration(call):
    return call.detail(present.administration(call.office, call.employer))


def employees(call):
    seen = {person.id for person, _job in call.employments()}
    people = [
        person
        for person in call.employer.employees
        if not person.vanished and (person.id in seen or not _fault_hides(call))
    ]
    records = [present.employee(person, call.version) for person in people]
    if fault := call.server.faults.take("missing_field", call.request.path):
        for record in records:
            if str(record["employeeNumber"]) == (fault.value or "108"):
                del record["personalDetails"]["lastName"]
    return call.page(records)


def _fault_hides(call):
    return call.server.faults.take("vanished_employees", call.request.path)


def employee(call):
    person = _person(call)
    return call.detail(present.employee(person, call.version))


def _person(call):
    for person in call.employer.employees:
        if person.id == call.arguments["employee_id"] and not person.vanished:
            return person
    raise not_found()


def employments(call):
    return call.page([present.employment(*pair) for pair in call.employments()])


def employments_of_employee(call):
    person = _person(call)
    return call.page(
        [present.employment(*pair) for pair in call.employments() if pair[0] is person]
    )


def employment(call):
    for pair in call.employments():
        if pair[1].id == call.arguments["employment_id"]:
            return call.detail(present.employment(*pair))
    raise not_found()


def actual(presenter):
    def endpoint(call):
        text = call.request.args.get("referenceDate")
        try:
            day = datetime.date.fromisoformat(text) if text else datetime.date.today()
        except ValueError:
            raise bad_request(
                f"'{text}' is not a date: use yyyy-MM-dd",
                call.version,
                ["referenceDate"],
            ) from None
        return call.page(
            [
                presenter(person, job)
                for person, job in call.employments()
                if job.start_date <= day
                and (job.end_date is None or job.end_date >= day)
            ]
        )

    return endpoint


def named(resource, attribute):
    def endpoint(call):
        records = getattr(call.employer, attribute)
        return call.page([present.named(resource, record) for record in records])

    return endpoint


def functions(call):
    return call.page([present.function(item) for item in call.employer.functions])


def journal_profiles(call):
    values = {
        "id": call.office.journal_profile_id,
        "key": 1,
        "description": "Journaalprofiel",
        "origin": {"key": 3, "description": 3},
    }
    return call.page([present.shaped("journal_profile", values)])


def cost_centers(call):
    records = call.office.cost_centers
    return call.page([present.named("cost_center", record) for record in records])


def components(call):
    year = call.arguments["year"]
    this_year = datetime.date.today().year
    offered = call.office.components if 2010 <= year <= this_year + 1 else []
    return whole([present.component(item) for item in offered], call.version)


def periods(call):
    this_year = datetime.date.today().year
    return whole(
        [
            present.period(call.office, year, number)
            for year in range(this_year - 2, this_year + 2)
            for number in range(1, period_count(call.office.period_type, year) + 1)
        ],
        call.version,
    )


def period_data(call):
    year, number = divmod(call.arguments["period_id"], 100)
    if not 1 <= number <= period_count(call.office.period_type, year):
        raise not_found()
    if call.request.args.get("payslipType") not in ("1", "2"):
        raise bad_request(
            "payslipType is required: 1 (normal) or 2 (special rate)",
            call.version,
            ["payslipType"],
        )
    rows = call.server.company.period_data.get((call.office.id, year, number), {})
    if call.request.args["payslipType"] == "2":
        rows = {}
    seen = {
        job.payroll_id
        for _person, job in call.employments()
        if job.administration is call.office
    }
    return call.page(
        [
            present.period_data(call.employer, call.office, year, number, key, values)
            for key, values in sorted(rows.items(), key=str)
            if key[0] in seen
        ]
    )
