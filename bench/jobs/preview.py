# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looking what would be in a file, and making it."""

from bench import data
from bench.measure import Row, Target

WORDS = (
    "one SQL aggregate by employee, date, type and unit of measure; its cells created"
)
CELL = ("payroll_number", "shift", "component_code", "distribution_unit", "value",
        "hours", "employment_ref")  # fmt: skip


def rows(bench):
    """Yield the rows of this job."""
    size = data.SIZES[bench.size]
    with bench.env(keep=True) as env:
        link, _types, _wages = data.payroll_company(env, size)
        link_id = link.id
    bench.analyze()
    preview = Preview(bench, link_id)
    yield Row(
        f"preview, {size.lines:,} lines",
        bench.undone(preview.look),
        (Target("ratio seconds", 1.5), Target("memory", 100)),
        WORDS,
        bench.undone(preview.bound),
        check=preview.check,
    )
    preview.prepare()
    yield Row(
        "making the file after the preview",
        bench.undone(preview.make),
        (Target("ratio seconds", 1.5),),
        WORDS,
        bench.undone(preview.bound),
        check=preview.check,
    )


class Preview:
    """A draft of the period that the data is of."""

    def __init__(self, bench, link_id):
        self._bench, self._link_id = bench, link_id
        self._cells = []
        self._draft_id = None
        with bench.env() as env:
            export = self._new(env)
            export.action_check()
            env.flush_all()
            self._cells = [
                {name: line[name] for name in CELL}
                | {"employee_id": line.employee_id.id}
                for line in export.line_ids
            ]

    def _new(self, env):
        return env["loket.export"].create(
            {
                "connection_id": self._link_id,
                "year": data.YEAR,
                "period": data.PERIOD,
                "accept_left_out": True,
            }
        )

    def prepare(self):
        """Look, so that the file is made after that."""
        with self._bench.env(keep=True) as env:
            draft = self._new(env)
            draft.action_check()
            self._draft_id = draft.id

    def look(self, env):
        """Preview; the hours that would be in the file."""
        export = self._new(env)
        export.action_check()
        return round(export.total_hours, 2)

    def make(self, env):
        """Make the file; the hours in it."""
        export = env["loket.export"].browse(self._draft_id)
        export.action_generate()
        return round(export.total_hours, 2)

    def bound(self, env):
        """One aggregate, fetched, and the same cells created; the hours of it."""
        env.cr.execute(
            """
            SELECT employee_id, date, work_entry_type_id, product_uom_id,
                sum(unit_amount::numeric)
            FROM account_analytic_line
            WHERE project_id IS NOT NULL AND date BETWEEN %s AND %s
                AND employee_id IN (
                    SELECT employee_id FROM loket_employee WHERE connection_id = %s)
            GROUP BY employee_id, date, work_entry_type_id, product_uom_id
            """,
            (data.FIRST, data.LAST, self._link_id),
        )
        total = sum(row[-1] for row in env.cr.fetchall())
        export = self._new(env)
        env["loket.export.line"].create(
            [{**cell, "export_id": export.id} for cell in self._cells]
        )
        return round(float(total), 2)

    def check(self, ours, bound):
        """Every hour that is booked is in the file."""
        assert ours == bound, f"{ours} hours in the file, {bound} booked"
