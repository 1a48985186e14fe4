# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The first import: everybody is decided *Add*."""

from odoo.tools import split_every

from odoo.addons.l10n_nl_loket.models.employee.employee_provision import (
    EmployeeProvision,
)
from odoo.addons.l10n_nl_loket.models.employee.loket_employee_decision import BATCH

from bench import data
from bench.measure import Row, Target

#: Of how many people it is measured: of all it takes minutes, twice.
MEASURED = {"tiny": 20, "small": 300, "medium": 300, "full": 10_000}
#: How many batches are a piece of it.
BATCHES = 5


def rows(bench):
    """Yield the rows of this job."""
    people = data.SIZES[bench.size].people
    measured = MEASURED[bench.size]
    with bench.env(keep=True) as env:
        link = data.connection(env)
        link_id = link.id
        data.employments(env, link, people)
        data.departments(env, link, 20)
    bench.analyze()

    def decided(env):
        rows = env["loket.employee"].search([("connection_id", "=", link_id)])
        rows.write({"decision": "add"})
        env.flush_all()
        return rows[:measured]

    def add(env):
        rows = decided(env)
        for number, batch in enumerate(split_every(BATCH, rows.ids, rows.browse), 1):
            batch.action_apply()
            env.flush_all()
            env.invalidate_all()
            if number % BATCHES == 0:
                yield number * BATCH
        yield len(rows.employee_id)

    def create(env):
        rows = decided(env)
        made = 0
        for number, batch in enumerate(split_every(BATCH, rows.ids, rows.browse), 1):
            provision = EmployeeProvision(batch.company_id)
            vals = [row._new_employee_vals(provision) for row in batch]
            made += len(env["hr.employee"].create(vals))
            env.flush_all()
            env.invalidate_all()
            if number % BATCHES == 0:
                yield made
        yield made

    def check(ours, bound):
        assert ours == bound == measured, f"{ours} added, {bound} created"

    with bench.twin() as twin:  # both would wait for each other in one database
        sides = {"ours": bench, "bound": twin}
        yield Row(
            f"first import, {measured:,} of {people:,} people decided Add",
            bench.undone_in_pieces(add),
            (Target("ratio seconds", 1.15),),
            f"hr.employee.create of the same values, {BATCH} at a time",
            twin.undone_in_pieces(create),
            before=lambda side: sides[side].vacuum(),
            check=check,
            in_pieces=True,
            rounds=1 if bench.size == "full" else None,  # minutes each
        )
