# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ruff: noqa: F821 (env is given by Odoo's shell; nothing is committed)
"""Import, unchanged night, payroll file and list of files: queries and seconds."""

import os
import time
from datetime import date, timedelta

import requests

URL = os.environ["LOKET"]
PERIODS = 4


def measured(what, work):
    """Print the queries and seconds of ``work``, and give what it returns."""
    queries, start = env.cr.sql_log_count, time.perf_counter()
    result = work()
    env.flush_all()
    print(f"{what}: queries={env.cr.sql_log_count - queries}")
    print(f"{what}: seconds={time.perf_counter() - start}")
    return result


offices = requests.get(f"{URL}/_sandbox/company", timeout=30).json()
office = next(one for one in offices if one["client_number"] == 5555)
connection = env["loket.connection"].create(
    {
        "name": "Bench",
        "environment": "custom",
        "api_url": f"{URL}/v2",
        "oauth_url": URL,
        "client_id": "odoo",
        "client_secret": "sandbox-secret",
        "employer_ref": office["employer_ref"],
        "administration_ref": office["administration_ref"],
    }
)
connection._loket_store_token(requests.post(f"{URL}/_sandbox/token", timeout=30).json())
connection.action_fetch()
connection.write({"salaried_hours": "send", "distribution": "none"})
Run = env["loket.sync.run"]
measured("first synchronisation", lambda: Run._sync(connection))
rows = connection.loket_employee_ids
rows.decision = "add"
measured("add all employees", rows.action_apply)
env.invalidate_all()
measured("unchanged night", lambda: Run._sync(connection))
attendance = env.ref("hr_work_entry.work_entry_type_attendance")
env["loket.component.mapping"].create(
    {
        "connection_id": connection.id,
        "work_entry_type_id": attendance.id,
        "component_code": "1",
    }
)
project = env["project.project"].create({"name": "Bench"})
calendar = connection._calendar()
periods = [calendar.last_full(date.today())]
while len(periods) < PERIODS:
    periods.insert(0, calendar.before(periods[0]))
env["account.analytic.line"].create(
    [
        {
            "name": "/",
            "project_id": project.id,
            "employee_id": person.id,
            "date": period.start + timedelta(days=day),
            "unit_amount": 7.5,
        }
        for period in periods
        for person in rows.employee_id
        for day in range(20)
    ]
)
exports = env["loket.export"].create(
    [
        {
            "connection_id": connection.id,
            "year": period.year,
            "period": period.number,
            "accept_left_out": True,
        }
        for period in periods
    ]
)
for export in exports[:-1]:
    export.action_generate()
env.flush_all()
env.invalidate_all()
measured(
    f"payroll file, 20 lines a person, {PERIODS - 1} before",
    exports[-1].action_generate,
)
env.invalidate_all()
measured(f"list of {PERIODS} files, with what is late", exports._watches)
