# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The main job from the first click to the hours in Loket."""

import base64
import json

from ..report import Missing, step
from . import clerk, comparison, hours, setup_link, straight
from .compared import Compared
from .found import draft_of, people_of
from .setup_link import CLIENT_NUMBER


def do(odoo, loket, messages, out, protocol):
    """Do it all, write the results to the folder `out`, and return the summary."""
    summary = {"protocol": protocol}
    with step(f"Connect to Loket ({protocol}), fetch, and map"):
        connection = setup_link.connect(odoo, loket, protocol)
        summary["mappings"] = setup_link.map_all(odoo, connection)
    with step("Decide on the employees of Loket"):
        summary["employees"] = setup_link.decide(odoo, connection)
    people, linked = people_of(odoo, connection)
    with step("Book hours, time off and wage entries"):
        period = year, month = hours.period_of_demo_data(odoo, linked)
        days = hours.workdays(*hours.bounds(*period))
        booked = [person for person in people if person not in linked]
        summary["booked"] = hours.book(odoo, booked, days)
        hours.take_sick_leave(odoo, booked[1], days[12])
    with step("Change three people in Loket and run the nightly job"):
        summary["nightly"] = _night(odoo, loket, connection, year)
    files = {}
    compared = Compared(odoo, loket, connection, CLIENT_NUMBER)
    with step(f"Make the file of {year}-{month:02}, send it, and upload it in Loket"):
        name, data, summary["export"] = _deliver(odoo, loket, connection, period)
    files[name] = data
    compared.add(f"{year}-{month:02}", period, hours.bounds(*period), data)
    with step("Take back a bonus: the file that replaces it says 0"):
        data, summary["correction"] = _correct(odoo, loket, connection, period, files)
    compared.add(f"{year}-{month:02}, made again", period, hours.bounds(*period), data)
    following = hours.month_after(year, month)
    with step("Book hours late: they go along with the next month"):
        first_day = hours.workdays(*hours.bounds(*following))[0]
        hours.book_late(odoo, booked[0], days[4], first_day)
        data, summary["late"] = _take_along(odoo, loket, connection, following, files)
    compared.add("both months", following, hours.bounds(*following), data)
    steps, rows = compared.rows, compared.last
    if protocol == "rest":  # SOAP takes files only
        pushed = straight.do(odoo, loket, period, files, summary)
        steps, rows = steps + pushed.rows, rows + pushed.last
    summary["steps"], summary["comparison"] = steps, rows
    summary["equal"] = all(row["differs"] == row.get("expected", []) for row in steps)
    print(f"\n{comparison.table(rows)}")
    _write(out, files, messages, summary)
    return summary


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


def _deliver(odoo, loket, connection, period):
    """Make the file of a period, send it, upload it, and say that it is in Loket.

    :return: its name, its bytes, and what Odoo says of it
    """
    draft = draft_of(odoo, connection, period)
    return _finish(odoo, loket, draft, period)


def _finish(odoo, loket, draft, period):
    """The same, of a draft that is there."""
    odoo.call("loket.export", "action_generate", [draft])
    odoo.call("loket.export", "action_send", [draft])
    fields = ["attachment_id", "row_count", "total_hours", "left_out_ids"]
    made = odoo.call("loket.export", "read", [draft], fields)[0]
    attachment = odoo.call(
        "ir.attachment", "read", [made["attachment_id"][0]], ["name", "datas"]
    )[0]
    name, data = attachment["name"], base64.b64decode(attachment["datas"])
    clerk.upload(loket.url, name, data, CLIENT_NUMBER, *period)
    odoo.call("loket.export", "action_mark_uploaded", [draft])
    in_loket = None
    if odoo.call("loket.export", "read", [draft], ["can_push"])[0]["can_push"]:
        odoo.call("loket.export", "action_compare", [draft])  # the proof of an upload
        in_loket = odoo.call("loket.export", "read", [draft], ["push_state"])
    report = {
        "year": period[0],
        "period": period[1],
        "state": odoo.call("loket.export", "read", [draft], ["state"])[0]["state"],
        "rows": made["row_count"],
        "total_hours": made["total_hours"],
        "left_out": len(made["left_out_ids"]),
        "in_loket": in_loket and in_loket[0]["push_state"],
    }
    return name, data, report


def _correct(odoo, loket, connection, period, files):
    """Take back somebody's bonus after the upload, and make the file again."""
    people, _linked = people_of(odoo, connection)
    hours.take_back_bonus(odoo, people, *hours.bounds(*period))
    draft = draft_of(odoo, connection, period)
    changes = odoo.find(
        "loket.export.change", [("export_id", "=", draft)], ["display_name"]
    )
    name, data, report = _finish(odoo, loket, draft, period)
    files[name] = data
    report["changes"] = [change["display_name"] for change in changes]
    return data, report


def _take_along(odoo, loket, connection, period, files):
    """Take what was booked late along with the file of a later period."""
    draft = draft_of(odoo, connection, period)
    late = odoo.find(
        "loket.export.late",
        [("export_id", "=", draft)],
        ["employee_id", "component_code", "value"],
    )
    if not late:
        raise Missing("nothing is late, though an hour was booked after the upload")
    odoo.call("loket.export", "write", [draft], {"take_late": True})
    name, data, report = _finish(odoo, loket, draft, period)
    files[name] = data
    taken = [(row["component_code"], row["value"]) for row in late]
    return data, {**report, "taken_along": taken}


def _write(out, files, messages, summary):
    if not messages:
        raise Missing("the mail with the file did not arrive at the catcher")
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (out / name).write_bytes(data)
    for number, message in enumerate(messages, 1):
        (out / f"mail-{number}.eml").write_bytes(message)
    text = json.dumps(summary, indent=2, ensure_ascii=False)
    (out / "summary.json").write_text(f"{text}\n")
