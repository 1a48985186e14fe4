# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of periods, payroll runs and payslips as the JSON, and PDF, of Loket."""

from .data import APPROVED
from .naming import formatted_name
from .present import RUN_STATUSES, component, iso, name_id, reference, shift
from .shapes import shaped

PAYSLIP_TYPES = {1: "Normale strook", 2: "Bijzonder tarief strook"}
#: key of payrollStatus -> (word, additional information)
STATUSES = {
    0: ("Invalid", "The period can't be processed."),
    1: ("Not started", "There is no payrollrun for the period."),
    2: ("Queued", "The period has a payrollrun queued."),
    3: ("Waiting for approval", "The period has a payrollrun waiting for approval."),
    4: ("Incorrect and approved preceding payrollrun", "The last payrollrun failed."),
    5: ("Incorrect", "The last payrollrun failed."),
    6: ("Approved", "The payrollrun of the period is approved."),
    7: ("No results", "The payrollrun has no results."),
    8: ("No results and approved preceding payrollrun", "No new results."),
}
# key of payrollStatus -> (key, word) of what may be done then
_ACTIONS = {
    0: (0, "None"),
    1: (2, "Start"),
    2: (0, "None"),
    3: (3, "Restart"),
}
_LINES_OF_ACTION = {0: "Nothing can be done now.", 2: "Start it.", 3: "Start it again."}


class Facts:
    """What the keys of period data stand for at one employer."""

    def __init__(self, employer, office, year):
        self.office = office
        self.components = {item.key: item for item in office.components_of(year)}
        self.units = {unit.id: unit for unit in employer.distribution_units}
        self.cost_centers = dict(enumerate(office.cost_centers, start=1))


def period(office, year, number):
    """Return the object by which a value names its period."""
    first, last = office.period_bounds(year, number)
    return {
        "year": year,
        "periodNumber": number,
        "periodStartDate": iso(first),
        "periodEndDate": iso(last),
    }


def keys(facts, key):
    """Return the key fields of a record that say where its values are booked."""
    unit, center = facts.units.get(key.unit_id), facts.cost_centers.get(key.cost_center)
    return {
        "shift": shift(facts.office, key.shift),
        "payslipType": _payslip_type(key.payslip_type),
        "distributionUnit": unit and reference(unit),
        "costCenter": center and {
            "key": key.cost_center,
            "code": str(center.code),
            "description": center.description,
        },
    }  # fmt: skip


def values(facts, row, codes, nulls=()):
    """Return the components of a record.

    :param nulls: components without a value, which are shown as null
    """
    shown = {code: row.values[code] for code in codes if code in row.values}
    return [
        {
            "payrollComponent": {
                **component(facts.components[code]),
                "deviatingDescription": None,
            },
            "value": number(shown[code].number) if code in shown else None,
            "isSupplement": shown[code].is_supplement if code in shown else None,
        }
        for code in sorted({*shown, *nulls})
        if code in facts.components
    ]


def number(value):
    """Return a number as JSON has it, without a fraction that is none."""
    return int(value) if value == value.to_integral_value() else float(value)


def period_data(facts, place, pair, key, row, codes, nulls=()):
    """Return one row of the period data of an administration."""
    person, job = pair
    return shaped(
        "period_data",
        {
            "payrollPeriod": period(facts.office, place.year, place.period),
            **keys(facts, key),
            "employment": {
                "id": job.id,
                "payrollId": job.payroll_id,
                "incomeRelationshipNumber": 1,
            },
            "employee": {
                "employeeNumber": person.number,
                "firstName": person.first_name,
                "formattedName": formatted_name(person),
            },
            "payrollComponents": values(facts, row, codes, nulls),
        },
    )


def own_period_data(facts, place, key, row):
    """Return one row of the period data of an employment."""
    return shaped(
        "own_period_data",
        {
            "id": row.id,
            "payslipText": row.text,
            "payrollPeriod": period(facts.office, place.year, place.period),
            **keys(facts, key),
            "payrollComponents": values(facts, row, row.values),
        },
    )


def value_change(employer, facts, change, pair):
    """Return one line of the audit trail of period data."""
    person, job = pair
    office, item = facts.office, facts.components.get(change.component)
    last_name, _comma, initials = change.by.partition(", ")
    kind = (3, "verwijderen") if change.new is None else (2, "wijzigen")
    return shaped(
        "value_change",
        {
            "employee": {
                "id": person.id,
                "employeeNumber": person.number,
                "name": person.last_name[:25],
            },
            "employer": {
                "id": employer.id,
                "companyName": employer.name,
                "employerNumber": employer.number,
            },
            "employment": {"id": job.id, "startDate": iso(job.start_date)},
            "field": {
                "key": change.component,
                "value": item.description if item else "",
            },
            "identification": {
                "id": change.row_id,
                "description": None,
                "costCenter": None,
                "costUnit": None,
                "payrollPeriod": period(office, *change.place[1:]),
                **keys(facts, change.key),
            },
            "mutationOrigin": _metadata(change.origin),
            "mutationType": _metadata((1, "toevoegen") if change.old is None else kind),
            "oldValue": _text(change.old),
            "newValue": _text(change.new),
            "payrollAdministration": {
                "id": office.id,
                "clientNumber": office.client_number,
                "name": office.name,
            },
            "payrollComponentCategory": item and _metadata(item.category),
            "performedBy": {
                "id": name_id(change.by),
                "formattedName": change.by,
                "initials": initials[:6],
                "lastName": last_name[:25],
                "prefix": None,
            },
            "timeStamp": change.at.isoformat(timespec="milliseconds").replace(
                "+00:00", "Z"
            ),
        },
    )


def overview(office, period_id):
    """Return how far the payroll of a period is, and what may be done with it."""
    year, period_number = divmod(period_id, 100)
    key = payroll_status(office, period_id)
    word, information = STATUSES[key]
    action, action_word = _ACTIONS.get(key, (3, "Restart"))
    return shaped(
        "process_overview",
        {
            "payroll": {
                "payrollStatus": {
                    "key": key,
                    "value": word,
                    "payrollStatusAdditionalInfo": {
                        "key": f"{key}.1",
                        "value": information,
                    },
                },
                "payrollPossibleActions": {
                    "key": action,
                    "value": action_word,
                    "payrollPossibleActionsAdditionalInfo": {
                        "key": f"{action}.1",
                        "value": _LINES_OF_ACTION[action],
                    },
                },
            },
            "payrollPeriod": {
                "payrollPeriodId": period_id,
                **period(office, year, period_number),
            },
        },
    )


def payroll_status(office, period_id):
    """Return the key of payrollStatus, as set, else by the runs of the period."""
    if period_id in office.payroll_status:
        return office.payroll_status[period_id]
    by_run = {0: 2, 1: 3, APPROVED: 6, 7: 5, 8: 7}
    after_approval = {5: 4, 7: 8, 1: 6}
    status = 1
    for run in office.runs.get(period_id, ()):
        new = by_run.get(run, status)
        status = after_approval.get(new, new) if status in (4, 6, 8) else new
    return status


def runs(office):
    """Return (run id, period, sequence, status) of all payroll runs."""
    return [
        (run_id(office, period_id, sequence), period_id, sequence, status)
        for period_id, statuses in sorted(office.runs.items())
        for sequence, status in enumerate(statuses, start=1)
    ]


def run_id(office, period_id, sequence):
    """Return the identifier of a payroll run; the list of periods has the same."""
    year, period_number = divmod(period_id, 100)
    return name_id(f"run {office.id} {year} {period_number} {sequence}")


def available_on(office, period_id):
    """Return from which day on employees see the payslips of a period, or None."""
    if period_id in office.available_on:
        return office.available_on[period_id]
    return office.period_bounds(*divmod(period_id, 100))[1]


def approved_at(office, period_id):
    """Return when the runs of a period were approved."""
    last = office.period_bounds(*divmod(period_id, 100))[1]
    return office.approved_at.get(period_id) or f"{iso(last)}T12:00:00Z"


def payroll_run(office, run):
    """Return one payroll run of an administration."""
    ref, period_id, sequence, status = run
    is_approved = status == APPROVED
    year, period_number = divmod(period_id, 100)
    moment = f"{iso(office.period_bounds(year, period_number)[1])}T12:00:00Z"
    return shaped(
        "payroll_run",
        {
            "id": ref,
            "payrollPeriod": {"year": year, "periodNumber": period_number},
            "payrollRunStatus": {"key": status, "value": RUN_STATUSES[status]},
            "availableForEmployeeDate": iso(available_on(office, period_id)),
            "approvalTime": approved_at(office, period_id) if is_approved else None,
            "approvedBy": _user() if is_approved else None,
            "requestTime": moment,
            "requestedBy": _user(),
            "sequenceNumber": sequence,
            "sequenceNumberApproved": sequence if is_approved else None,
        },
    )


def payslip(office, run):
    """Return one row of the payslips of an employment."""
    ref, period_id, _sequence, _status = run
    year, period_number = divmod(period_id, 100)
    return shaped(
        "payslip",
        {
            "payrollrunId": ref,
            "approvalTime": approved_at(office, period_id),
            "numberOfPayslips": 1,
            "payrollPeriod": {
                **period(office, year, period_number),
                "testYear": year in office.test_years,
            },
        },
    )


def pdf(text):
    """Return a PDF of one page with one line of text."""
    shown = text.encode("latin-1", "replace").decode("latin-1")
    for sign in "\\()":
        shown = shown.replace(sign, f"\\{sign}")
    stream = f"BT /F1 12 Tf 72 720 Td ({shown}) Tj ET"
    bodies = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        + "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    data, offsets = "%PDF-1.4\n", []
    for index, body in enumerate(bodies, start=1):
        offsets.append(len(data))
        data += f"{index} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(bodies) + 1
    data += (
        f"xref\n0 {count}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data.encode("latin-1")


def _payslip_type(key):
    return {"key": key, "value": PAYSLIP_TYPES[key]}


def _metadata(pair):
    return {"key": pair[0], "value": pair[1]}


def _text(value):
    return None if value is None else f"{value:f}"


def _user():
    return {
        "id": name_id("Kantoor"),
        "formattedName": "Kantoor, A",
        "initials": "A",
        "lastName": "Kantoor",
        "prefix": None,
    }
