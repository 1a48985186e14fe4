# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""After uninstalling, the database is as if the addon had never been there."""

import pytest

from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

# What a database is made of, so that two states of it can be compared.
SNAPSHOT = """
from odoo.tools import SQL

def rows(query):
    env.cr.execute(query)
    return sorted(" ".join(map(str, row)) for row in env.cr.fetchall())

answer = {
    "columns": rows(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    ),
    "indexes": rows("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"),
    "constraints": rows(
        "SELECT conname FROM pg_constraint WHERE conname NOT LIKE '%_not_null'"
    ),
    "triggers": rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"),
    "functions": rows(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    ),
    "models": rows("SELECT model FROM ir_model"),
    "fields": rows("SELECT model, name FROM ir_model_fields"),
    "views": rows("SELECT type, model, name FROM ir_ui_view"),
    "menus": rows("SELECT id FROM ir_ui_menu"),
    "actions": rows("SELECT type, id FROM ir_actions"),
    "groups": rows("SELECT id FROM res_groups"),
    "rules": rows("SELECT id FROM ir_rule"),
    "access": rows("SELECT name FROM ir_model_access"),
    "crons": rows("SELECT cron_name FROM ir_cron"),
    "parameters": rows("SELECT key FROM ir_config_parameter"),
    # Odoo notes under the name of mail what a model inherits from mail, and forgets
    # to remove that note with any model; those point at nothing and are not counted.
    # Nor are the modules that lie on the disk, which Odoo lists anew each time.
    "identifiers": rows(
        "SELECT module, name FROM ir_model_data WHERE module <> '__export__'"
        " AND model <> 'ir.module.module'"
        " AND NOT (model = 'ir.model.inherit' AND NOT EXISTS"
        " (SELECT 1 FROM ir_model_inherit i WHERE i.id = res_id))"
        " AND NOT (model = 'ir.model.fields.selection' AND NOT EXISTS"
        " (SELECT 1 FROM ir_model_fields_selection s WHERE s.id = res_id))"
    ),
    "attachments": rows(
        "SELECT res_model, res_field FROM ir_attachment"
        " WHERE res_model IS NOT NULL AND res_model LIKE '%loket%'"
    ),
    "messages": rows("SELECT model FROM mail_message WHERE model LIKE '%loket%'"),
    "activities": rows("SELECT res_model FROM mail_activity"),
    "followers": rows(
        "SELECT res_model FROM mail_followers WHERE res_model LIKE '%loket%'"
    ),
}
"""

USE = """
employee = env["hr.employee"].create({"name": "Anna de Boer"})
connection = env["loket.connection"].create({"name": "Voorbeeld B.V."})
connection.message_post(body="In use")
env["ir.attachment"].create(
    {"name": "x.csv", "raw": b"1", "res_model": "loket.connection",
     "res_id": connection.id}
)
wage = env["hr.wage.component"].create({"name": "Bonus", "code": "B"})
env["loket.component.mapping"].create(
    {"connection_id": connection.id, "wage_component_id": wage.id,
     "component_code": "200"}
)
env["loket.employee"].create(
    {"connection_id": connection.id, "employee_ref": "e", "employment_ref": "m",
     "name": "Anna de Boer", "employee_id": employee.id, "decision": "link"}
)
connection.activity_schedule("mail.mail_activity_data_todo")
connection.activity_schedule("l10n_nl_loket.mail_activity_type_trouble")
env.cr.commit()
answer = employee.id
"""

UNINSTALL = f"""
env["ir.module.module"].search([("name", "=", {ADDON!r})]).button_immediate_uninstall()
answer = env["ir.module.module"].search([("name", "=", {ADDON!r})]).state
"""

WORK_ON = """
employee = env["hr.employee"].browse({employee})
employee.write({{"private_city": "Utrecht"}})
other = env["hr.employee"].create({{"name": "Bram Visser"}})
project = env["project.project"].create({{"name": "Work", "allow_timesheets": True}})
env["account.analytic.line"].create(
    {{"project_id": project.id, "employee_id": employee.id, "unit_amount": 8}}
)
form = env["hr.employee"].get_view(view_type="form")["arch"]
answer = [employee.name, employee.private_city, "loket" in form]
"""


@pytest.fixture(scope="module")
def story(new_database, tmp_path_factory):
    """Install, use and uninstall the addon; what the database was, is, and can."""
    folder = tmp_path_factory.mktemp("uninstall")
    installation = Installation(new_database("uninstall"), folder, addons=REPO)
    before = installation.shell(SNAPSHOT)
    installation.install(ADDON)
    employee = installation.shell(USE)
    state = installation.shell(UNINSTALL)
    return {
        "state": state,
        "before": before,
        "after": installation.shell(SNAPSHOT),
        "works": installation.shell(WORK_ON.format(employee=employee)),
    }


def test_the_module_is_uninstalled(story):
    assert story["state"] == "uninstalled"


def test_nothing_of_it_is_left(story):
    left = {
        what: sorted(set(now) - set(story["before"][what]))
        for what, now in story["after"].items()
    }

    assert not {what: items for what, items in left.items() if items}


def test_nothing_else_went_with_it(story):
    gone = {
        what: sorted(set(was) - set(story["after"][what]))
        for what, was in story["before"].items()
    }

    assert not {what: items for what, items in gone.items() if items}


def test_employees_and_timesheets_work_on(story):
    assert story["works"] == ["Anna de Boer", "Utrecht", False]
