# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The main job from the first click to the hours in Loket."""

import base64
import json

from ..report import Missing, step
from . import clerk, comparison, hours, setup_link
from .setup_link import CLIENT_NUMBER
from .totals import totals


def do(odoo, loket, messages, out, protocol):
    """Do it all, write the results to the folder `out`, and return the summary."""
    summary = {"protocol": protocol}
    with step(f"Connect to Loket ({protocol}), fetch, and map"):
        connection = setup_link.connect(odoo, loket, protocol)
        summary["mappings"] = setup_link.map_all(odoo, connection)
    with step("Decide on the employees of Loket"):
        summary["employees"] = setup_link.decide(odoo, connection)
    people, linked = _people(odoo, connection)
    with step("Book hours, time off and wage entries"):
        year, month = hours.period_of_demo_data(odoo, linked)
        days = hours.workdays(year, month)
        booked = [person for person in people if person not in linked]
        summary["booked"] = hours.book(odoo, booked, days)
        hours.take_sick_leave(odoo, booked[1], days[12])
    with step("Change three people in Loket and run the nightly job"):
        summary["nightly"] = _night(odoo, loket, connection, year)
    with step(f"Make the file of {year}-{month:02} and send it"):
        name, data, report = _report(odoo, connection, year, month)
        summary["export"] = report
    with step("Upload it in Loket"):
        clerk.upload(loket.url, name, data, CLIENT_NUMBER, year, month)
    ours = totals(odoo, connection, people, year, month)
    theirs = clerk.imported(loket.url, CLIENT_NUMBER, year, month)
    rows = comparison.compare(ours, theirs, _names(odoo, connection))
    summary["comparison"] = rows
    summary["equal"] = all(row["equal"] for row in rows)
    _write(out, name, data, messages, summary)
    print(comparison.table(rows))
    return summary


def _people(odoo, connection):
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


def _night(odoo, loket, connection, year):
    """Change an address, a name and an end date; what the nightly run made of it."""
    staff = [
        one
        for one in clerk.staff(loket.url, CLIENT_NUMBER)["staff"]
        if one["payroll_number"] > 5
    ]
    moved, married, leaving = staff[0], staff[1], staff[2]
    street = {"street": "Nieuwe Gracht", "house_number": 12}
    clerk.change(loket.url, f"employees/{moved['employee_number']}", **street)
    clerk.change(
        loket.url, f"employees/{married['employee_number']}", last_name="Zonneveld"
    )
    employment = f"employments/{CLIENT_NUMBER}/{leaving['payroll_number']}"
    clerk.change(loket.url, employment, end_date=f"{year}-12-31")
    cron = odoo.ref("l10n_nl_loket.ir_cron_loket_sync")
    odoo.call("ir.cron", "method_direct_trigger", [cron])
    fields = ["state", "created", "updated", "unchanged", "failed"]
    domain = [("connection_id", "=", connection)]
    run = odoo.find("loket.sync.run", domain, fields, order="id desc", limit=1)[0]
    return {name: run[name] for name in fields}


def _report(odoo, connection, year, month):
    values = {"connection_id": connection, "year": year, "period": month}
    export = odoo.create("loket.export", {**values, "accept_left_out": True})
    odoo.call("loket.export", "action_generate", [export])
    odoo.call("loket.export", "action_send", [export])
    fields = ["attachment_id", "row_count", "total_hours", "state", "left_out_ids"]
    done = odoo.call("loket.export", "read", [export], fields)[0]
    attachment = odoo.call(
        "ir.attachment", "read", [done["attachment_id"][0]], ["name", "datas"]
    )[0]
    report = {
        "year": year,
        "period": month,
        "state": done["state"],
        "rows": done["row_count"],
        "total_hours": done["total_hours"],
        "left_out": len(done["left_out_ids"]),
    }
    return attachment["name"], base64.b64decode(attachment["datas"]), report


def _names(odoo, connection):
    domain = [("connection_id", "=", connection)]
    components = odoo.find("loket.component", domain, ["code", "name"])
    units = odoo.find(
        "loket.cost.center",
        [*domain, ("kind", "=", "distribution_unit")],
        ["code", "name"],
    )
    return {int(row["code"]): row["name"] for row in components} | {
        row["code"]: row["name"] for row in units
    }


def _write(out, name, data, messages, summary):
    if not messages:
        raise Missing("the mail with the file did not arrive at the catcher")
    out.mkdir(parents=True, exist_ok=True)
    (out / name).write_bytes(data)
    (out / "mail.eml").write_bytes(messages[-1])
    text = json.dumps(summary, indent=2, ensure_ascii=False)
    (out / "summary.json").write_text(f"{text}\n")
