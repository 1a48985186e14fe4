# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The upload page takes a right file whole and a wrong one not at all."""

import re

import pytest

HEADER = b"aanslnr;persnr;ploeg;verdelingseenheid;1;30;86\r\n"
ROWS = b"5555;1;1;10;88;1,5;\r\n5555;2;1;40;120,25;;-1200\r\n"
GOOD = HEADER + ROWS
CELLS = {
    (1, 1, 10, 1, "88"),
    (1, 1, 10, 30, "1.5"),
    (2, 1, 40, 1, "120.25"),
    (2, 1, 40, 86, "-1200"),
}


def test_a_right_file_is_imported_and_shown_with_totals(upload, imported):
    reply = upload(GOOD)
    assert reply.status_code == 200
    assert imported() == CELLS
    totals = re.search(r"<tfoot>(.*?)</tfoot>", reply.text, re.DOTALL)[1]
    assert re.findall(r"<td>(.*?)</td>", totals) == ["208,25", "1,50", "-1200,00"]


def test_a_file_without_distribution_unit_goes_with_nee(upload, imported):
    data = b"aanslnr;persnr;ploeg;1\r\n5555;1;;8\r\n"
    assert upload(data, verdelingseenheid="Nee").status_code == 200
    assert imported() == {(1, 1, 10, 1, "8")}, "on the employment's own unit"


def test_a_row_without_a_unit_is_that_of_the_own_unit(upload, imported):
    data = HEADER + b"5555;1;1;10;88;;\r\n5555;1;1;;8;;\r\n"
    reply = upload(data)
    assert (reply.status_code, "eigen eenheid" in reply.text) == (422, True)
    assert imported() == set()


def test_overwriting_replaces_the_given_components_only(upload, imported):
    upload(GOOD)
    upload(HEADER + b"5555;1;1;10;90;;5\r\n")
    assert imported() == CELLS - {(1, 1, 10, 1, "88")} | {
        (1, 1, 10, 1, "90"),
        (1, 1, 10, 86, "5"),
    }


def test_adding_refuses_what_is_there_already(upload, imported):
    upload(GOOD)
    reply = upload(HEADER + b"5555;1;1;10;1;;\r\n", actie="Toevoegen")
    assert reply.status_code == 422
    assert "komt reeds voor" in reply.text
    assert imported() == CELLS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leeg"),
        (b"\xef\xbb\xbf" + GOOD, "BOM"),
        (GOOD.replace(b"\r\n", b"\n"), "CR LF"),
        (GOOD[:-2], "CR LF"),
        (GOOD.replace(b";", b","), "De eerste regel"),
        (GOOD.replace(b"persnr", b"Persnr"), "De eerste regel"),
        (GOOD.replace(b"1,5", b"1.5"), "geen getal met een komma"),
        (GOOD.replace(b"1,5", b"1,555"), "geen getal met een komma"),
        (GOOD.replace(b"1,5", b"Jos\xc3\xa9"), "alleen numerieke"),
        (GOOD.replace(b";30;", b";31;1;", 1), "komt dubbel voor"),
        (GOOD.replace(b";30;", b";999;"), "Component 999 is onbekend"),
        (GOOD.replace(b";30;", b";300;"), "niet collectief"),
        (GOOD.replace(b";30;", b";Overwerk;"), "geen nummer"),
        (HEADER + ROWS.replace(b";88;", b";-8;"), "tussen 0 en 999,99"),
        (HEADER + ROWS.replace(b";88;", b";1000;"), "tussen 0 en 999,99"),
        (HEADER + ROWS.replace(b"5555;2", b"5555;77"), "persnr 77 is onbekend"),
        (
            HEADER + ROWS.replace(b"5555;2", b"5555;1").replace(b";40;", b";10;"),
            "dubbel",
        ),
        (HEADER + ROWS.replace(b"5555;2", b"5556;2"), "hoort niet bij"),
        (HEADER + ROWS.replace(b";2;1;", b";2;9;"), "ploeg 9 bestaat niet"),
        (HEADER + ROWS.replace(b";40;", b";45;"), "verdelingseenheid 45"),
        (HEADER + b"5555;1;1;10;88\r\n", "velden"),
        (HEADER, "geen regels"),
        (GOOD + b"\r\n", "velden"),
    ],
)
def test_a_wrong_file_changes_nothing(upload, imported, data, words):
    reply = upload(data)
    assert reply.status_code == 422
    assert words in reply.text
    assert imported() == set()


@pytest.mark.parametrize(
    "fields",
    [
        {"verdelingseenheid": "Nee"},
        {"administratie": "5556"},
        {"administratie": "1"},
        {"jaar": "26"},
        {"periode": "13"},
        {"bestandstype": "Excel"},
        {"actie": ""},
    ],
)
def test_a_wrong_choice_in_the_dialog_changes_nothing(upload, imported, fields):
    assert upload(GOOD, **fields).status_code == 422
    assert imported() == set()


def test_the_imported_values_can_be_read_back_over_rest(upload, loket, client):
    upload(GOOD)
    office = loket.company.employer.administrations[0]
    path = f"/providers/employers/payrolladministrations/{office.id}"
    values = {
        (row["employment"]["payrollId"], item["payrollComponent"]["key"]): item["value"]
        for category in (1, 2, 10)
        for row in client.get(
            f"{path}/payrollPeriods/202601/payrollperioddata",
            payslipType=1,
            payrollComponentCategory=category,
        ).json()["_embedded"]
        for item in row["payrollComponents"]
    }
    assert values == {(1, 1): 88, (1, 30): 1.5, (2, 1): 120.25, (2, 86): -1200}
