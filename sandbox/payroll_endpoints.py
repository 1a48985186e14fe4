# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the endpoints of period data, payroll and payslips answer to those who read."""

import datetime

from werkzeug.wrappers import Response

from . import payroll_present as present
from .data import APPROVED
from .envelopes import whole
from .errors import bad_request, not_found
from .period_data import Key, Place, Row, own_unit
from .present import name_id, reference
from .shapes import shaped

#: The one set of components that R1 can be asked for, beside the categories.
SET = name_id("set of all components")
_PERIOD_FIELDS = ("payrollPeriod", "shift", "payslipType", "distributionUnit",
                  "costCenter", "costUnit")  # fmt: skip


def period_data(call):
    """Return the values of a period: of who is active in it, and is not hidden."""
    year, number = divmod(call.arguments["period_id"], 100)
    if not call.office.has_period(year, number):
        raise not_found()
    payslip_type = _number(call, "payslipType")
    if payslip_type not in (1, 2):
        raise bad_request(
            "payslipType is required: 1 (normal) or 2 (special rate)",
            call.version,
            ["payslipType"],
        )
    place = Place(call.office.id, year, number)
    facts = present.Facts(call.employer, call.office, year)
    codes = _codes(call, facts)
    nulls = codes if call.server.faults.take("null_values", call.request.path) else ()
    pairs, store = call.employments(), call.server.company.period_data
    # Worked out once for all pages, until a value or a record changes.
    seen, rows = call.server.index.kept(
        (place, payslip_type, tuple(sorted(codes)), bool(nulls)),
        (pairs, store.version),
        lambda: _rows_of(call, place, payslip_type, codes, pairs, with_all=nulls),
    )
    return call.page(
        rows,
        lambda item: present.period_data(
            facts, place, seen[item[0].employment_id], *item, codes, nulls
        ),
    )


def _rows_of(call, place, payslip_type, codes, pairs, with_all):
    """Return who is active in a period, and the rows of it in their order.

    :param with_all: whether there is a row of everybody, values or not
    """
    first, last = call.office.period_bounds(place.year, place.period)
    seen = {
        job.id: (person, job)
        for person, job in pairs
        if job.administration is call.office
        and job.start_date <= last
        and (job.end_date is None or job.end_date >= first)
    }
    rows = {
        key: row
        for key, row in call.server.company.period_data.rows(place).items()
        if key.employment_id in seen
        and key.payslip_type == payslip_type
        and codes & row.values.keys()
    }
    for _person, job in seen.values() if with_all else ():
        unit = own_unit(job, call.office, place.year, place.period)
        own = Key(job.id, job.shift, payslip_type, unit and unit.id)
        rows.setdefault(own, Row())
    return seen, sorted(rows.items(), key=lambda item: str(item[0]))


def _codes(call, facts):
    """Return the components that the query asks for."""
    names = ("payrollComponentSet", "payrollComponentCategory", "payrollComponentId")
    if not any(call.request.args.get(name) for name in names):
        raise bad_request(
            f"Either {' or '.join(names)} must have a value", call.version, names
        )
    chosen = call.request.args.get(names[0])
    category, code = _number(call, names[1]), _number(call, names[2])
    if chosen not in (None, SET):
        raise bad_request(f"'{chosen}' is not a set", call.version, [names[0]])
    return {
        item.key
        for item in facts.components.values()
        if category in (None, item.category[0]) and code in (None, item.key)
    }


def own_period_data(call):
    """Return all values of one employment, whoever may be hidden."""
    if call.job.vanished:
        raise not_found()
    office = call.job.administration
    found = [
        (place, key, row)
        for place, rows in call.server.company.period_data.places.items()
        for key, row in rows.items()
        if key.employment_id == call.job.id and row.values
    ]
    facts = {
        place.year: present.Facts(call.employer, office, place.year)
        for place, _key, _row in found
    }
    return call.page(
        found, lambda item: present.own_period_data(facts[item[0].year], *item)
    )


def defaults(call):
    """Return what a new record of period data starts from."""
    job = call.job.at(datetime.date.today())
    record = dict.fromkeys((*_PERIOD_FIELDS, "id", "payslipText"))
    record["shift"] = present.shift(job.administration, job.shift)
    record["distributionUnit"] = job.distribution_unit and reference(
        job.distribution_unit
    )
    record["payslipType"] = {"key": 2, "value": present.PAYSLIP_TYPES[2]}
    return call.detail({**record, "payrollComponents": []})


def metadata(call):
    """Return the choices for the fields of a record of period data."""
    office = call.job.administration
    options = {
        "shift": [{"key": number, "value": str(number)} for number in office.shifts],
        "payslipType": _options(present.PAYSLIP_TYPES),
        "distributionUnit": [
            {"key": unit.id, "value": unit.description}
            for unit in call.employer.distribution_units
        ],
        "costCenter": [
            {"key": number, "value": center.description}
            for number, center in enumerate(office.cost_centers, start=1)
        ],
        "costUnit": [],
    }
    year = call.arguments.get("year")
    if year is not None:
        if not office.has_period(year, call.arguments["number"]):
            raise not_found()
        options = {
            "payrollComponents": [
                {"key": item.key, "value": item.description}
                for item in office.components_of(year)
                if item.collective
            ]
        }
    return _metadata(call, options)


def query_metadata(call):
    """Return the choices for the query of the values of a period."""
    categories = dict(item.category for item in call.office.components)
    return _metadata(
        call,
        {
            "payslipType": _options(present.PAYSLIP_TYPES),
            "payrollComponentSet": [{"key": SET, "value": "Alle componenten"}],
            "payrollComponentCategory": _options(categories),
        },
    )


def query_defaults(call):
    """Return what the query of the values of a period starts from."""
    categories = sorted(item.category for item in call.office.components)
    return call.detail(
        {
            "payslipType": {"key": 1, "value": present.PAYSLIP_TYPES[1]},
            "payrollComponentSet": None,
            "payrollComponentCategory": categories
            and {"key": categories[0][0], "value": categories[0][1]},
        }
    )


def audit_trail(call):
    """Return who changed what in the values of periods, from day to day."""
    start, end = _day(call, "startDate"), _day(call, "endDate")
    store = call.server.company.period_data
    pairs, changes = call.server.index.kept(
        ("trail", call.office.id, str(start), str(end)),
        (store.version,),
        lambda: _changes_of(call, start, end),
    )
    years = {change.place.year for change in changes}
    facts = {year: present.Facts(call.employer, call.office, year) for year in years}
    return call.page(
        changes,
        lambda change: present.value_change(
            call.employer,
            facts[change.place.year],
            change,
            pairs[change.key.employment_id],
        ),
    )


def _changes_of(call, start, end):
    """Return all employments, and the lines of the audit trail of some days."""
    pairs = {job.id: (person, job) for person, job in call.employer.employments()}
    changes = [
        change
        for change in call.server.company.period_data.trail
        if change.place.office_id == call.office.id
        and start <= change.at.date() <= end
        and change.key.employment_id in pairs
    ]
    return pairs, changes


def process_overview(call):
    """Return how far the payroll of periods is: those asked for, and neighbours."""
    start = _number(call, "payrollPeriodIdStart")
    end = _number(call, "payrollPeriodIdEnd") or start
    if start is None:
        raise bad_request(
            "payrollPeriodIdStart is required", call.version, ["payrollPeriodIdStart"]
        )
    known = call.office.period_ids()
    if start not in known or end not in known:
        raise not_found()
    first, last = max(known.index(start) - 1, 0), known.index(end) + 2
    shown = [present.overview(call.office, item) for item in known[first:last]]
    return whole(shown, call.version)


def payroll_runs(call):
    """Return all payroll runs of an administration."""
    runs = present.runs(call.office)
    return call.page(runs, lambda run: present.payroll_run(call.office, run))


def payslips(call):
    """Return the approved runs that paid an employment, whatever their date."""
    runs = _paid(call)
    office = call.job.administration
    return call.page(runs, lambda run: present.payslip(office, run))


def payslip(call):
    """Return the payslips of a run: as a PDF, or as results where JSON is asked."""
    runs = {run[0]: run for run in _paid(call)}
    run = runs.get(call.arguments["run_id"].lower())
    if run is None:
        raise not_found()
    period = present.payslip(call.job.administration, run)["payrollPeriod"]
    if not _asks_pdf(call):
        periods = [{"payrollPeriod": period, "payslipTypes": []}]
        return call.detail({"employmentId": call.job.id, "payrollPeriods": periods})
    return _pdf(
        call,
        f"Loonstrook {period['year']}-{period['periodNumber']}"
        f" persnr {call.job.payroll_id} run {run[0]}",
    )


def year_ends(call):
    """Return the years of which an employment has a year-end statement."""
    return call.page(_year_ends(call), lambda year: shaped("year_end", {"year": year}))


def year_end(call):
    """Return a year-end statement, as a PDF."""
    year = call.arguments["year"]
    if year not in _year_ends(call) or not _asks_pdf(call):
        raise not_found()
    return _pdf(call, f"Jaaropgaaf {year} persnr {call.job.payroll_id}")


def employer_versions(call):
    """Return the highest version of each employer that the user may ask it of."""
    rights = call.server.rights_of(call.activity)
    numbers = [
        (employer.id, number)
        for employer, number in call.server.versions.of_employers()
        if employer in rights
    ]
    return call.page(numbers, _version)


def employment_versions(call):
    """Return the version of each employment of an employer."""
    call.server.versions.refresh()
    return call.page(
        [
            (job.id, call.server.versions.of_employment(job.id))
            for _person, job in call.employments()
        ],
        _version,
    )


def _version(item):
    ref, number = item
    return shaped("version_number", {"id": ref, "lastModifiedVersionNumber": number})


def _paid(call):
    if call.job.vanished:
        raise not_found()
    office = call.job.administration
    paid = []
    for run in present.runs(office):
        first, last = office.period_bounds(*divmod(run[1], 100))
        starts, ends = call.job.start_date, call.job.end_date
        if run[3] == APPROVED and starts <= last and (not ends or ends >= first):
            paid.append(run)
    return paid


def _year_ends(call):
    if call.job.vanished:
        raise not_found()
    return [
        year
        for year in sorted(call.job.administration.year_ends)
        if call.job.start_date.year <= year
        and (call.job.end_date is None or call.job.end_date.year >= year)
    ]


def _asks_pdf(call):
    return "application/pdf" in call.request.headers.get("Accept", "")


def _pdf(call, text):
    if call.server.faults.take("no_pdf", call.request.path):
        return Response(f"<html>{text}</html>", content_type="application/pdf")
    return Response(present.pdf(text), content_type="application/pdf")


def _options(words):
    return [{"key": key, "value": word} for key, word in sorted(words.items())]


def _metadata(call, options):
    rows = [{"field": name, "options": found} for name, found in options.items()]
    return whole(rows, call.version)


def _number(call, name):
    text = call.request.args.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit():
        raise bad_request(f"'{text}' is not a number", call.version, [name])
    return int(text)


def _day(call, name):
    try:
        return datetime.date.fromisoformat(call.request.args.get(name, ""))
    except ValueError:
        raise bad_request(
            f"{name} is required: use yyyy-MM-dd", call.version, [name]
        ) from None
