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
    files = {}
    period = year, month
    with step(f"Make the file of {year}-{month:02}, send it, and upload it in Loket"):
        name, files[name], summary["export"] = _deliver(odoo, loket, connection, period)
    compared = _Compared(odoo, loket, connection, people)
    compared.add(f"{year}-{month:02}", [period])
    with step("Take back a bonus: the file that replaces it says 0"):
        summary["correction"] = _correct(odoo, loket, connection, period, files)
    compared.add(f"{year}-{month:02}, made again", [period])
    following = hours.month_after(year, month)
    with step("Book hours late: they go along with the next month"):
        hours.book_late(odoo, booked[0], days[4], hours.workdays(*following)[0])
        summary["late"] = _take_along(odoo, loket, connection, following, files)
    compared.add("both months together", [period, following])
    summary["comparison"] = compared.rows
    summary["equal"] = all(row["equal"] for row in compared.rows)
    _write(out, files, messages, summary)
    return summary


class _Compared:
    """What Odoo has beside what Loket has, each time after an upload."""

    def __init__(self, odoo, loket, connection, people):
        self._odoo, self._loket, self._connection = odoo, loket, connection
        self._people, self._names = people, _names(odoo, connection)
        self.rows = []

    def add(self, title, periods):
        """Compare some periods, (year, month), and print the table."""
        ours, theirs = {}, {}
        for year, month in periods:
            booked = totals(self._odoo, self._connection, self._people, year, month)
            there = clerk.imported(self._loket.url, CLIENT_NUMBER, year, month)
            for whole, part in ((ours, booked), (theirs, there)):
                for key, value in part.items():
                    whole[key] = whole.get(key, 0) + value
        rows = comparison.compare(ours, theirs, self._names)
        self.rows += [{"periods": title, **row} for row in rows]
        print(f"\n{title}\n{comparison.table(rows)}")


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


def _draft(odoo, connection, period):
    """A draft that was looked up, with what may be left out left out on purpose."""
    values = {"connection_id": connection, "year": period[0], "period": period[1]}
    draft = odoo.create("loket.export", {**values, "accept_left_out": True})
    odoo.call("loket.export", "action_check", [draft])
    return draft


def _deliver(odoo, loket, connection, period):
    """Make the file of a period, send it, upload it, and say that it is in Loket.

    :return: its name, its bytes, and what Odoo says of it
    """
    draft = _draft(odoo, connection, period)
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
    report = {
        "year": period[0],
        "period": period[1],
        "state": odoo.call("loket.export", "read", [draft], ["state"])[0]["state"],
        "rows": made["row_count"],
        "total_hours": made["total_hours"],
        "left_out": len(made["left_out_ids"]),
    }
    return name, data, report


def _correct(odoo, loket, connection, period, files):
    """Take back somebody's bonus after the upload, and make the file again."""
    first, last = hours.bounds(*period)
    bonus = odoo.find(
        "hr.wage.entry",
        [
            ("wage_component_id.code", "=", "BONUS"),
            ("date", ">=", first),
            ("date", "<=", last),
        ],
        limit=1,
    )
    odoo.call("hr.wage.entry", "unlink", [bonus[0]["id"]])
    draft = _draft(odoo, connection, period)
    changes = odoo.find(
        "loket.export.change", [("export_id", "=", draft)], ["display_name"]
    )
    name, data, report = _finish(odoo, loket, draft, period)
    files[name] = data
    return {**report, "changes": [change["display_name"] for change in changes]}


def _take_along(odoo, loket, connection, period, files):
    """Take what was booked late along with the file of a later period."""
    draft = _draft(odoo, connection, period)
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
    return {**report, "taken_along": taken}


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
