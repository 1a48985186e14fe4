# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``docs/access.md`` says who may do what: each cell of it is tried here."""

import os
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_world import OPERATIONS, OTHER, ROLES, AccessWorld

TABLE = Path(__file__).parents[2] / "docs" / "access.md"
#: Set by `./dev access`, which writes what is true now.
WRITES = "LOKET_ACCESS_TABLE"
NOTHING, MAY = "-", "x"
HEAD = """\
# Who may do what

Each cell of these tables is tried by
`./dev test l10n_nl_loket/tests/test_access_table.py`, as a client would. A model or a
public method that has no row here fails it. After a change, `./dev access` tries all of
it and writes this page; read the difference.

Of the roles, all but the last are of the company whose records are tried. Roles add up:
a manager of Loket is a clerk and an HR manager too.

None of it holds for another company. A record of a company that a person is not in, and
a value that refers to one, is refused to every role, on each field of each model: the
same test tries that, and has no exceptions. What a form asks before it is saved is
tried by `test_asked.py` beside it.

## Records

R: read. W: write what a person may fill in; the fields that Odoo fills in are nobody's.
C: create. D: delete. A window (`wizard`, `choice`) is of who opened it alone.

"""
CALLS = """
## Public methods

x: may call it. All other methods are private, and are no call's to name.

"""


def written(heading, rows):
    """A table of Markdown: {name: [cell of each role]}."""
    lines = [[heading, *ROLES], ["---"] * (len(ROLES) + 1)]
    lines += [[f"`{name}`", *cells] for name, cells in rows.items()]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def rows_of(text):
    """{name: [cell of each role]} of all tables of the page."""
    rows = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            rows[cells[0].strip("`")] = cells[1:]
    return rows


@tagged("post_install", "-at_install")
class TestAccessTable(AccessWorld):
    def table(self):
        return rows_of(TABLE.read_text())

    def tried_records(self, role):
        """{model: what somebody may do} with the records of the first company."""
        return {
            model: "".join(
                letter
                for operation, letter in OPERATIONS.items()
                if self.try_record(role, self.near, model, operation)
            )
            or NOTHING
            for model in self.own_models()
        }

    def tried_methods(self, role):
        """{"model.method": whether somebody may call it} on those records."""
        return {
            f"{model}.{method}": MAY
            if self.try_method(role, self.near, model, method)
            else NOTHING
            for model, method in self.public_methods()
        }

    def test_every_model_has_walls_and_is_tried(self):
        models = self.own_models()
        self.assertEqual(set(models) - self.near.records.keys(), set())
        without = [name for name in models if not hasattr(self.env[name], "_supposed")]
        self.assertEqual(without, [])

    def test_each_cell_is_what_the_table_says(self):
        with mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            records = {role: self.tried_records(role) for role in ROLES}
            methods = {role: self.tried_methods(role) for role in ROLES}
        tables = [
            {name: [tried[role][name] for role in ROLES] for name in tried[OTHER]}
            for tried in (records, methods)
        ]
        if os.environ.get(WRITES):
            TABLE.write_text(
                HEAD
                + written("model", tables[0])
                + CALLS
                + written("method", tables[1])
            )
        self.assertEqual(tables[0] | tables[1], self.table())

    def test_a_record_of_another_company_is_nobody_s(self):
        with mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            for role in ROLES:
                _own, others = self.sides(role)
                done = [
                    (model, operation)
                    for model in self.own_models()
                    for operation in OPERATIONS
                    if self.try_record(role, others, model, operation)
                ]
                done += [
                    one
                    for one in self.public_methods()
                    if one[0] in others.records and self.try_method(role, others, *one)
                ]
                self.assertFalse(done, role)

    def test_no_value_refers_to_another_company(self):
        """Neither written, nor created, nor brought along as a default."""
        with mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            for role in ROLES:
                done = [
                    (model, name, how)
                    for model in self.own_models()
                    if self.may_write(role, model)
                    for name, one in self.references(model).items()
                    for how in self.ways_to_refer(role, model, one)
                ]
                self.assertFalse(done, role)

    def may_write(self, role, model):
        """Whether a role may write or create such records at all."""
        records = self.env[model].with_user(self.users[role])
        return records.has_access("write") or records.has_access("create")

    def ways_to_refer(self, role, model, one):
        """The ways by which a field came to refer to a record of the other company."""
        own, others = self.sides(role)
        user = self.users[role]
        value = self.given(one, others.records[one.comodel_name])
        fresh = self.fresh_for(own, model, user)
        record = self.record_for(own, model, user)
        self.env.flush_all()
        without = {name: given for name, given in fresh.items() if name != one.name}
        context = {
            "allowed_company_ids": user.company_ids.ids,
            f"default_{one.name}": value,
        }
        tries = {
            "write": ([record.id], {one.name: value}),
            "create": ([{**fresh, one.name: value}],),
            "default": ([without],),
        }
        for how, args in tries.items():
            options = {"context": context} if how == "default" else {}
            method = "create" if how == "default" else how
            done, _error = self.call(role, model, method, *args, **options)
            if done and not self.is_ignored(how, model, one):
                yield how

    def is_ignored(self, how, model, one):
        """Payroll files take no defaults of the context at all."""
        return how == "default" and model == "loket.export"
