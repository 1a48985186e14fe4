# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the people do in a period: timesheets, overtime, time off, wage entries."""

import datetime

from .setup_link import HOUR_TYPES, WAGE_COMPONENTS

PROJECT = "Loket demo"


def period_of_demo_data(odoo, employees):
    """The month in which most of Odoo's own demo timesheets of these people lie."""
    lines = odoo.find(
        "account.analytic.line",
        [("employee_id", "in", employees), ("project_id", "!=", False)],
        ["date", "unit_amount"],
    )
    hours = {}
    for line in lines:
        month = line["date"][:7]
        hours[month] = hours.get(month, 0) + line["unit_amount"]
    year, month = map(int, max(hours, key=hours.get).split("-"))
    return year, month


def month_after(year, month):
    """(year, month) of the month after."""
    return (year, month + 1) if month < 12 else (year + 1, 1)


def bounds(year, month):
    """The first and the last day of a month, as text."""
    last = datetime.date(*month_after(year, month), 1) - datetime.timedelta(days=1)
    return f"{year}-{month:02}-01", str(last)


def workdays(first, last):
    """The Mondays to Fridays of some days, both given as text."""
    day, last = map(datetime.date.fromisoformat, (first, last))
    days = (day + datetime.timedelta(number) for number in range((last - day).days + 1))
    return [day for day in days if day.weekday() < 5]


def book(odoo, people, days):
    """Book hours for `people`; returns the number of lines by kind."""
    project = _project(odoo)
    hour_types = {
        row["code"]: row["id"]
        for row in odoo.find(
            "hr.work.entry.type",
            [("code", "in", list(HOUR_TYPES)), ("country_id", "=", False)],
            ["code"],
        )
    }
    lines = []

    def add(person, day, hours, code=None):
        values = {
            "name": "Work",
            "project_id": project,
            "employee_id": person,
            "date": str(day),
            "unit_amount": hours,
        }
        if code:
            values["work_entry_type_id"] = hour_types[code]
        lines.append(values)

    for number, person in enumerate(people):
        for day in days[:10]:
            add(person, day, 7.5 if number % 3 else 8)
        if number % 4 == 0:
            add(person, days[3], 1.33, "OVERTIME")
        if number % 5 == 0:
            add(person, days[10], 8, "LEAVE110")
        if number % 6 == 0:
            add(person, days[11], 8, "LEAVE120")
    odoo.call("account.analytic.line", "create", lines)
    return {
        "timesheet_lines": len(lines),
        "wage_entries": _wages(odoo, people, days),
    }


def book_late(odoo, person, late, next_month):
    """Seven hours on a day of a month of which the file is out, and eight after it."""
    project = _project(odoo)
    lines = [
        {
            "name": "Work",
            "project_id": project,
            "employee_id": person,
            "date": str(day),
            "unit_amount": quantity,
        }
        for day, quantity in ((late, 7), (next_month, 8))
    ]
    odoo.call("account.analytic.line", "create", lines)


def take_back_bonus(odoo, people, first, last):
    """Somebody's bonus of these days was a mistake."""
    bonus = odoo.find(
        "hr.wage.entry",
        [
            ("employee_id", "in", people),
            ("wage_component_id.code", "=", "BONUS"),
            ("date", ">=", first),
            ("date", "<=", last),
        ],
        limit=1,
    )
    odoo.call("hr.wage.entry", "unlink", [bonus[0]["id"]])


def _project(odoo):
    found = odoo.find("project.project", [("name", "=", PROJECT)], limit=1)
    if found:
        return found[0]["id"]
    return odoo.create("project.project", {"name": PROJECT})


def _wages(odoo, people, days):
    components = {
        row["code"]: row["id"]
        for row in odoo.find(
            "hr.wage.component", [("code", "in", list(WAGE_COMPONENTS))], ["code"]
        )
    }
    amounts = {"TRAVEL": 46.2, "MEAL": 3, "BONUS": 250}
    entries = [
        {
            "employee_id": person,
            "date": str(days[5]),
            "wage_component_id": components[code],
            "value": amounts[code],
        }
        for number, person in enumerate(people)
        for code, every in (("TRAVEL", 2), ("MEAL", 5), ("BONUS", 9))
        if number % every == 0
    ]
    odoo.call("hr.wage.entry", "create", entries)
    return len(entries)


def take_sick_leave(odoo, person, day):
    """A day of sick leave through Odoo's own time off, approved."""
    kinds = odoo.find(
        "hr.leave.type",
        [("work_entry_type_id.code", "=", "LEAVE110"), ("name", "=", "Sick Time Off")],
    )
    leave = odoo.create(
        "hr.leave",
        {
            "employee_id": person,
            "holiday_status_id": kinds[0]["id"],
            "request_date_from": str(day),
            "request_date_to": str(day),
            "name": "Flu",
        },
    )
    odoo.call("hr.leave", "action_approve", [leave])
