# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A night during which people work: two real transactions, on a real database."""

import pytest

from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

# A Loket that takes its time: while it is read, somebody edits what the night writes.
LOKET = """
import logging
from odoo.addons.l10n_nl_loket.tests.common_employees import FakeGateway, employment

class Loket(FakeGateway):
    city, meanwhile, calls = "Utrecht", None, 0

    def employments(self, employer_ref, administration_ref):
        self.calls += 1
        if self.meanwhile:
            with env.registry.cursor() as cr:
                self.meanwhile(env(cr=cr))
        self.people = [employment(1, person={"city": self.city})]
        return super().employments(employer_ref, administration_ref)

loket = Loket()
env["loket.connection"].search([]).active = False  # that of another test
type(env["loket.connection"])._gateway = lambda connection: loket
connection = env["loket.connection"].create(
    {"name": "Voorbeeld", "state": "ready", "employer_ref": "e",
     "administration_ref": "a"}
)
env["loket.sync.run"]._sync(connection)
row = connection.loket_employee_ids
row.action_add()
employee = row.employee_id
env.cr.commit()

def edit(other):
    other["hr.employee"].browse(employee.id).write(
        {"private_city": "Zeist", "name": "Jan B."}
    )
    other["loket.employee"].browse(row.id).write({"shift": 7})

def result():
    run = env["loket.sync.run"].search([], limit=1)
    return [run.state, employee.private_city, employee.name, loket.calls]
"""

READING = f"""
{LOKET}
loket.calls, loket.city, loket.meanwhile = 0, "Zwolle", edit
env["loket.connection"]._cron_sync()
answer = result()
"""

WRITING = f"""
{LOKET}
loket.calls, loket.city = 0, "Zwolle"
logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)  # tells the failure
Run = type(env["loket.sync.run"])
bring_in, disturbances = Run._bring_in, iter(range(2))

def disturbed(run, employments):
    # The transaction has begun; now somebody else commits before it writes.
    if next(disturbances, None) is not None:
        with env.registry.cursor() as cr:
            edit(env(cr=cr))
    return bring_in(run, employments)

Run._bring_in = disturbed
env["loket.connection"]._cron_sync()
answer = result()
"""


@pytest.fixture(scope="module")
def installation(new_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("night")
    made = Installation(new_database("night"), folder, addons=REPO)
    made.install(ADDON)
    return made


def test_what_is_edited_while_loket_is_read_does_not_fail_the_night(installation):
    assert installation.shell(READING) == ["done", "Zwolle", "Jan Bakker", 1]


def test_when_somebody_is_quicker_at_writing_the_same_answer_serves(installation):
    assert installation.shell(WRITING) == ["done", "Zwolle", "Jan Bakker", 1]
