# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that are sent for a period: taken, refused in words, and read back."""

import pytest
import requests

from .conftest import Client

OFFICE = "/providers/employers/payrolladministrations"
JOBS = "/providers/employers/employees/employments"


class Payroll:
    """Sends values of the first employer's people, and reads them back."""

    def __init__(self, loket, client):
        self.loket, self.client = loket, client
        self.employer = loket.company.employer
        self.office = self.employer.administrations[0]
        self.jobs = [person.employments[0] for person in self.employer.employees]

    def item(self, number=0, values=None, **fields):
        """Return what is sent of one of the people: January 2026, on the own unit."""
        job = self.jobs[number]
        sent = {
            "employmentId": job.id,
            "payrollPeriod": {"year": 2026, "periodNumber": 1},
            "shift": {"shiftNumber": 1},
            "payslipType": {"key": 1},
            "distributionUnit": {"key": job.distribution_unit.id},
            "costCenter": None,
            "costUnit": None,
            "payslipText": None,
            "payrollComponents": [
                {"payrollComponent": {"key": code}, "value": value,
                 "isSupplement": False}
                for code, value in (values or {1: 8}).items()
            ],
            **fields,
        }  # fmt: skip
        return {name: value for name, value in sent.items() if value != "absent"}

    def send(self, *items):
        path = f"/providers/employers/{self.employer.id}/payrollperioddata"
        return self.client.request("patch", path, json=list(items))

    def read(self, period=202601, **query):
        query = query or {"payrollComponentCategory": 1}
        path = f"{OFFICE}/{self.office.id}/payrollPeriods/{period}/payrollperioddata"
        return self.client.get(path, **{"payslipType": 1, **query})

    def values(self, **query):
        """Return {(number of the person, component): value} as read back."""
        numbers = {job.id: number for number, job in enumerate(self.jobs)}
        return {
            (numbers[row["employment"]["id"]], item["payrollComponent"]["key"]): item[
                "value"
            ]
            for row in self.read(**query).json()["_embedded"]
            for item in row["payrollComponents"]
        }

    def stored(self):
        """Return {(payroll number, component): value}, whatever may be read."""
        url = f"{self.loket.url}/_sandbox/payroll-period-data"
        cells = requests.get(url, timeout=5).json()["cells"]
        return {(cell["payroll_number"], cell["component"]): cell["value"]
                for cell in cells}  # fmt: skip


@pytest.fixture
def payroll(loket, client):
    return Payroll(loket, client)


def said(reply):
    return [item["description"] for item in reply.json()["messages"]]


def test_what_is_sent_is_read_back_and_what_is_not_sent_stays(payroll):
    reply = payroll.send(payroll.item(0, {1: 8.25, 2: 4}), payroll.item(1))
    assert (reply.status_code, reply.content) == (200, b"")
    payroll.send(payroll.item(0, {1: 7}))
    assert payroll.values() == {(0, 1): 7, (0, 2): 4, (1, 1): 8}


def test_null_takes_away_and_zero_is_a_value(payroll):
    payroll.send(payroll.item(0, {1: 8, 2: 4}))
    assert payroll.send(payroll.item(0, {1: 0, 2: None})).status_code == 200
    assert payroll.values() == {(0, 1): 0}


def test_the_same_twice_is_the_same(payroll, loket):
    item = payroll.item(0, {1: 8, 2: None})
    payroll.send(item)
    payroll.send(item)
    assert payroll.values() == {(0, 1): 8}
    assert len(loket.company.period_data.trail) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"shift": {"shiftNumber": 2}},
        {"payslipType": {"key": 2}},
        {"costCenter": {"key": 3}},
        {"payrollPeriod": {"year": 2026, "periodNumber": 2}},
        {"distributionUnit": "other"},
    ],
)
def test_another_key_is_another_record(payroll, loket, fields):
    if "distributionUnit" in fields:
        other = payroll.employer.distribution_units[5]
        fields = {"distributionUnit": {"key": other.id}}
    payroll.send(payroll.item(0, {1: 8}))
    assert payroll.send(payroll.item(0, {1: 5}, **fields)).status_code == 200
    assert sorted(
        value.number for _place, _key, _code, value in loket.company.period_data.cells()
    ) == [5, 8]


def component(code=1, **changes):
    item = {"payrollComponent": {"key": code}, "value": 8, "isSupplement": False}
    changed = {**item, **changes}
    return {"payrollComponents": [{k: v for k, v in changed.items() if v != "absent"}]}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (component(999), "Component 999 is onbekend"),
        (component(300), "kan niet collectief"),
        (component(value="absent"), "ontbreekt"),
        (component(value="8,5"), "geen getal"),
        (component(value=True), "geen getal"),
        (component(value=-1), "tussen 0 en 999,99"),
        (component(value=1000), "tussen 0 en 999,99"),
        (component(86, value=100_000_000.01), "bedrag is te groot"),
        (component(isSupplement=True), "geen aanvulling"),
        ({"payrollComponents": []}, "verplicht"),
        ({"payrollComponents": component()["payrollComponents"] * 2}, "dubbel"),
        ({"shift": {"shiftNumber": 9}}, "Ploeg 9 bestaat niet"),
        ({"shift": "absent"}, "[shift] is verplicht"),
        ({"payslipType": {"key": 3}}, "Strooksoort 3"),
        ({"payslipType": "absent"}, "[payslipType] is verplicht"),
        ({"distributionUnit": {"key": "x"}}, "verdelingseenheid bestaat niet"),
        ({"distributionUnit": {"key": 10}}, "[distributionUnit] is verplicht"),
        ({"distributionUnit": "absent"}, "[distributionUnit] is verplicht"),
        ({"distributionUnit": None}, "[distributionUnit] is verplicht"),
        ({"costCenter": {"key": 99}}, "Kostenplaats 99"),
        ({"costUnit": {"key": 1}}, "Kostendrager 1"),
        ({"payslipText": ""}, "[payslipText] has an invalid length"),
        ({"payrollPeriod": {"year": 2026, "periodNumber": 13}}, "Periode 13 van 2026"),
        ({"payrollPeriod": {"year": 1999, "periodNumber": 1}}, "Periode 1 van 1999"),
        ({"payrollPeriod": "absent"}, "[payrollPeriod] is verplicht"),
        ({"employmentId": "00000000-0000-4000-8000-000000000000"}, "onbekend"),
        ({"employmentId": "absent"}, "onbekend"),
        ({"processingMethod": "addUp"}, "Onbekende velden: processingMethod"),
    ],
)
def test_what_is_wrong_is_said_of_whom_and_the_others_are_stored(
    payroll, fields, words
):
    wrong = payroll.item(0, **fields)
    reply = payroll.send(wrong, payroll.item(1))
    assert reply.status_code == 200
    assert words in said(reply)[0]
    assert {item["id"] for item in reply.json()["messages"]} == {
        wrong.get("employmentId")
    }
    assert payroll.values() == {(1, 1): 8}


def test_who_ended_before_the_period_or_begins_after_it_is_refused(payroll):
    jobs = payroll.jobs
    jobs[0].end_date = jobs[0].start_date.replace(year=2025, month=12, day=31)
    jobs[1].start_date = jobs[0].start_date.replace(year=2026, month=2, day=1)
    jobs[2].end_date = jobs[0].start_date.replace(year=2026, month=1, day=1)
    reply = payroll.send(*(payroll.item(number) for number in range(3)))
    assert [item["id"] for item in reply.json()["messages"]] == [
        jobs[0].id,
        jobs[1].id,
    ]
    assert payroll.values() == {(2, 1): 8}


def test_nothing_that_is_good_is_a_400(payroll):
    reply = payroll.send(payroll.item(0, {999: 1}))
    assert (reply.status_code, len(said(reply))) == (400, 1)


def test_a_list_with_something_wrong_may_be_a_400_and_be_stored(payroll, loket):
    loket.faults.add("refused_in_part")
    reply = payroll.send(payroll.item(0, {999: 1}), payroll.item(1))
    assert (reply.status_code, len(said(reply))) == (400, 1)
    assert payroll.values() == {(1, 1): 8}
    assert payroll.send(payroll.item(2)).status_code == 200


def test_a_refusal_may_be_plain_text(payroll, loket):
    loket.faults.add("plain_refusal")
    reply = payroll.send(payroll.item(0, {999: 1, 998: 1}))
    assert (reply.status_code, reply.headers["Content-Type"][:10]) == (
        400,
        "text/plain",
    )
    assert "Component 999" in reply.text


def test_an_answer_is_lost_after_all_was_stored(payroll, loket):
    loket.faults.add("lost_answer", times=1)
    with pytest.raises(requests.ConnectionError):
        payroll.send(payroll.item(0))
    assert payroll.values() == {(0, 1): 8}


def test_half_is_stored_before_an_error(payroll, loket):
    loket.faults.add("half_stored", times=1)
    reply = payroll.send(*(payroll.item(number) for number in range(4)))
    assert reply.status_code == 500
    assert payroll.values() == {(0, 1): 8, (1, 1): 8}


def test_an_approved_period_is_open_unless_loket_closes_it(payroll, loket):
    payroll.office.runs = {202601: [9]}
    assert payroll.send(payroll.item(0)).status_code == 200
    loket.faults.add("closed_periods")
    reply = payroll.send(payroll.item(0, {1: 9}))
    assert said(reply) == ["Periode 1 van 2026 is verloond."]
    assert payroll.values() == {(0, 1): 8}


def test_null_of_what_is_not_there_is_nothing_unless_loket_refuses_it(payroll, loket):
    assert payroll.send(payroll.item(0, {1: None})).status_code == 200
    loket.faults.add("absent_null")
    assert "niets te verwijderen" in said(payroll.send(payroll.item(0, {1: None})))[0]
    payroll.send(payroll.item(0))
    assert payroll.send(payroll.item(0, {1: None})).status_code == 200


@pytest.mark.parametrize("name", ["distributionUnit"])
def test_who_has_no_units_sends_none(payroll, loket, name):
    item = payroll.item(0, **{name: "absent"})
    loket.faults.add("no_distribution_units")
    assert payroll.send(item).status_code == 200
    (row,) = payroll.read().json()["_embedded"]
    assert row[name] is None


def test_one_employment_has_an_address_of_its_own(payroll):
    path = f"{JOBS}/{payroll.jobs[0].id}/payrollperioddata"
    item = payroll.item(0, employmentId="absent")
    for method in (None, "overwrite"):
        reply = payroll.client.request(
            "patch", path, json={**item, "processingMethod": method}
        )
        assert reply.status_code == 200
    added = payroll.client.request(
        "patch", path, json={**item, "processingMethod": "addUp"}
    )
    assert added.status_code == 400
    assert payroll.values() == {(0, 1): 8}


def test_what_is_no_json_is_refused(payroll):
    path = f"/providers/employers/{payroll.employer.id}/payrollperioddata"
    send = payroll.client.request
    assert send("patch", path, data="[]").status_code == 415
    for body in ("[", "{}", "[1]"):
        headers = {"Content-Type": "application/json"}
        reply = requests.patch(
            payroll.loket.api_url + path,
            data=body,
            headers={
                **headers,
                "Authorization": f"Bearer {payroll.client.token}",
                "Accept": "application/json;version=2018-01-01",
            },
            timeout=5,
        )
        assert reply.status_code == 400


def test_the_right_is_asked_for_by_its_name(payroll):
    payroll.employer.activities.remove("PatchCollectivePayrollPeriodDataByEmployerId")
    reply = payroll.send(payroll.item(0))
    assert reply.status_code == 403
    assert "PatchCollectivePayrollPeriodDataByEmployerId" in reply.json()["message"]
    assert payroll.values() == {}


# Reading back


def test_a_set_a_category_or_a_component_has_to_be_chosen(payroll):
    payroll.send(payroll.item(0, {1: 8, 86: 100, 28: 2}))
    assert payroll.read(payslipType=1).status_code == 400
    sets = payroll.client.get(
        f"{OFFICE}/{payroll.office.id}/payrollPeriods/payrollperioddata/metadata"
    ).json()["_embedded"]
    (chosen,) = next(row["options"] for row in sets if "Set" in row["field"])
    everything = payroll.values(payrollComponentSet=chosen["key"])
    assert everything == {(0, 1): 8, (0, 28): 2, (0, 86): 100}
    assert payroll.values(payrollComponentCategory=10) == {(0, 86): 100}
    assert payroll.values(payrollComponentId=28) == {(0, 28): 2}
    assert payroll.values(payrollComponentCategory=12) == {}
    wrong = payroll.read(payrollComponentCategory="Uren")
    assert wrong.status_code == 400


def test_filter_settings_hide_values_of_the_list_and_none_of_the_person(payroll):
    payroll.send(payroll.item(0), payroll.item(1))
    shown = payroll.jobs[0].department
    assert shown is not payroll.jobs[1].department
    payroll.employer.filter_settings["filterOnDepartments"] = [{"key": shown.id}]
    assert payroll.values() == {(0, 1): 8}
    rows = payroll.client.get(f"{JOBS}/{payroll.jobs[1].id}/payrollperioddata").json()
    assert rows["_embedded"][0]["payrollComponents"][0]["value"] == 8


def test_who_left_before_the_period_is_not_in_its_list(payroll):
    payroll.send(payroll.item(0), payroll.item(1))
    job = payroll.jobs[0]
    job.end_date = job.start_date.replace(year=2025, month=12, day=31)
    assert payroll.values() == {(1, 1): 8}
    rows = payroll.client.get(f"{JOBS}/{job.id}/payrollperioddata").json()
    assert rows["totalSize"] == 1


def test_the_list_of_one_person_can_be_filtered_by_period(payroll):
    february = {"payrollPeriod": {"year": 2026, "periodNumber": 2}}
    payroll.send(payroll.item(0), payroll.item(0, {1: 5}, **february))
    asked = "payrollPeriod.year eq 2026 and payrollPeriod.periodNumber eq 2"
    path = f"{JOBS}/{payroll.jobs[0].id}/payrollperioddata"
    (row,) = payroll.client.get(path, filter=asked).json()["_embedded"]
    assert row["payrollComponents"][0]["value"] == 5
    assert payroll.client.get(path).json()["totalSize"] == 2


def test_the_audit_trail_tells_who_changed_what(payroll, loket, upload):
    payroll.send(payroll.item(0))
    change = {"client_number": 5555, "year": 2026, "period": 1, "payroll_number": 1,
              "component": 1, "value": "9.5", "by": "Vries, B"}  # fmt: skip
    url = f"{loket.url}/_sandbox/payroll-period-data"
    assert requests.post(url, json=change, timeout=5).status_code == 200
    requests.post(url, json={**change, "value": None}, timeout=5)
    upload(b"aanslnr;persnr;ploeg;1\r\n5555;1;1;7\r\n", verdelingseenheid="Nee")
    path = f"{OFFICE}/{payroll.office.id}/auditTrail/PayrollPeriodData"
    rows = payroll.client.get(path, startDate="2026-01-01", endDate="2099-01-01")
    shown = [
        (
            row["performedBy"]["formattedName"],
            row["mutationOrigin"]["value"],
            row["oldValue"],
            row["newValue"],
        )
        for row in rows.json()["_embedded"]
    ]
    assert shown == [
        ("Bergen, S", "Collectief", None, "8"),
        ("Vries, B", "Gebruiker", "8", "9.5"),
        ("Vries, B", "Gebruiker", "9.5", None),
        ("Kantoor, A", "Import", None, "7"),
    ]
    early = payroll.client.get(path, startDate="2000-01-01", endDate="2000-01-02")
    assert early.json()["totalSize"] == 0
    trail = requests.get(f"{loket.url}/_sandbox/payroll-period-trail", timeout=5).json()
    assert [item["by"] for item in trail] == [item[0] for item in shown]


def test_somebody_may_enter_a_supplement_or_book_elsewhere(payroll, loket):
    change = {"client_number": 5555, "year": 2026, "period": 1, "payroll_number": 1,
              "component": 1, "value": "9.5"}  # fmt: skip
    url = f"{loket.url}/_sandbox/payroll-period-data"
    for more in (
        {"is_supplement": True},
        {"cost_center": 2},
        {"distribution_unit": 20},
    ):
        requests.post(url, json={**change, **more}, timeout=5).raise_for_status()
    cells = requests.get(url, timeout=5).json()["cells"]
    assert [
        (cell["is_supplement"], cell["cost_center"], cell["distribution_unit"])
        for cell in cells
    ] == [(True, None, 10), (False, 2, 10), (False, None, 20)]
    rows = payroll.read().json()["_embedded"]
    shown = [row["payrollComponents"][0]["isSupplement"] for row in rows]
    assert sorted(shown) == [False, False, True]


def test_a_file_and_what_is_sent_meet_in_one_record(payroll, upload):
    upload(b"aanslnr;persnr;ploeg;1;2\r\n5555;1;1;7;3\r\n", verdelingseenheid="Nee")
    payroll.send(payroll.item(0, {1: 8}))
    assert payroll.stored() == {(1, 1): "8", (1, 2): "3"}


def test_defaults_and_metadata_tell_what_may_be_sent(payroll):
    path = f"{JOBS}/{payroll.jobs[0].id}/payrollperioddata"
    record = payroll.client.get(f"{path}/defaults").json()["content"]
    assert record["distributionUnit"]["key"] == payroll.jobs[0].distribution_unit.id
    assert (record["payrollPeriod"], record["payslipType"]["key"]) == (None, 2)
    fields = {
        row["field"]: [option["key"] for option in row["options"]]
        for row in payroll.client.get(f"{path}/metadata").json()["_embedded"]
    }
    assert (fields["shift"], fields["costCenter"]) == ([1, 2], [1, 2, 3, 4, 5, 6])
    of_period = payroll.client.get(f"{path}/metadata/year/2026/period/1").json()
    keys = [option["key"] for option in of_period["_embedded"][0]["options"]]
    assert (1 in keys, 300 in keys) == (True, False)
    missing = payroll.client.get(f"{path}/metadata/year/2026/period/13")
    assert missing.status_code == 404
    start = f"{OFFICE}/{payroll.office.id}/payrollPeriods/payrollperioddata"
    query = payroll.client.get(f"{start}/defaults").json()["content"]
    assert query["payrollComponentCategory"]["key"] == 1


# Payroll, payslips and versions


def test_the_status_follows_the_runs_unless_it_is_set(payroll):
    def status(runs):
        payroll.office.runs = {202602: runs}
        path = f"{OFFICE}/{payroll.office.id}/payrollprocessoverview"
        rows = payroll.client.get(path, payrollPeriodIdStart=202602).json()
        (row,) = (
            row
            for row in rows["_embedded"]
            if row["payrollPeriod"]["payrollPeriodId"] == 202602
        )
        return row["payroll"]["payrollStatus"]["key"]

    runs = ([], [0], [1], [2], [9], [9, 1], [9, 7], [7], [8], [9, 8], [5], [5, 9])
    assert [status(keys) for keys in runs] == [1, 2, 3, 1, 6, 3, 4, 5, 7, 8, 1, 6]
    payroll.office.payroll_status = {202602: 0}
    assert status([9]) == 0


def test_payslips_are_of_approved_runs_whatever_their_date(payroll, loket):
    payroll.office.runs = {202601: [5, 9], 202602: [1]}
    loket.faults.add("payslips_from", "2099-01-01")
    runs = payroll.client.get(f"{OFFICE}/{payroll.office.id}/payrollruns").json()
    assert [
        (row["payrollRunStatus"]["key"], row["availableForEmployeeDate"])
        for row in runs["_embedded"]
    ] == [(5, "2099-01-01"), (9, "2099-01-01"), (1, "2099-01-01")]
    path = f"{JOBS}/{payroll.jobs[0].id}/payslips"
    (row,) = payroll.client.get(path).json()["_embedded"]
    assert row["payrollrunId"] == runs["_embedded"][1]["id"]
    one = f"{path}/{row['payrollrunId']}"
    assert payroll.client.get(one, accept="application/pdf").content[:5] == b"%PDF-"
    assert payroll.client.get(one).json()["content"]["employmentId"]
    loket.faults.add("undone_run", 202601)
    assert payroll.client.get(path).json()["totalSize"] == 0
    assert payroll.client.get(one, accept="application/pdf").status_code == 404


def test_year_end_statements_are_pdfs(payroll, loket):
    loket.faults.add("year_end", 2025)
    path = f"{JOBS}/{payroll.jobs[0].id}/yearendstatements"
    assert payroll.client.get(path).json()["_embedded"] == [{"year": 2025}]
    one = f"{path}/2025"
    assert payroll.client.get(one, accept="application/pdf").content[:5] == b"%PDF-"
    assert payroll.client.get(one).status_code == 400
    gone = payroll.client.get(f"{path}/2024", accept="application/pdf")
    assert gone.status_code == 404


def test_ready_for_payroll_is_kept_as_it_was_sent(payroll, loket):
    path = f"{OFFICE}/{payroll.office.id}/periodreadyforpayroll"
    body = {
        "payrollPeriodId": 202601,
        "emailAddressPeriodReadyForPayroll": ["kantoor@example.com"],
        "userComment": "Klaar",
    }
    assert payroll.client.request("post", path, json=body).status_code == 202
    url = f"{loket.url}/_sandbox/ready-for-payroll"
    assert requests.get(url, timeout=5).json() == [{"client_number": 5555, **body}]
    for change in (
        {"payrollPeriodId": 202613},
        {"emailAddressPeriodReadyForPayroll": ["kantoor"]},
        {"emailAddressPeriodReadyForPayroll": []},
        {"userComment": "x" * 1001},
    ):
        reply = payroll.client.request("post", path, json={**body, **change})
        assert reply.status_code == 400
    assert len(loket.company.ready) == 1


def versions(client, since=0):
    path = "/providers/employers/lastmodifiedversionnumbers"
    rows = client.get(path, filter=f"lastModifiedVersionNumber gt {since}").json()
    return {row["id"]: row["lastModifiedVersionNumber"] for row in rows["_embedded"]}


@pytest.mark.parametrize("change", ["person", "employment", "comes", "goes", "dated"])
def test_any_change_of_people_makes_the_version_of_the_employer_grow(
    payroll, client, change
):
    first, second = payroll.loket.company.employers
    before = versions(client)
    highest = max(before.values())
    assert versions(client, highest) == {}
    person = first.employees[3]
    if change == "person":
        person.city = "Delft"
    elif change == "employment":
        person.employments[0].hours_per_week = 12.0
    elif change == "comes":
        payroll.loket.faults.add("future_hire")
    elif change == "goes":
        person.vanished = True
    else:
        payroll.loket.faults.add("other_shift")
    after = versions(client, highest)
    assert list(after) == [first.id]
    assert after[first.id] > highest
    assert before[second.id] == versions(client)[second.id]


def test_values_and_names_of_departments_are_not_of_the_version(payroll, client):
    highest = max(versions(client).values())
    payroll.send(payroll.item(0))
    payroll.employer.departments[0].description = "Anders"
    payroll.office.runs = {202601: [9]}
    assert versions(client, highest) == {}


def test_the_version_of_an_employment_is_of_who_changed(payroll, client):
    path = (
        f"/providers/employers/{payroll.employer.id}/employees/employments"
        "/lastmodifiedversionnumbers"
    )
    highest = max(versions(client).values())
    payroll.employer.employees[3].city = "Delft"
    rows = client.get(path, filter=f"lastModifiedVersionNumber gt {highest}").json()
    assert [row["id"] for row in rows["_embedded"]] == [payroll.jobs[3].id]
    payroll.employer.activities.clear()
    payroll.loket.company.employers[1].activities.clear()
    reply = client.get("/providers/employers/lastmodifiedversionnumbers")
    assert reply.status_code == 403
    assert Client(payroll.loket).get(path).status_code == 403
