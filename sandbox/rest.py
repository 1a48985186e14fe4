# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The REST v2 addresses: their versions and rights, and the way to their answers."""

from werkzeug.routing import Map, Rule

from . import endpoints, present
from .call import Call
from .errors import json_response, unauthorized
from .filtersettings import get_filter_settings, put_filter_settings
from .versions import negotiate

V2018 = ("2018-01-01",)
_EMPLOYER = "/v2/providers/employers/<employer_id>"
_OFFICE = "/v2/providers/employers/payrolladministrations/<administration_id>"
_PROFILE = "/v2/providers/employers/payrolladministrations/journalProfiles/<profile_id>"
_PERSON = "/v2/providers/employers/employees"
# (path, name of the activity, versions, endpoint)
_ENDPOINTS = (
    ("/user", None, V2018, endpoints.user),
    ("/v2/user", None, V2018, endpoints.user),
    ("/v2/providers", None, V2018, endpoints.providers),
    ("/v2/providers/employers", None, V2018, endpoints.employers),
    (_EMPLOYER, "GetEmployerByEmployerId", V2018, endpoints.employer),
    (f"{_EMPLOYER}/authorizations", "GetAuthorizationsByEmployerId",
     ("2018-01-01", "2019-02-11"), endpoints.authorizations),
    (f"{_EMPLOYER}/payrolladministrations", "GetPayrollAdministrationsByEmployerId",
     V2018, endpoints.administrations),
    (_OFFICE, "GetPayrollAdministrationByPayrollAdministrationId", V2018,
     endpoints.administration),
    (f"{_EMPLOYER}/employees", "GetEmployeesByEmployerId",
     ("2018-12-31", "2021-03-29"), endpoints.employees),
    (f"{_PERSON}/<employee_id>", "GetEmployeeByEmployeeId",
     ("2018-12-31", "2021-03-29"), endpoints.employee),
    (f"{_EMPLOYER}/employees/employments", "GetEmploymentsByEmployerId",
     ("2019-12-16",), endpoints.employments),
    (f"{_PERSON}/<employee_id>/employments", "GetEmploymentsByEmployeeId",
     ("2019-12-16",), endpoints.employments_of_employee),
    (f"{_PERSON}/employments/<employment_id>", "GetEmploymentByEmploymentId",
     ("2019-12-16",), endpoints.employment),
    (f"{_EMPLOYER}/actualworkinghours", "GetActualWorkingHoursByEmployerId", V2018,
     endpoints.actual("hours", present.working_hours)),
    (f"{_EMPLOYER}/actualwages", "GetActualWagesByEmployerId", V2018,
     endpoints.actual("wages", present.wage)),
    (f"{_EMPLOYER}/actualorganizationalentities",
     "GetActualOrganizationalEntitiesByEmployerId", V2018,
     endpoints.actual("organization", present.organizational_entity)),
    (f"{_EMPLOYER}/departments", "GetDepartmentsByEmployerId", V2018,
     endpoints.named("department", "departments")),
    (f"{_EMPLOYER}/functions", "GetFunctionsByEmployerId", V2018, endpoints.functions),
    (f"{_EMPLOYER}/distributionunits", "GetDistributionUnitsByEmployerId", V2018,
     endpoints.named("distribution_unit", "distribution_units")),
    (f"{_OFFICE}/journalProfiles", "GetJournalProfilesByPayrollAdministrationId", V2018,
     endpoints.journal_profiles),
    (f"{_PROFILE}/costCenters",
     "GetCostCentersAtPayrollAdministrationLevelByJournalProfileId", V2018,
     endpoints.cost_centers),
    (f"{_OFFICE}/payrollcomponents/year/<int:year>",
     "GetPayrollComponentsByPayrollAdministrationIdAndYear", V2018,
     endpoints.components),
    (f"{_OFFICE}/payrollperiods", "GetPayrollPeriodsByPayrollAdministrationId", V2018,
     endpoints.periods(present.period)),
    (f"{_OFFICE}/payrollperiods/minimized",
     "GetPayrollPeriodsMinimizedByPayrollAdministrationId", V2018,
     endpoints.periods(present.minimized_period)),
    (f"{_OFFICE}/payrollPeriods/<int:period_id>/payrollperioddata",
     "GetPayrollPeriodDataByPayrollAdministrationIdAndPayrollPeriodId", V2018,
     endpoints.period_data),
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
