# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Another addon adds a kind of booking, and changes nothing in this one.

The addon is beside this file, in ``loket_test_piecework``.
"""

import shutil
from pathlib import Path

import pytest

from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

PIECEWORK = Path(__file__).with_name("loket_test_piecework")

FILL = """
import datetime
from psycopg2 import IntegrityError
from odoo.exceptions import UserError
from odoo.tools import mute_logger

employee = env["hr.employee"].create({"name": "Anna de Boer"})
connection = env["loket.connection"].create(
    {"name": "Voorbeeld B.V.", "client_id": "odoo", "client_number": 5555,
     "period_type": "month", "employer_ref": "employer", "state": "ready",
     "administration_ref": "administration", "distribution": "none"}
)
env["loket.employee"].create(
    {"connection_id": connection.id, "employee_ref": "e", "employment_ref": "m",
     "name": "Anna de Boer", "payroll_number": 7, "decision": "link",
     "employee_id": employee.id, "start_date": "2020-01-01"}
)
chair, table = env["loket.test.product"].create([{"name": "Chair"}, {"name": "Table"}])
start = connection._last_full_dates()[0][2]
env["loket.test.piece"].create(
    [{"employee_id": employee.id, "date": start, "product_id": product.id,
      "pieces": pieces} for product, pieces in ((chair, 3), (chair, 4.5), (table, 2))]
)
mapping = env["loket.component.mapping"].create(
    {"connection_id": connection.id, "product_id": chair.id, "component_code": "90"}
)
draft = env["loket.export"]._draft_of(connection, start.year, start.month)
"""


@pytest.fixture(scope="module")
def office(new_database, tmp_path_factory):
    """A database with the addon, and with the other one as it is installed later."""
    folder = tmp_path_factory.mktemp("addons")
    shutil.copytree(PIECEWORK, folder / PIECEWORK.name)
    name = new_database("third")
    installation = Installation(name, folder, addons=f"{REPO},{folder}")
    installation.install(ADDON)
    installation.install(PIECEWORK.name)
    return installation


def test_bookings_of_a_third_kind_land_in_a_cell(office):
    answer = office.shell(
        FILL
        + """
draft.accept_left_out = True
draft.action_generate()
answer = {
    "file": draft.attachment_id.raw.decode(),
    "value": draft.line_ids.value,
    "hours": draft.total_hours,
    "mapping": [mapping.display_name, mapping.booked],
}
"""
    )
    assert answer == {
        "file": "aanslnr;persnr;ploeg;90\r\n5555;7;1;7,5\r\n",
        "value": 7.5,
        "hours": 0,
        "mapping": ["Chair", 7.5],
    }


def test_bookings_of_a_third_kind_that_come_late_are_known_at_a_glance(office):
    answer = office.shell(
        FILL
        + """
draft.accept_left_out = True
draft.action_generate()
read = []
exports = type(env["loket.export"])
plain = exports._look_up
exports._look_up = lambda self, people=None: read.append(people) or plain(self, people)

def look():
    read.clear()
    draft.invalidate_recordset()
    return draft.late_now, len(read), [list(people or ["all"]) for people in read]

answer = [look(), look()]
piece = env["loket.test.piece"].search([("pieces", "=", 3)])
piece.pieces = 5
answer += [look(), look()]
env.cr.execute("DELETE FROM loket_test_piece WHERE id = %s", [piece.id])
env.invalidate_all()
answer += [look()]
answer = [[late, count, people == [[employee.id]]] for late, count, people in answer]
"""
    )
    assert answer == [
        ["", 1, False],
        ["", 0, False],
        ["component 90: 2.00 more", 1, True],
        ["component 90: 2.00 more", 0, False],
        ["component 90: 3.00 less", 1, True],
    ]


def test_what_has_no_code_is_left_out_in_words_of_its_own_and_can_be_corrected(office):
    answer = office.shell(
        FILL
        + """
try:
    draft.action_generate()
except UserError as error:
    refused = str(error)
warning = draft.warning_ids
action = warning.action_fix()
answer = {
    "refused": refused.splitlines()[1:],
    "warning": [warning.display_name, warning.hours, warning.value, warning.fix],
    "model": action["res_model"],
    "line": action["context"]["search_default_product_id"] == table.id,
}
"""
    )
    assert answer == {
        "refused": ["- Anna de Boer: Product without a code (Table): 2.00"],
        "warning": ["Product without a code: Table", 0, 2, "codes"],
        "model": "loket.component.mapping",
        "line": True,
    }


def test_a_booking_without_a_source_is_told_and_opened_as_what_it_is(office):
    answer = office.shell(
        FILL
        + """
nameless = env["loket.test.piece"].create(
    {"employee_id": employee.id, "date": start, "pieces": 6}
)
draft.action_check()
warning = draft.warning_ids.filtered(lambda warning: not warning.product_id)
action = warning.action_fix()
answer = {
    "warning": [warning.display_name, warning.hours, warning.value, warning.fix],
    "model": action["res_model"],
    "shown": env[action["res_model"]].search(action["domain"]) == nameless,
}
"""
    )
    assert answer == {
        "warning": ["Product without a code: no product", 0, 6, "bookings"],
        "model": "loket.test.piece",
        "shown": True,
    }


def test_a_mapping_is_of_one_thing_of_all_kinds(office):
    answer = office.shell(
        FILL
        + """
def refused(**vals):
    try:
        with env.cr.savepoint(), mute_logger("odoo.sql_db"):
            env["loket.component.mapping"].create(
                {"connection_id": connection.id, **vals}
            )
    except IntegrityError:
        return True

overtime = env.ref("hr_work_entry.work_entry_type_overtime").id
answer = [
    refused(), refused(product_id=table.id, work_entry_type_id=overtime),
    refused(product_id=table.id),
]
"""
    )
    assert answer == [True, True, None]
