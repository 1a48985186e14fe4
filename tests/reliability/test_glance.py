# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whoever looks at what is late while others book is told what reading all tells."""

import os

from tools.paths import REPO

from . import glance

STEPS = 1_500 if os.environ.get("LOKET_LONG") else 80

PATH = f"import sys\nsys.path.insert(0, {str(REPO)!r})\n"
PATH += "from tests.reliability import glance\n"

#: Who books began before the file was made, and is done after somebody has looked.
LATER = """
def line(env):
    vals = {"name": "-", "employee_id": employees[0].id, "project_id": project.id}
    env["account.analytic.line"].create(
        {**vals, "date": "2026-09-08", "unit_amount": 7}
    )
    env.flush_all()

def look():
    with env.registry.cursor() as cr:
        files = env(cr=cr)["loket.export"].search([("is_latest", "=", True)])
        (watch,) = files._watches().values()
        return float(sum(late.amount.hours for late in watch.late))

line(env)
env.cr.commit()
early, late = env.registry.cursor(), env.registry.cursor()
early.execute("SELECT 1 FROM loket_export LIMIT 1")
env["loket.export"].create(
    {"connection_id": connection.id, "year": 2026, "period": 9}
).action_generate()
env.cr.commit()
answer = [look()]
line(env(cr=early))
late.execute("SELECT 1 FROM loket_export LIMIT 1")
line(env(cr=late))
answer += [look()]
early.commit()
answer += [look()]
late.commit()
answer += [look(), look()]
"""


def test_who_commits_after_somebody_looked_is_told_at_the_next_look(new_installation):
    answer = new_installation().shell(glance.BEGIN + LATER)
    assert answer == [0, 0, 7, 14, 14]


def test_whoever_books_looks_or_makes_a_file_at_once(new_installation):
    script = f"""
for month in (8, 9):
    env["account.analytic.line"].create(
        {{"name": "-", "employee_id": employees[0].id, "project_id": project.id,
          "date": f"2026-0{{month}}-08", "unit_amount": 7}}
    )
    env["loket.export"].create(
        {{"connection_id": connection.id, "year": 2026, "period": month}}
    ).action_generate()
env.cr.commit()
people = glance.People(env, seed=14)
people.play({STEPS})
files = env["loket.export"].search([("is_latest", "=", True)])
env.cr.commit()
files.invalidate_recordset()
files = env["loket.export"].search([("is_latest", "=", True)])
told = files._watches()
answer = [people.looks, len(files), told == glance.plainly(files)]
"""
    looks, files, is_plain = new_installation().shell(PATH + glance.BEGIN + script)
    assert (looks > STEPS / 10, files, is_plain) == (True, 2, True)
