# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is found in Odoo, or put together there, for each administration."""


def people_of(odoo, connection):
    """(everybody in the file, those who were linked) as ids of employees."""
    domain = [
        ("connection_id", "=", connection),
        ("decision", "in", ("add", "link")),
        ("employee_id", "!=", False),
    ]
    rows = odoo.find(
        "loket.employee", domain, ["decision", "employee_id"], order="payroll_number"
    )
    everybody = [row["employee_id"][0] for row in rows]
    return everybody, [
        row["employee_id"][0] for row in rows if row["decision"] == "link"
    ]


def draft_of(odoo, connection, period):
    """A draft that was looked up, with what may be left out left out on purpose."""
    values = {"connection_id": connection, "year": period[0], "period": period[1]}
    draft = odoo.create("loket.export", {**values, "accept_left_out": True})
    odoo.call("loket.export", "action_check", [draft])
    return draft
