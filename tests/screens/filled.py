# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database in which each screen has something to show."""

import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import database, odoo, postgres
from tools.demo import hours, job, services
from tools.demo.client import Odoo
from tools.screenshots import scene

#: What only the night brings, or chance: payslips, also of who looks; two jobs at once.
CHANCE = """
connection = env["loket.connection"].search([], limit=1)
rows = connection.loket_employee_ids.filtered("employee_id")
own = env.ref("base.user_admin").with_company(connection.company_id).employee_id
for number, row in enumerate(rows[:8], 1):
    env["loket.payslip"].create({
        "connection_id": connection.id,
        "employee_id": (row.employee_id if number > 2 else own).id,
        "loket_employee_id": row.id,
        "kind": "year_end" if number == 1 else "payslip",
        "key": str(number),
        "year": 2026,
        "number": number,
        "available_on": "2026-11-27",
        "state": "withdrawn" if number == 3 else "available",
    })
draft = env["loket.export"].search([("state", "=", "draft")], limit=1)
env["loket.export.remark"].create({
    "export_id": draft.id,
    "reason": "several",
    "name": rows[0].name,
    "employment_id": rows[0].id,
    "employment_ids": [(6, 0, rows[:2].ids)],
    "hours": 16,
})
rows[3].problem = "Het personeelsnummer 1004 staat bij twee mensen: " + ", ".join(
    rows[3:5].mapped("name"))
env.cr.commit()
"""


@dataclass
class World:
    """A server, who is logged in there, the sandbox, and ids of what is looked at."""

    database: str
    client: Odoo
    loket: object
    records: dict


@contextmanager
def world(name):
    """Make the database ``name``, fill it, and serve it."""
    postgres.ensure()
    odoo.configure()
    database.create(name, demo=True)
    try:
        with (
            services.mail_catcher() as (smtp_port, messages),
            services.sandbox() as loket,
            services.running_odoo(name, smtp_port, wanted=0) as client,
            tempfile.TemporaryDirectory() as results,
        ):
            client.login("admin", "admin")
            job.do(client, loket, messages, Path(results), "rest")
            records = scene.prepare(client)
            fill(client, loket, name, records)
            yield World(name, client, loket, records)
    finally:
        database.drop(name)


def fill(client, loket, name, records):
    """Bring about what the demonstration, in which all goes well, has none of.

    Adds ids of what then is there to the records.
    """
    first = records["connection"]
    (second,) = client.find("loket.connection", [("id", "!=", first)])
    records["second"] = second["id"]
    draft = client.find("loket.export", [("id", "=", records["draft"])], ["date_from"])
    _book(client, first, draft[0]["date_from"])
    client.call("loket.export", "action_check", [records["draft"]])
    pushed = [("connection_id", "=", second["id"]), ("is_latest", "=", True)]
    records["pushed"] = client.find("loket.export", pushed, limit=1)[0]["id"]
    following = [("connection_id", "=", first), ("is_latest", "=", True)]
    (after,) = client.find(
        "loket.export", following, limit=1, order="year desc, period desc"
    )
    records["after"] = after["id"]
    replaced = [("is_latest", "=", False), ("state", "!=", "draft")]
    records["replaced"] = client.find("loket.export", replaced, limit=1)[0]["id"]
    # Nobody has answered yet what becomes of the hours of a fixed salary.
    client.call("loket.connection", "write", [second["id"]], {"salaried_hours": False})
    asked = client.call("loket.export", "action_again", [records["pushed"]])["res_id"]
    records["asked"] = asked
    component = client.find("hr.wage.component", [("code", "=", "TRAVEL")])[0]["id"]
    client.create(
        "hr.wage.entry.recurring",
        {
            "employee_id": records["employee"],
            "wage_component_id": component,
            "value": 46.2,
            "date_from": draft[0]["date_from"],
        },
    )
    # Somebody who was just added.
    other = [("decision", "=", "pending"), ("name", "!=", records["suggested"])]
    records["added"] = client.find("loket.employee", other, limit=1)[0]["id"]
    client.call("loket.employee", "action_add", [records["added"]])
    # A unit of Loket that no department has.
    mapped = [("connection_id", "=", second["id"]), ("cost_center_id", "!=", False)]
    free = client.find("loket.department.mapping", mapped, limit=1)[0]["id"]
    empty = {"cost_center_id": False}
    client.call("loket.department.mapping", "write", [free], empty)
    for what, protocol in (("new", "rest"), ("soap", "soap")):
        values = {"name": f"Voorbeeld {what}", "protocol": protocol}
        records[what] = client.create("loket.connection", values)
    done = subprocess.run(
        odoo.command("shell", "-d", name, "--no-http", "--log-level=error"),
        input=CHANCE,
        text=True,
        capture_output=True,
        check=False,
    )
    assert not done.returncode and "Error" not in done.stderr, done.stderr[-3000:]


def _book(client, connection, day):
    """Book hours of a type that then has no component code any more."""
    project = client.find("project.project", [("name", "=", hours.PROJECT)])[0]["id"]
    linked = [("decision", "in", ("add", "link")), ("employee_id", "!=", False)]
    people = client.find("loket.employee", linked, ["employee_id"], limit=3)
    own = [("connection_id", "=", connection), ("component_code", "=", "5")]
    fields = ["work_entry_type_id"]
    (mapped,) = client.find("loket.component.mapping", own, fields)
    lines = [
        {
            "name": "Werk",
            "project_id": project,
            "employee_id": row["employee_id"][0],
            "date": day,
            "unit_amount": 3.5,
            "work_entry_type_id": mapped["work_entry_type_id"][0],
        }
        for row in people
    ]
    client.call("account.analytic.line", "create", lines)
    no_code = {"component_code": False}
    client.call("loket.component.mapping", "write", [mapped["id"]], no_code)
