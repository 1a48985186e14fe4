# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The REST v2 endpoints: paths, versions, rights and what they answer."""

import datetime

from werkzeug.routing import Map, Rule

from . import present
from .envelopes import detail, listing, whole
from .errors import bad_request, forbidden, json_response, not_found, unauthorized
from .filtersettings import get_filter_settings, put_filter_settings
from .periods import period_count
from .queries import select
from .versions import negotiate
from .visibility import effective_activities, visible_employments

V2018 = ("2018-01-01",)
_EMPLOYER = "/v2/providers/employers/<employer_id>"
_OFFICE = "/v2/providers/employers/payrolladministrations/<administration_id>"
_PROFILE = "/v2/providers/employers/payrolladministrations/journalProfiles/<profile_id>"
_PERSON = "/v2/providers/employers/employees"


class Call:
    """One request, with the entity of its path looked up and its right checked."""

    def __init__(self, server, request, activity, version, arguments):
        self.server, self.request, self.version = server, request, version
        self.arguments = arguments
        self.employer, self.office = self._find()
        if self.employer and activity not in effective_activities(
            server, self.employer
        ):
            raise forbidden(f"The user has no right to the activity {activity}")

    def _find(self):
        wanted = set(self.arguments.values())
        for employer in self.server.company.employers:
            if employer.id in wanted:
                return employer, None
            for office in employer.administrations:
                if wanted & {office.id, office.journal_profile_id}:
                    return employer, office
            for person in employer.employees:
                if wanted & {person.id, *(job.id for job in person.employments)}:
                    return employer, None
        if self.arguments:
            raise not_found()
        return None, None

    def employments(self):
        return visible_employments(self.server, self.employer, self.request.path)

    def page(self, records):
        """Return a page of records, filtered and sorted as asked."""
        args = self.request.args
        if self.server.faults.take("page_twice", self.request.path):
            args = {**args, "pageNumber": "1"}
            body = self._page(records, args)
            body["currentPage"] = int(self.request.args.get("pageNumber", 1))
            return body
        return self._page(records, args)

    def _page(self, records, args):
        chosen = select(records, args, self.version)
        return listing(chosen, self.version, args, self.server.page_size)

    def detail(self, record):
        return detail(record, self.version)


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


def _actual(presenter):
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


def _named(resource, attribute):
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


# (path, name of the activity, versions, endpoint[, method])
_ENDPOINTS = (
    ("/user", None, V2018, user),
    ("/v2/user", None, V2018, user),
    ("/v2/providers", None, V2018, providers),
    ("/v2/providers/employers", None, V2018, employers),
    (_EMPLOYER, "GetEmployerByEmployerId", V2018, employer),
    (f"{_EMPLOYER}/authorizations", "GetAuthorizationsByEmployerId",
     ("2018-01-01", "2019-02-11"), authorizations),
    (f"{_EMPLOYER}/payrolladministrations", "GetPayrollAdministrationsByEmployerId",
     V2018, administrations),
    (_OFFICE, "GetPayrollAdministrationByPayrollAdministrationId", V2018,
     administration),
    (f"{_EMPLOYER}/employees", "GetEmployeesByEmployerId",
     ("2018-12-31", "2021-03-29"), employees),
    (f"{_PERSON}/<employee_id>", "GetEmployeeByEmployeeId",
     ("2018-12-31", "2021-03-29"), employee),
    (f"{_EMPLOYER}/employees/employments", "GetEmploymentsByEmployerId",
     ("2019-12-16",), employments),
    (f"{_PERSON}/<employee_id>/employments", "GetEmploymentsByEmployeeId",
     ("2019-12-16",), employments_of_employee),
    (f"{_PERSON}/employments/<employment_id>", "GetEmploymentByEmploymentId",
     ("2019-12-16",), employment),
    (f"{_EMPLOYER}/actualworkinghours", "GetActualWorkingHoursByEmployerId", V2018,
     _actual(present.working_hours)),
    (f"{_EMPLOYER}/actualwages", "GetActualWagesByEmployerId", V2018,
     _actual(present.wage)),
    (f"{_EMPLOYER}/actualorganizationalentities",
     "GetActualOrganizationalEntitiesByEmployerId", V2018,
     _actual(present.organizational_entity)),
    (f"{_EMPLOYER}/departments", "GetDepartmentsByEmployerId", V2018,
     _named("department", "departments")),
    (f"{_EMPLOYER}/functions", "GetFunctionsByEmployerId", V2018, functions),
    (f"{_EMPLOYER}/distributionunits", "GetDistributionUnitsByEmployerId", V2018,
     _named("distribution_unit", "distribution_units")),
    (f"{_OFFICE}/journalProfiles", "GetJournalProfilesByPayrollAdministrationId", V2018,
     journal_profiles),
    (f"{_PROFILE}/costCenters",
     "GetCostCentersAtPayrollAdministrationLevelByJournalProfileId", V2018,
     cost_centers),
    (f"{_OFFICE}/payrollcomponents/year/<int:year>",
     "GetPayrollComponentsByPayrollAdministrationIdAndYear", V2018, components),
    (f"{_OFFICE}/payrollperiods", "GetPayrollPeriodsByPayrollAdministrationId", V2018,
     periods),
    (f"{_OFFICE}/payrollPeriods/<int:period_id>/payrollperioddata",
     "GetPayrollPeriodDataByPayrollAdministrationIdAndPayrollPeriodId", V2018,
     period_data),
)  # fmt: skip
# Both published forms of the address, with and without /v2 (they differ per edition).
_FILTER_PATHS = tuple(
    f"{start}/user/filtersettings/<employer_id>"
    for start in ("", "/v2", "/globalfilter", "/v2/globalfilter")
)
_FILTER_ACTIVITY = "GetUserFilterSettingsByEmployerId"

URLS = Map(
    [
        *(Rule(path, endpoint=entry, methods=["GET"])
          for entry in _ENDPOINTS for path in [entry[0]]),
        *(Rule(path, methods=["GET"],
               endpoint=(path, _FILTER_ACTIVITY, V2018, get_filter_settings))
          for path in _FILTER_PATHS),
        *(Rule(path, methods=["PUT"],
               endpoint=(path, _FILTER_ACTIVITY, V2018, put_filter_settings))
          for path in _FILTER_PATHS),
    ],
    redirect_defaults=False,
)  # fmt: skip


def answer(server, request, endpoint, arguments):
    """Answer one REST request, or raise a Refusal."""
    _path, activity, versions, function = endpoint
    kind, _space, access_token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not server.tokens.accepts(access_token):
        raise unauthorized()
    version = negotiate(request.headers.get("Accept"), versions)
    body = function(Call(server, request, activity, version, arguments))
    changed = server.faults.after(request, body)
    if changed is None:
        return json_response(body)
    response = json_response({})
    response.set_data(changed)
    if changed.startswith("<"):
        response.content_type = "text/html; charset=utf-8"
    return response
