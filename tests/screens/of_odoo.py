# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What axe finds on Odoo's own screens, and is therefore not the addon's to mend.

Measured: a test looks at screens without anything of the addon, and wants each selector
to be found wrong there.
"""

from .screens import Screen

#: {rule of axe: what of Odoo's is wrong by it}
FAULTS = {
    # The field of a selection, and of a person, say more than their role may.
    "aria-allowed-attr": (".o-dropdown", ".o-autocomplete--input"),
    # A card is an article with the role of a link.
    "aria-allowed-role": (".o_kanban_record",),
    # The arrow between two dates.
    "aria-prohibited-attr": (".o_field_daterange i",),
    # Tabs that are in no list of tabs.
    "aria-required-parent": (".o_notebook_headers a",),
    "autocomplete-valid": (".o_select_menu_input",),
    # Buttons of the frame that have an icon only: which columns, searching on a phone,
    # the rest of a form's buttons, and copying.
    "button-name": (
        ".o_optional_columns_dropdown button",
        ".o_control_panel_navigation .btn",
        ".o_button_more",
        ".o_clipboard_button",
    ),
    # Grey words, white on green, and labels on a phone are colours of Odoo's theme.
    "color-contrast": (".text-muted", ".text-bg-success", ".o_form_label"),
    # The columns of boxes, of buttons, and of the choice of columns; the corner.
    "empty-table-header": (".o_list_table th:not([data-name])", ".o_pivot th"),
    "image-alt": (".o_avatar img",),
    # The box before a row, and the one that is a value in it.
    "label": (".o_list_table .form-check-input",),
    # A window is a page within the page.
    "landmark-main-is-top-level": (".modal",),
    "landmark-no-duplicate-banner": (".modal",),
    "landmark-no-duplicate-main": (".modal",),
    "landmark-unique": (".modal",),
    "role-img-alt": (".o_field_kanban_activity i",),
    "scrollable-region-focusable": (".o_pivot",),
}
_LEAVES = {
    "type": "ir.actions.act_window",
    "name": "Time Off",
    "res_model": "hr.leave",
    "views": [[False, "list"]],
}
ALLOWED = {rule: ", ".join(places) for rule, places in FAULTS.items()}


def screens(client):
    """Screens of Odoo that have all of that, and nothing of the addon."""
    user = client.find("res.users", [("login", "=", "admin")])[0]["id"]
    project = client.find("project.project", [], limit=1)[0]["id"]
    share = {"active_id": project, "active_model": "project.project"}
    return [
        Screen(f"{action} {view}", {"action": action, "view": view, **more})
        for action, view, more in (
            ("base.action_res_users", "list", {}),
            ("base.action_res_users", "form", {"record": user}),
            ("project.open_view_project_all", "kanban", {}),
            ("project.open_view_project_all_config", "list", {}),
            ("project.open_view_project_all_config", "form", {"record": project}),
            ("hr_timesheet.timesheet_action_all", "pivot", {}),
            (_LEAVES, "list", {}),
            ("portal.portal_share_action", "", {"context": share}),
            ("base.action_view_base_language_install", "", {}),
        )
    ]
