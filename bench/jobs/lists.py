# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The lists that people open, as the browser asks for them: one page of many rows."""

from lxml import etree

from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from bench import data
from bench.measure import Row, Target

#: What a page of a list shows, and how far the browser has the rows counted.
PAGE, COUNTED = 80, 10_001
OWN = "hr.open_view_employee_list_my"
#: {action: what is in its list}
LISTS = {
    "l10n_nl_loket.action_loket_employee": "employments",
    "l10n_nl_loket.action_loket_employee_check": "employees to check",
    "l10n_nl_loket.action_loket_export_line": "cells of a file",
    "l10n_nl_loket.action_hr_wage_entry": "wage entries",
    "hr_timesheet.timesheet_action_all": "timesheets",
}


def rows(bench):
    """Yield the rows of this job."""
    size = data.SIZES[bench.size]
    with bench.env(keep=True) as env:
        link, types, wages = data.payroll_company(env, size, booked=False)
        data.hours(env, link, types, 2 * size.people)
        data.wage_entries(env, link, wages)
        env["loket.export"].create(
            {
                "connection_id": link.id,
                "year": data.YEAR,
                "period": data.PERIOD,
                "accept_left_out": True,
            }
        ).action_generate()
        env.cr.execute("UPDATE loket_employee SET check_email = true, to_check = true")
    bench.analyze()
    yield from _rows(bench, size, LISTS)
    with bench.env(keep=True) as env:
        env.cr.execute(
            "UPDATE loket_employee SET employee_id = NULL, decision = 'pending'"
        )
    undecided = {"l10n_nl_loket.action_loket_employee": "employments to decide on"}
    yield from _rows(bench, size, undecided)


def _rows(bench, size, lists):
    for action, what in lists.items():
        yield Row(
            f"list of {what}, {size.people:,} people",
            bench.undone(lambda env, action=action: read(env, action)),
            (Target("ratio seconds", 1.5),),
            "Odoo's own list of employees",
            bench.undone(lambda env: read(env, OWN)),
            check=_check,
        )


def _check(ours, bound):
    assert ours == bound == PAGE, f"{ours} rows in ours, {bound} in Odoo's"


def read(env, action):
    """Open the list of an action, as an administrator does; how many rows it shows."""
    env = env(user=env.ref("base.user_admin"), su=False)
    values = env["ir.actions.act_window"].sudo().browse(env.ref(action).id)
    model = env[values.res_model].with_context(**_value(env, values.context or "{}"))
    view_id = next((view[0] for view in values.views if view[1] == "list"), False)
    shown = model.get_views([(view_id, "list")])
    arch = etree.fromstring(shown["views"]["list"]["arch"])
    names = [node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")]
    domain = _value(env, values.domain or "[]")
    found = model.web_search_read(
        list(Domain(domain)),
        {name: _wanted(model._fields[name]) for name in names},
        limit=PAGE,
        count_limit=COUNTED,
    )
    return len(found["records"])


def _value(env, text):
    known = {"uid": env.uid, "active_id": False, "allowed_company_ids": env.company.ids}
    return safe_eval(text, known)


def _wanted(field):
    """How the browser asks for a field."""
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    return {"fields": {}, "limit": 40} if field.type.endswith("2many") else {}
