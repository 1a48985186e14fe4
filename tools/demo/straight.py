# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The other way: an administration whose hours go straight into Loket."""

import base64

from ..report import Missing, step
from . import clerk, hours, setup_link
from .compared import Compared
from .found import draft_of, people_of
from .setup_link import PUSHED

#: Who works at the payroll office, and enters something there.
SOMEBODY = "Kantoor, A"


def do(odoo, loket, month, files, summary):
    """Send, correct, and find what somebody changed; the ``Compared`` of it all."""
    with step("Connect a second administration, whose hours go straight into Loket"):
        connection = setup_link.connect(odoo, loket, "rest", PUSHED)
        setup_link.map_all(odoo, connection)
        setup_link.decide(odoo, connection, ignored=0)
    people, _linked = people_of(odoo, connection)
    period, bounds = _period(odoo, connection, month)
    with step(f"Book hours in period {period[1]} of {period[0]}, and send them"):
        hours.book(odoo, people, hours.workdays(*bounds))
        first, data = _send(odoo, connection, period, files)
    compared = Compared(odoo, loket, connection, PUSHED)
    compared.add(f"period {period[1]}", period, bounds, data)
    with step("Take back a bonus: it goes from Loket as well"):
        hours.take_back_bonus(odoo, people, *bounds)
        corrected, data = _send(odoo, connection, period, files)
    compared.add(f"period {period[1]}, corrected", period, bounds, data)
    with step("Somebody changes an hour in Loket: it is found, and asked about"):
        changed = _change(odoo, loket, corrected, period)
    compared.add(f"period {period[1]}, changed", period, bounds, data)
    for row in compared.last:
        if (row["component"], row["unit"]) == changed["cell"]:
            row["expected"], row["why"] = ["loket"], changed["why"]
    summary["pushed"] = {"sent": first, "corrected": corrected, "changed": changed}
    return compared


def _period(odoo, connection, month):
    """((year, number), (first day, last day)) of the period that begins in a month."""
    first, last = hours.bounds(*month)
    domain = [
        ("connection_id", "=", connection),
        ("date_from", ">=", first),
        ("date_from", "<=", last),
    ]
    names = ["year", "number", "date_from", "date_to"]
    (row, *_others) = odoo.find("loket.period", domain, names, order="date_from")
    return (row["year"], row["number"]), (row["date_from"], row["date_to"])


def _send(odoo, connection, period, files):
    """Make the file and send it straight; what Odoo says of it, and its bytes."""
    draft = draft_of(odoo, connection, period)
    odoo.call("loket.export", "action_generate", [draft])
    odoo.call("loket.export", "action_push", [draft])
    made = _read(odoo, draft)
    if made["push_state"] != "stored":
        raise Missing(f"what was sent is not in Loket: {made}")
    attachment = odoo.call(
        "ir.attachment", "read", made.pop("attachment_id")[:1], ["name", "datas"]
    )[0]
    data = files[attachment["name"]] = base64.b64decode(attachment["datas"])
    return made, data


def _read(odoo, draft):
    names = ["attachment_id", "push_state", "push_question", "push_problem"]
    return odoo.call("loket.export", "read", [draft], names)[0]


def _change(odoo, loket, file, period):
    """Somebody adds an hour in Loket; how Odoo tells of it."""
    in_file = [("export_id", "=", file["id"]), ("component_code", "=", 1)]
    names = ["payroll_number", "distribution_unit", "value"]
    (line,) = odoo.find("loket.export.line", in_file, names, limit=1)
    clerk.enter(
        loket.url,
        PUSHED,
        *period,
        payroll_number=line["payroll_number"],
        distribution_unit=int(line["distribution_unit"]),
        component=1,
        value=str(line["value"] + 1),
        by=SOMEBODY,
    )
    odoo.call("loket.export", "action_compare", [file["id"]])
    found = _read(odoo, file["id"])
    names = ["employee_id", "loket_value", "changed_by"]
    differs = [("id", "=", line["id"]), ("verdict", "=", "different")]
    (told,) = odoo.find("loket.export.line", differs, names)
    odoo.call("loket.export", "action_push", [file["id"]])
    question = _read(odoo, file["id"])["push_question"]
    if not question:
        raise Missing("what somebody entered in Loket would be written over unasked")
    name = told["employee_id"][1]
    return {
        "cell": (1, line["distribution_unit"]),
        "why": f"({name}: {told['loket_value']:.2f}, by {told['changed_by']})",
        "push_state": found["push_state"],
        "question": question,
    }
