# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The calls of Loket's REST API v2 that the addon makes.

``operation`` is the name of the activity that the user needs. Mostly that is the
operationId of Loket's OpenAPI document too, which has another one for 30 calls, and
none for the audit trail. ``version`` goes into the Accept header.
"""

from dataclasses import dataclass

from ...words import _lt


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """One call of the API."""

    operation: str
    path: str
    purpose: str
    version: str = "2018-01-01"
    key: str = "id"
    """The field that tells the rows of its list apart."""
    at_root: bool = False
    """Whether the path starts at the host, not at the API's version."""

    @property
    def title(self) -> str:
        """The call in words, with the name that Loket's support knows it by."""
        return _lt(
            "%(purpose)s (%(operation)s)",
            purpose=self.purpose,
            operation=self.operation,
        )


EMPLOYERS = Endpoint(
    operation="GetEmployersByUserId",
    path="/providers/employers",
    purpose=_lt("read employers"),
)
AUTHORIZATIONS = Endpoint(
    operation="GetAuthorizationsByEmployerId",
    path="/providers/employers/{employer}/authorizations",
    purpose=_lt("read the user's activities"),
    version="2019-02-11",
)
#: Loket's documents disagree on the address: inside the API, or beside it.
FILTER_SETTINGS = Endpoint(
    operation="GetUserFilterSettingsByEmployerId",
    path="/user/filtersettings/{employer}",
    purpose=_lt("read the user's filter settings"),
)
GLOBAL_FILTER_SETTINGS = Endpoint(
    operation="GetUserFilterSettingsByEmployerId",
    path="/globalfilter/user/filtersettings/{employer}",
    purpose=_lt("read the user's filter settings"),
    at_root=True,
)
ADMINISTRATIONS = Endpoint(
    operation="GetPayrollAdministrationsByEmployerId",
    path="/providers/employers/{employer}/payrolladministrations",
    purpose=_lt("read payroll administrations"),
)
EMPLOYEES = Endpoint(
    operation="GetEmployeesByEmployerId",
    path="/providers/employers/{employer}/employees",
    purpose=_lt("read employees"),
    version="2021-03-29",
)
EMPLOYMENTS = Endpoint(
    operation="GetEmploymentsByEmployerId",
    path="/providers/employers/{employer}/employees/employments",
    purpose=_lt("read employments"),
    version="2019-12-16",
)
WORKING_HOURS = Endpoint(
    operation="GetActualWorkingHoursByEmployerId",
    path="/providers/employers/{employer}/actualworkinghours",
    purpose=_lt("read working hours"),
    key="employmentId",
)
WAGES = Endpoint(
    operation="GetActualWagesByEmployerId",
    path="/providers/employers/{employer}/actualwages",
    purpose=_lt("read wages"),
    key="employmentId",
)
ORGANIZATIONAL_ENTITIES = Endpoint(
    operation="GetActualOrganizationalEntitiesByEmployerId",
    path="/providers/employers/{employer}/actualorganizationalentities",
    purpose=_lt("read departments and functions of employments"),
    key="employmentId",
)
DISTRIBUTION_UNITS = Endpoint(
    operation="GetDistributionUnitsByEmployerId",
    path="/providers/employers/{employer}/distributionunits",
    purpose=_lt("read distribution units"),
)
JOURNAL_PROFILES = Endpoint(
    operation="GetJournalProfilesByPayrollAdministrationId",
    path="/providers/employers/payrolladministrations/{administration}/journalProfiles",
    purpose=_lt("read journal profiles"),
)
COST_CENTERS = Endpoint(
    operation="GetCostCentersAtPayrollAdministrationLevelByJournalProfileId",
    path="/providers/employers/payrolladministrations/journalProfiles/{profile}"
    "/costCenters",
    purpose=_lt("read cost centers"),
)
COMPONENTS = Endpoint(
    operation="GetPayrollComponentsByPayrollAdministrationIdAndYear",
    path="/providers/employers/payrolladministrations/{administration}"
    "/payrollcomponents/year/{year}",
    purpose=_lt("read payroll components"),
    key="key",
)
PERIODS = Endpoint(
    operation="GetPayrollPeriodsByPayrollAdministrationId",
    path="/providers/employers/payrolladministrations/{administration}/payrollperiods",
    purpose=_lt("read payroll periods"),
)

#: Tells the same of a period as the list above, for who may not see its runs.
MINIMIZED_PERIODS = Endpoint(
    operation="GetPayrollPeriodsMinimizedByPayrollAdministrationId",
    path="/providers/employers/payrolladministrations/{administration}"
    "/payrollperiods/minimized",
    purpose=_lt("read payroll periods"),
)

#: What an address of one employment starts with.
_JOB = "/providers/employers/employees/employments/{employment}"
_OFFICE = "/providers/employers/payrolladministrations/{administration}"
WRITE_VALUES = Endpoint(
    operation="PatchCollectivePayrollPeriodDataByEmployerId",
    path="/providers/employers/{employer}/payrollperioddata",
    purpose=_lt("send values of a payroll period"),
)
VALUES = Endpoint(
    operation="GetPayrollPeriodDataByPayrollAdministrationIdAndPayrollPeriodId",
    path=f"{_OFFICE}/payrollPeriods/{{period}}/payrollperioddata",
    purpose=_lt("read values of a payroll period"),
    key="",
)
OWN_VALUES = Endpoint(
    operation="GetPayrollPeriodDataByEmploymentId",
    path=f"{_JOB}/payrollperioddata",
    purpose=_lt("read values of one employment"),
)
PROCESS_OVERVIEW = Endpoint(
    operation="GetPayrollProcessOverviewByPayrollAdministrationId",
    path=f"{_OFFICE}/payrollprocessoverview",
    purpose=_lt("read how far the payroll is"),
    key="payrollPeriod.payrollPeriodId",
)
AUDIT_TRAIL = Endpoint(
    operation="GetPayrollPeriodDataAuditTrailByPayrollAdministrationId",
    path=f"{_OFFICE}/auditTrail/PayrollPeriodData",
    purpose=_lt("read who changed values"),
    key="",
)
READY = Endpoint(
    operation="PostPeriodReadyForPayrollByPayrollAdministrationId",
    path=f"{_OFFICE}/periodreadyforpayroll",
    purpose=_lt("tell that a period is ready for payroll"),
)
RUNS = Endpoint(
    operation="GetPayrollRunsByPayrollAdministrationId",
    path=f"{_OFFICE}/payrollruns",
    purpose=_lt("read payroll runs"),
)
PAYSLIPS = Endpoint(
    operation="GetPayslipsByEmploymentId",
    path=f"{_JOB}/payslips",
    purpose=_lt("read which payslips there are"),
    key="payrollrunId",
)
PAYSLIP = Endpoint(
    operation="GetPayslipsByEmploymentIdAndPayrollRunId",
    path=f"{_JOB}/payslips/{{run}}",
    purpose=_lt("read a payslip"),
)
YEAR_ENDS = Endpoint(
    operation="GetYearEndStatementsByEmploymentId",
    path=f"{_JOB}/yearendstatements",
    purpose=_lt("read which year-end statements there are"),
    key="year",
)
YEAR_END = Endpoint(
    operation="GetYearEndStatementForYearByEmploymentId",
    path=f"{_JOB}/yearendstatements/{{year}}",
    purpose=_lt("read a year-end statement"),
)
VERSIONS = Endpoint(
    operation="GetEmployerLastModifiedVersionNumbersByUser",
    path="/providers/employers/lastmodifiedversionnumbers",
    purpose=_lt("read whether anything changed"),
)

#: What the user must be allowed to do at an employer, each with what does as well.
#: Reading the employers, the activities and the user's own settings belongs to no
#: employer. Journal profiles and cost centers are a product (module 940) that many
#: employers don't have, and the payroll file holds none of them.
NEEDED = (
    (ADMINISTRATIONS,),
    (EMPLOYEES,),
    (EMPLOYMENTS,),
    (WORKING_HOURS,),
    (WAGES,),
    (ORGANIZATIONAL_ENTITIES,),
    (DISTRIBUTION_UNITS,),
    (COMPONENTS,),
    (PERIODS, MINIMIZED_PERIODS),
)

#: What more it takes to write values of a period and to prove what is stored. Reading
#: the audit trail, and telling the office, can be done without.
NEEDED_TO_WRITE = ((WRITE_VALUES,), (VALUES,), (OWN_VALUES,), (PROCESS_OVERVIEW,))
#: What more it takes to hand payslips to employees.
NEEDED_FOR_PAYSLIPS = ((RUNS,), (PAYSLIPS,), (PAYSLIP,), (YEAR_ENDS,), (YEAR_END,))
