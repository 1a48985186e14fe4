# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whom in Odoo each employment may be: everybody held against everybody."""

from odoo.addons.l10n_nl_loket.models.employee.what_matching_reads import _FOUND

from bench import data
from bench.measure import Row, Target

#: One query or another, whatever the number of people.
FEW = 60


def rows(bench):
    """Yield the rows of this job."""
    people = data.SIZES[bench.size].people
    with bench.env(keep=True) as env:
        link = data.connection(env)
        link_id = link.id
        data.employments(env, link, people)
        data.employees(env, link)
        env.cr.execute(
            "UPDATE loket_employee SET employee_id = NULL, decision = 'pending'"
        )
    bench.analyze()

    def undecided(env):
        return env["loket.employee"].search([("connection_id", "=", link_id)])

    def all_of_them(env):
        findings = undecided(env)._findings_seen()
        return sum(bool(finding.employee_id) for finding in findings.values())

    def first_page(env):
        rows = undecided(env)[:80]
        fields = ("suggested_employee_id", "suggestion_reason", "suggestion_strength")
        return sum(bool(row[fields[0]]) for row in rows.read(fields))

    def check(ours, _bound):
        assert ours == people, f"{ours} of {people} have a suggestion"

    def forget(_side):
        _FOUND.clear()

    targets = (Target("seconds", 3), Target("queries", FEW))
    yield Row(
        f"suggestions, {people:,} x {people:,}",
        bench.undone(all_of_them),
        targets,
        before=forget,
        check=check,
    )
    page = bench.undone(first_page)
    yield Row("suggestions of one page of the list", page, targets, before=forget)
    yield Row("the same once it is worked out", page, targets)
