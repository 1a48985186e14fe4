# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which screens there are, and how each is opened."""

from typing import NamedTuple

from tools.versions import ADDON


class Screen(NamedTuple):
    """An action in one of its views, or what a button of a record leads to."""

    name: str
    opens: dict
    #: What of it is the addon's, as a selector; nothing: all of it.
    part: str = ""
    #: The tab in which that part is.
    tab: str = ""
    #: Not on a phone: there the cards are in place of this list, or the chart.
    is_wide: bool = False

    @property
    def is_pressed(self):
        return "method" in self.opens


def of(client, records):
    """All screens: those of actions, what buttons open, and parts of Odoo's own."""
    found = of_actions(client, forms(client, records))
    return [*found, *of_buttons(client, records), *parts_of_odoo(client, records)]


def forms(client, records):
    """{model: {what is to be seen: id}} of the records whose forms are looked at."""

    def first(model, *domain, order="id desc"):
        return client.find(model, list(domain), limit=1, order=order)[0]["id"]

    own = ("connection_id", "=", records["connection"])
    of_hours = ("work_entry_type_id", "!=", False)
    return {
        "loket.connection": {
            "ready": records["connection"],
            "new": records["new"],
            "SOAP": records["soap"],
        },
        "loket.export": {
            what: records[what]
            for what in ("draft", "asked", "sent", "pushed", "replaced")
        },
        "loket.employee": {
            "to decide": first("loket.employee", own, ("decision", "=", "pending")),
            "linked": first("loket.employee", own, ("decision", "=", "link")),
            "with a problem": first("loket.employee", own, ("problem", "!=", False)),
        },
        "loket.sync.run": {
            "that changed something": first("loket.sync.run", ("line_ids", "!=", False))
        },
        "loket.component.mapping": {
            "": first("loket.component.mapping", own, of_hours)
        },
        # Of its form there is no action: who chooses a component makes a new one there.
        "hr.wage.component": {"": first("hr.wage.component")},
    }


def of_actions(client, records):
    """Each action of the addon, in each of its views; and the forms none of them shows.

    :param records: {model: {what is to be seen: id}}
    """
    names = _own(client, "ir.actions.act_window")
    fields = ["res_model", "views", "target", "context"]
    found, shown = [], set()
    for row in client.call("ir.actions.act_window", "read", list(names), fields):
        name, model = names[row["id"]], row["res_model"]
        opens = {"action": row["id"]}
        if "active_id" in (row["context"] or ""):
            continue  # a button of a record opens it: see below
        if row["target"] == "new":
            found.append(Screen(name, opens))
            continue
        views = [view for _id, view in row["views"]]
        for view in views:
            if view == "form":
                shown.add(model)
                found += _forms(
                    name, opens, records.get(model) or any_of(client, model)
                )
                continue
            is_wide = view == "list" and bool({"kanban", "graph"} & {*views})
            opens_so = {**opens, "view": view}
            found.append(Screen(f"{name} {view}", opens_so, is_wide=is_wide))
    for model in records.keys() - shown:
        window = {"type": "ir.actions.act_window", "name": model, "res_model": model}
        opens = {"action": {**window, "views": [[False, "form"]]}}
        found += _forms(model, opens, records[model])
    return found


def any_of(client, model):
    """The form of some record; where there is none, of a new one."""
    rows = client.find(model, [], limit=1)
    return {"": rows[0]["id"] if rows else None}


def _forms(name, opens, records):
    return [
        Screen(f"{name} form {what}", {**opens, "view": "form", "record": record})
        for what, record in records.items()
    ]


def own_views(client):
    """{id: name} of the views that are to be seen: all but those for searching."""
    own = _own(client, "ir.ui.view")
    # A view that only adds to another one is seen as a part of that.
    domain = [
        ("id", "in", list(own)),
        ("inherit_id", "=", False),
        ("model", "!=", False),
    ]
    rows = client.find("ir.ui.view", [*domain, ("type", "!=", "search")])
    return {row["id"]: own[row["id"]] for row in rows}


def _own(client, model):
    mine = [("module", "=", ADDON), ("model", "=", model)]
    rows = client.find("ir.model.data", mine, ["res_id", "name"], order="name")
    return {row["res_id"]: row["name"] for row in rows}


def _pressed(model, method, record):
    opens = {"model": model, "method": method, "record": record}
    return Screen(f"{method} of {model}", opens)


def of_buttons(client, records):
    """The windows, and the tables of one connection, that only a button opens."""
    (undecided,) = client.find(
        "loket.employee", [("decision", "=", "pending")], limit=1
    )
    (remark,) = client.find(
        "loket.export.remark", [("reason", "=", "several")], limit=1
    )
    first, second = records["connection"], records["second"]
    of_connection = {
        "action_departments": first,
        "action_hour_types": first,
        "action_wage_components": first,
        "action_employees": first,
        "action_check_employees": first,
        "action_cost_centers": first,
        "action_components": first,
        "action_periods": first,
        "action_runs": first,
        "action_export": first,
        "action_client": first,
        "action_choose_administration": first,
        "action_make_hour_types": first,
        "action_make_wage_components": first,
        "action_make_departments": second,
        "action_ask": records["new"],
        "action_mail_ask": records["new"],
        "action_connect": records["soap"],
    }
    pushed = records["pushed"]
    link = f"{ADDON}.action_loket_employee_link_wizard"
    undo = client.ref(f"{ADDON}.loket_employee_view_form_undo")
    window = {
        "type": "ir.actions.act_window",
        "name": "Undo",
        "res_model": "loket.employee",
        "res_id": records["added"],
        "target": "new",
    }
    return [
        *(
            _pressed("loket.connection", method, record)
            for method, record in of_connection.items()
        ),
        _pressed("loket.export", "action_ready_for_payroll", pushed),
        _pressed("loket.export", "action_copy_last_period", records["after"]),
        _pressed("loket.export", "action_remind", records["draft"]),
        _pressed("loket.employee", "action_preview", records["added"]),
        _pressed("loket.export.remark", "action_choose", remark["id"]),
        Screen("link", {"action": link, "context": {"active_id": undecided["id"]}}),
        # Its button undoes at once where something hangs on the employee.
        Screen("undo", {"action": {**window, "views": [[undo, "form"]]}}),
    ]


def parts_of_odoo(client, records):
    """Screens of Odoo's own that have a part of the addon's."""

    def first(model, *domain):
        return client.find(model, list(domain), limit=1)[0]["id"]

    def form(action, record, part, tab=""):
        opens = {"action": action, "view": "form", "record": record}
        return Screen(action, opens, part, tab)

    hour_type = "[name=work_entry_type_id], [data-name=work_entry_type_id]"
    project = first("project.project", ("allow_timesheets", "=", True))
    timesheets = "hr_timesheet.timesheet_action_all"
    line = first("account.analytic.line", ("work_entry_type_id", "!=", False))
    return [
        Screen("settings", {"action": "hr.hr_config_settings_action"},
               "#loket_connections, #loket_secrets, #loket_keep_runs"),
        form("hr.open_view_employee_list_my", records["employee"],
             ".o_notebook_content", "loket"),
        form("hr.hr_department_kanban_action", first("hr.department"),
             "[name=loket_mapping_ids]"),
        Screen(timesheets, {"action": timesheets, "view": "list"}, hour_type,
               is_wide=True),
        form(timesheets, line, hour_type),
        form("project.open_view_project_all_config", project,
             "[name=loket_work_entry_type_id]", "settings"),
    ]  # fmt: skip
