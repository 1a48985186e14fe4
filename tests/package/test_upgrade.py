# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Upgrading from the addon as it was before the last change of it keeps the data.

LOKET_UPGRADE_FROM=COMMIT starts from another commit.
"""

import io
import os
import subprocess
import tarfile

import pytest

from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

FILL = """
department = env["hr.department"].create({"name": "Verkoop"})
employee = env["hr.employee"].create(
    {"name": "Anna de Boer", "department_id": department.id}
)
connection = env["loket.connection"].create(
    {"name": "Voorbeeld B.V.", "client_id": "odoo", "client_secret": "secret",
     "client_number": 5555, "period_type": "month", "employer_ref": "employer",
     "administration_ref": "administration", "distribution": "distribution_unit"}
)
connection._loket_store_token(
    {"access_token": "a", "refresh_token": "kept", "expires_in": 3600}
)
unit = env["loket.cost.center"].create(
    {"connection_id": connection.id, "code": "100", "name": "Verkoop",
     "kind": "distribution_unit", "ref": "unit"}
)
env["loket.department.mapping"].create(
    {"connection_id": connection.id, "department_id": department.id,
     "cost_center_id": unit.id}
)
wage = env["hr.wage.component"].create({"name": "Bonus", "code": "B"})
env["loket.component.mapping"].create(
    [{"connection_id": connection.id, "wage_component_id": wage.id,
      "component_code": "200"},
     {"connection_id": connection.id, "component_code": "1",
      "work_entry_type_id": env.ref("hr_work_entry.work_entry_type_attendance").id}]
)
env["hr.wage.entry"].create(
    {"employee_id": employee.id, "wage_component_id": wage.id, "value": 250,
     "date": "2026-10-15"}
)
env["loket.employee"].create(
    {"connection_id": connection.id, "employee_ref": "e", "employment_ref": "m",
     "name": "Anna de Boer", "employee_number": "7", "payroll_number": 7,
     "decision": "link", "employee_id": employee.id, "start_date": "2020-01-01"}
)
env["loket.sync.run"].create(
    {"connection_id": connection.id, "state": "done", "created": 1}
)
exports = env["loket.export"].create(
    [{"connection_id": connection.id, "year": 2026, "period": 10}] * 2
)
exports[0].action_generate()
env.cr.commit()
"""

# The same question to the addon before and after.
READ = """
def records(model, *names):
    found = env[model].search([], order="id")
    return [[record[name] for name in names] for record in found]

answer = {
    "connection": records(
        "loket.connection", "name", "client_id", "client_secret", "client_number",
        "employer_ref", "administration_ref", "distribution", "state"
    ),
    "cost center": records("loket.cost.center", "code", "name", "kind", "ref"),
    "department": [
        [one.department_id.name, one.cost_center_id.code]
        for one in env["loket.department.mapping"].search([])
    ],
    "component": [
        [one.work_entry_type_id.code or one.wage_component_id.code, one.component_code]
        for one in env["loket.component.mapping"].search(
            [("component_code", "!=", False)], order="component_code"
        )
    ],
    "wage": [
        [one.employee_id.name, one.wage_component_id.name, one.value, one.date]
        for one in env["hr.wage.entry"].search([])
    ],
    "employee": [
        [one.employee_id.name, one.employment_ref, one.payroll_number, one.decision]
        for one in env["loket.employee"].search([])
    ],
    "run": records("loket.sync.run", "state", "created"),
    "export": records("loket.export", "display_name", "state", "is_latest"),
    "file": [
        str(one.attachment_id.raw) for one in env["loket.export"].search([])
    ],
}
answer["token"] = records("loket.token", "access_token", "refresh_token")
"""

# What a dump of the database has of the secrets.
DUMP = """
env.cr.execute(
    "SELECT client_secret FROM loket_connection"
    " UNION ALL SELECT access_token FROM loket_token"
    " UNION ALL SELECT refresh_token FROM loket_token"
)
answer = [text for (text,) in env.cr.fetchall()]
"""

# As a version left it that kept secrets as they are, and no employments of cells.
IN_CLEAR = """
env.cr.execute("UPDATE loket_connection SET client_secret = 'secret'")
env.cr.execute("UPDATE loket_token SET access_token = 'a', refresh_token = 'kept'")
env.cr.execute("UPDATE loket_export_line SET employment_ref = NULL")
env.cr.execute(
    "UPDATE ir_module_module SET latest_version = '19.0.1.0.0'"
    " WHERE name = 'l10n_nl_loket'"
)
env.cr.commit()
answer = None
"""


# Of which employments the cells of a file are.
CELLS = """
answer = env["loket.export.line"].search([]).mapped("employment_ref")
"""


def _git(*arguments):
    return subprocess.run(
        ["git", *arguments], cwd=REPO, capture_output=True, check=False
    )


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """A folder with the addon as it was; skips where there is no history."""
    wanted = os.environ.get("LOKET_UPGRADE_FROM")
    if not wanted:
        known = _git("rev-list", "-n", "2", "HEAD", "--", ADDON).stdout.split()
        if len(known) < 2:
            pytest.skip("no earlier version of the addon in this clone's history")
        wanted = known[1].decode()
    archive = _git("archive", wanted, ADDON)
    if archive.returncode:
        pytest.skip(f"this clone's history has no addon at {wanted}")
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


def test_an_upgrade_keeps_the_data(earlier, new_database):
    name = new_database("upgrade")
    old = Installation(name, earlier, addons=earlier)
    new = Installation(name, earlier, addons=REPO)
    old.install(ADDON)
    old.shell(f"{FILL}\nanswer = None")
    before = old.shell(READ)

    new.upgrade(ADDON)

    assert new.shell(READ) == before
    assert before["token"] == [["a", "kept"]]
    assert all(before.values())

    new.shell(IN_CLEAR)
    assert new.shell(DUMP) == ["secret", "a", "kept"]
    new.upgrade(ADDON)
    kept = new.shell(DUMP)
    assert not {"secret", "a", "kept"} & set(kept)
    assert set(new.shell(CELLS)) == {"m"}
    assert new.shell(READ) == before

    # A second time there is nothing to do.
    new.shell(IN_CLEAR[IN_CLEAR.index("env.cr.execute(\n") :])
    new.upgrade(ADDON)
    assert new.shell(DUMP) == kept
