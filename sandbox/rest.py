# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The REST v2 addresses: their versions and rights, and the way to their answers."""

from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from . import endpoints, payroll_endpoints, present, writing
from .call import Call
from .errors import Refusal, bad_request, json_response, of_list, unauthorized
from .filtersettings import get_filter_settings, put_filter_settings
from .versions import negotiate

V2018 = ("2018-01-01",)
PDF = "application/pdf"
_EMPLOYER = "/v2/providers/employers/<employer_id>"
_OFFICE = "/v2/providers/employers/payrolladministrations/<administration_id>"
_PROFILE = "/v2/providers/employers/payrolladministrations/journalProfiles/<profile_id>"
_PERSON = "/v2/providers/employers/employees"
_JOB = f"{_PERSON}/employments/<employment_id>"
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
     payroll_endpoints.period_data),
    (f"{_OFFICE}/payrollPeriods/payrollperioddata/metadata",
     "GetPayrollPeriodDataByPayrollAdministrationIdAndPayrollPeriodId", V2018,
     payroll_endpoints.query_metadata),
    (f"{_OFFICE}/payrollPeriods/payrollperioddata/defaults",
     "GetPayrollPeriodDataByPayrollAdministrationIdAndPayrollPeriodId", V2018,
     payroll_endpoints.query_defaults),
    (f"{_JOB}/payrollperioddata", "GetPayrollPeriodDataByEmploymentId", V2018,
     payroll_endpoints.own_period_data),
    # The names of these two activities are not published.
    (f"{_JOB}/payrollperioddata/defaults",
     "GetPayrollPeriodDataDefaultsByEmploymentId", V2018, payroll_endpoints.defaults),
    (f"{_JOB}/payrollperioddata/metadata",
     "GetPayrollPeriodDataMetadataByEmploymentId", V2018, payroll_endpoints.metadata),
    (f"{_JOB}/payrollperioddata/metadata/year/<int:year>/period/<int:number>",
     "GetPayrollPeriodDataMetadataByEmploymentId", V2018, payroll_endpoints.metadata),
    (f"{_OFFICE}/auditTrail/PayrollPeriodData",
     "GetPayrollPeriodDataAuditTrailByPayrollAdministrationId", V2018,
     payroll_endpoints.audit_trail),
    (f"{_OFFICE}/payrollprocessoverview",
     "GetPayrollProcessOverviewByPayrollAdministrationId", V2018,
     payroll_endpoints.process_overview),
    (f"{_OFFICE}/payrollruns", "GetPayrollRunsByPayrollAdministrationId", V2018,
     payroll_endpoints.payroll_runs),
    (f"{_JOB}/payslips", "GetPayslipsByEmploymentId", V2018,
     payroll_endpoints.payslips),
    (f"{_JOB}/payslips/<run_id>", "GetPayslipsByEmploymentIdAndPayrollRunId",
     (*V2018, PDF), payroll_endpoints.payslip),
    (f"{_JOB}/yearendstatements", "GetYearEndStatementsByEmploymentId", V2018,
     payroll_endpoints.year_ends),
    (f"{_JOB}/yearendstatements/<int:year>",
     "GetYearEndStatementForYearByEmploymentId", (PDF,), payroll_endpoints.year_end),
    ("/v2/providers/employers/lastmodifiedversionnumbers",
     "GetEmployerLastModifiedVersionNumbersByUser", V2018,
     payroll_endpoints.employer_versions),
    (f"{_EMPLOYER}/employees/employments/lastmodifiedversionnumbers",
     "GetEmploymentLastModifiedVersionNumbersByEmployerId", V2018,
     payroll_endpoints.employment_versions),
)  # fmt: skip
# (method, path, name of the activity, endpoint)
_WRITING = (
    ("PATCH", f"{_EMPLOYER}/payrollperioddata",
     "PatchCollectivePayrollPeriodDataByEmployerId", writing.patch_collective),
    ("PATCH", f"{_JOB}/payrollperioddata", "PatchPayrollPeriodDataByEmploymentId",
     writing.patch_one),
    ("POST", f"{_OFFICE}/periodreadyforpayroll",
     "PostPeriodReadyForPayrollByPayrollAdministrationId", writing.period_ready),
)  # fmt: skip
# What answers with one record, also where it refuses; all others do so with a list.
_RECORDS = {
    endpoints.user, endpoints.employer, endpoints.administration, endpoints.employee,
    endpoints.employment, get_filter_settings, put_filter_settings,
    payroll_endpoints.defaults, payroll_endpoints.query_defaults,
    payroll_endpoints.payslip, payroll_endpoints.year_end,
    writing.patch_collective, writing.patch_one,
}  # fmt: skip
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
        *(Rule(path, methods=[method], endpoint=(path, activity, V2018, function))
          for method, path, activity, function in _WRITING),
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
    try:
        version = _version(request.headers.get("Accept"), versions)
        body = function(Call(server, request, activity, version, arguments))
    except Refusal as refusal:
        raise refusal if function in _RECORDS else of_list(refusal) from None
    if request.method != "GET":
        server.faults.after_writing(request)
    if isinstance(body, Response):
        return body
    changed = server.faults.after(request, body)
    if changed is None:
        return json_response(body)
    response = json_response({})
    response.set_data(changed)
    if changed.startswith("<"):
        response.content_type = "text/html; charset=utf-8"
    return response


def _version(accept, versions):
    """Return the version that is asked for; of what is a PDF as well, that."""
    if PDF in versions and PDF in (accept or ""):
        return PDF
    if versions == (PDF,):
        raise bad_request("The Accept header needs application/pdf", None, ["Accept"])
    return negotiate(accept, tuple(item for item in versions if item != PDF))
