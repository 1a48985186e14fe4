# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whenever Odoo is killed: no double, nobody half, one file that counts, no lost link.

And at the end all is as if nobody had ever been killed.
``./dev test --long tests/reliability/test_kills.py`` kills 200 times in place of 2.
"""

import os
import shutil

import pytest

from tools import database
from tools.paths import DATA
from tools.versions import ADDON

from ..package.conftest import Installation
from .kills import PERIOD, Kills, Server, sandbox, what_is_wrong
from .report import kept

IS_LONG = bool(os.environ.get("LOKET_LONG"))
KILLS, EMPLOYEES = (50, 30) if IS_LONG else (2, 12)
#: Each is a server, and a database, of its own.
SEEDS = range(4) if IS_LONG else [int(os.environ.get("LOKET_SEED", "1"))]

BEGIN = """
connection = env["loket.connection"].create(
    {{
        "name": "Voorbeeld B.V.",
        "environment": "custom",
        "api_url": {loket.api_url!r},
        "oauth_url": {loket.oauth_url!r},
        "client_id": "odoo",
        "client_secret": "sandbox-secret",
        "employer_ref": {employer.id!r},
        "administration_ref": {employer.administrations[0].id!r},
        "distribution": "none",
        "salaried_hours": "send",
        "user_id": env.ref("base.user_admin").id,
    }}
)
connection._loket_store_token({tokens!r})
connection.action_fetch()
assert connection.state == "ready", connection.last_error
connection.distribution = "none"
last = env["hr.employee"].search([], limit=1, order="id desc").id or 0
connection.action_sync()
row = connection.loket_employee_ids[0]
row.action_add()
bonus = env["hr.wage.component"].create({{"name": "Bonus", "code": "BONUS"}})
env["loket.component.mapping"].create(
    {{"connection_id": connection.id, "wage_component_id": bonus.id,
      "component_code": "200"}}
)
env["hr.wage.entry"].create(
    {{"employee_id": row.employee_id.id, "wage_component_id": bonus.id,
      "value": 250, "date": "{year}-{period:02}-15"}}
)
env.cr.commit()
answer = [connection.id, last]
"""
# The one that was killed was read whole a minute before the other, maybe.
END = """
import re
connection = env["loket.connection"].search([])
connection._loket_store_token({tokens!r})
connection.action_fetch()
left = connection.loket_employee_ids.filtered(
    lambda row: row.decision == "pending" and not row.is_queued
)
if left:
    left.action_add()
env["loket.employee"]._cron_apply()
# Who was never killed gets all that happened at once, which waits for a person's yes.
env["loket.connection"]._cron_sync()
connection.action_let_pass()
env["loket.connection"]._cron_sync()
draft = env["loket.export"].create({{"connection_id": connection.id, **{period!r}}})
draft.action_generate()
env.cr.commit()
env.invalidate_all()
rows = connection.loket_employee_ids
run = env["loket.sync.run"].search([], limit=1)
employee = [
    "name", "birthday", "sex", "private_street", "private_zip", "private_city",
    "private_phone", "private_email", "work_email", "contract_date_start",
    "contract_date_end", "wage", "job_title", "active", "barcode",
]
employee = [name for name in employee if name in env["hr.employee"]._fields]
answer = {{
    "state": [connection.state, connection.last_error, connection.warning],
    "run": [run.state, run.message and re.sub(r"\\d+:\\d+", "", run.message),
            run.line_ids.mapped("message")],
    "employees": env["hr.employee"].search_count([]),
    "rows": sorted(
        [
            [row.employment_ref, row.decision, row.in_loket, row.problem, row.shift,
             row.payroll_number, row.snapshot, len(row.employee_id.version_ids),
             *(row.employee_id[name] for name in employee)]
            for row in rows
        ],
        key=str,
    ),
    "lists": [
        sorted(connection[name].mapped("display_name"))
        for name in ("component_ids", "cost_center_ids", "period_ids")
    ],
    "file": draft.attachment_id.raw.decode(),
}}
"""


def differences(one, other):
    """The first few of what two readings differ in, by its name."""
    found = []
    for name, here in one.items():
        there = other[name]
        if isinstance(here, list):
            found += [(name, each) for each in here if each not in there]
            found += [(f"{name}, unkilled", each) for each in there if each not in here]
        elif here != there:
            found += [(name, here, there)]
    return found[:6]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_kill_leaves_nothing_half_and_in_the_end_nothing_at_all(
    new_installation, tmp_path, seed
):
    odoo = new_installation()
    twin = Installation(f"{odoo.name}_twin", tmp_path)
    twin.environment = odoo.environment
    with sandbox(EMPLOYEES) as loket:
        begin = BEGIN.format(
            loket=loket,
            employer=loket.company.employer,
            tokens=loket.issue_tokens(),
            **PERIOD,
        )
        connection, last = odoo.shell(begin)
        try:
            database.copy(odoo.name, twin.name)
            keys = DATA / ADDON
            shutil.copy(keys / f"{odoo.name}.key", keys / f"{twin.name}.key")
            server = Server(odoo, tmp_path)
            kills = Kills(server, loket, connection, last, seed)
            try:
                server.start()
                for _number in range(KILLS):
                    kills.once()
            finally:
                server.stop()
                kept("kills", {**kills.figures, "renewals": len(loket.tokens.sent)})
            assert not kills.failed, "\n".join(kills.failed)
            after, unkilled = (
                one.shell(END.format(tokens=loket.issue_tokens(), period=PERIOD))
                for one in (odoo, twin)
            )
        finally:
            database.drop(twin.name)
    sent = loket.tokens.sent

    assert not what_is_wrong(odoo.name, last)
    assert kills._load.cut_off > 0, "it was not at work when it was killed"
    assert max(sent.values()) <= 2, "once more after a kill, and never again"
    assert after["run"][0] == "done", after["run"]
    assert not differences(after, unkilled)
