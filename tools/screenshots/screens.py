# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which screens there are, and how one gets there."""

from typing import NamedTuple

ACTION = "/odoo/action-l10n_nl_loket.action_"


class Screen(NamedTuple):
    """An address, what is clicked there, and what must be in the picture."""

    address: str
    clicks: tuple[str, ...] = ()
    show: str = "body"


def of_odoo(records):
    """{name of the picture: Screen} of the three walks, in their order."""
    connection = f"{ACTION}loket_connection/{records['connection']}"
    suggested = records["suggested"]
    step = ".o_loket_steps button[name=action_{}]".format
    return {
        # Setting up
        "settings": Screen(
            "/odoo/settings",
            (".settings_tab .tab[data-key=hr]",),
            show="#loket_connections button",
        ),
        "new-connection": Screen(f"{ACTION}loket_connection/new"),
        "connection": Screen(connection),
        "departments": Screen(connection, (step("departments"),)),
        "hour-types": Screen(connection, (step("hour_types"),)),
        "employees": Screen(f"{ACTION}loket_employee_links"),
        "link": Screen(
            connection,
            (
                step("employees"),
                (
                    f":is(.o_data_row, .o_kanban_record):has-text('{suggested}') "
                    ":is(button, a):has-text('...')"
                ),
            ),
        ),
        "check": Screen(f"{ACTION}loket_employee_check"),
        # Every day
        "connections": Screen(f"{ACTION}loket_connection"),
        "synchronisation": Screen(f"{ACTION}loket_sync_run/{records['run']}"),
        "employee": Screen(
            f"/odoo/action-hr.open_view_employee_list_my/{records['employee']}",
            ("a[name=loket]",),
        ),
        # Every period
        "period": Screen(f"{ACTION}loket_export_wizard"),
        "preview": Screen(f"{ACTION}loket_export/{records['draft']}"),
        "payroll-file": Screen(f"{ACTION}loket_export/{records['sent']}"),
        "payroll-files": Screen(f"{ACTION}loket_export"),
        "wage-entries": Screen(f"{ACTION}hr_wage_entry"),
        "analysis": Screen(f"{ACTION}loket_hours_report"),
    }


def of_loket(client, loket, records):
    """{name: Screen} of the pretend Loket: consent, and the upload of the file."""
    connection = [records["connection"]]
    action = client.call("loket.connection", "action_connect", connection)
    return {
        "consent": Screen(action["url"]),
        "upload": Screen(f"{loket.url}/collectieve-mutaties"),
    }
