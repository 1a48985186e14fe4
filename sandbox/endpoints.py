# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What each REST v2 endpoint answers."""

import datetime

from . import present
from .envelopes import whole
from .errors import bad_request, not_found
from .visibility import actual_employments, effective_activities, listed_people


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
    people = listed_people(call.server, call.employer, call.request.path)
    fault = call.server.faults.take("missing_field", call.request.path)

    def show(person):
        record = present.employee(person, call.version)
        if fault and (fault.value or "108") in (str(person.number), "all"):
            del record["personalDetails"]["lastName"]
        return record

    return call.page(people, show)


def employee(call):
    return call.detail(present.employee(_person(call), call.version))


def _person(call):
    if call.person and not call.person.vanished and not call.person.unlisted:
        return call.person
    raise not_found()


def employments(call):
    return call.page(call.employments(), present.employment)


def employments_of_employee(call):
    person = _person(call)
    return call.page(
        [pair for pair in call.employments() if pair[0] is person], present.employment
    )


def employment(call):
    for pair in call.employments():
        if pair[1] is call.job:
            return call.detail(present.employment(pair))
    raise not_found()


def actual(kind, presenter):
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
        pairs = actual_employments(
            call.server, call.employer, call.request.path, day, kind
        )
        return call.page(pairs, lambda pair: presenter(pair[1].at(day)))

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
    if year not in call.office.component_years():
        raise not_found()
    offered = call.office.components_of(year)
    return whole([present.component(item) for item in offered], call.version)


def periods(presenter):
    def endpoint(call):
        return whole(
            [
                presenter(call.office, year, number)
                for year in call.office.period_years()
                for number in range(1, call.office.period_count(year) + 1)
            ],
            call.version,
        )

    return endpoint
