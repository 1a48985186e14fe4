# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is to be seen: after the demonstration's job, something is left to do again."""

from ..demo import clerk
from ..demo.setup_link import CLIENT_NUMBER


def prepare(client):
    """Leave two employments to decide on and a draft to look at; {name: record id}.

    Of the one with a suggestion, the name.
    """
    connection = client.find("loket.connection", [], limit=1)[0]["id"]
    own = [("connection_id", "=", connection)]
    for action in ("action_departments", "action_hour_types"):
        client.call("loket.connection", action, [connection])
    linked, ignored = (
        client.find("loket.employee", [*own, ("decision", "=", decision)], ["name"])
        for decision in ("link", "ignore")
    )
    undecided = [linked[0]["id"], ignored[0]["id"]]
    client.call("loket.employee", "action_reset", undecided)
    # Of the month that was corrected: the file that counts.
    counts = [*own, ("is_latest", "=", True)]
    sent = client.find("loket.export", counts, order="year, period", limit=1)[0]["id"]
    draft = client.call("loket.export", "action_again", [sent])["res_id"]
    added = [*own, ("decision", "=", "add")]
    employee = client.find("loket.employee", added, ["employee_id"], limit=1)[0]
    return {
        "connection": connection,
        "draft": draft,
        "employee": employee["employee_id"][0],
        "sent": sent,
        "suggested": linked[0]["name"],
    }


def speak(client, language):
    """Give the person whose screens are shown this language, and Odoo too."""
    known = [("code", "=", language), ("active", "in", [True, False])]
    found = client.find("res.lang", known, ["active"])[0]
    if not found["active"]:
        wizard = client.create(
            "base.language.install",
            {"lang_ids": [(6, 0, [found["id"]])], "overwrite": True},
        )
        client.call("base.language.install", "lang_install", [wizard])
    admin = client.find("res.users", [("login", "=", "admin")])[0]["id"]
    client.call("res.users", "write", [admin], {"lang": language})


def change(client, loket, records, street, language):
    """Somebody moves; the run that tells of it in this language."""
    staff = clerk.staff(loket.url, CLIENT_NUMBER)["staff"]
    clerk.change(loket.url, f"employees/{staff[5]['employee_number']}", street=street)
    action = client.call(
        "loket.connection",
        "action_sync",
        [records["connection"]],
        context={"lang": language},
    )
    return action["res_id"]
