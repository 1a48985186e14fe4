# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payroll_file import (
    Key,
    PayrollFile,
    PayrollFileError,
    collect,
    file_name,
    rounded,
    write,
)

from .reader import UnreadableFile, read

numbers = st.integers(1, 10**9)
keys = st.builds(
    Key,
    client_number=numbers,
    payroll_number=numbers,
    shift=st.none() | st.integers(1, 15),
    distribution_unit=st.none() | numbers,
)
codes = st.integers(1, 9999)
cents = st.integers(-99_999_999, 99_999_999).map(lambda n: Decimal(n) / 100)
exact = st.decimals(-10_000, 10_000, places=6)


@st.composite
def files(draw):
    with_unit = draw(st.booleans())
    cells = draw(
        st.dictionaries(keys, st.dictionaries(codes, cents, max_size=6), max_size=8)
    )
    if not with_unit:
        cells = {
            Key(key.client_number, key.payroll_number, key.shift): row
            for key, row in cells.items()
        }
    return PayrollFile(cells, with_unit)


def totals(file):
    """The total of every column, of the values that are in the file."""
    return {
        code: sum(row.get(code, 0) for row in file.cells.values())
        for code in file.components
    }


@given(files())
def test_reading_back_gives_what_was_written(file):
    assert read(write(file)) == file


@given(files())
def test_the_bytes_are_plain_ascii_with_crlf_and_as_many_columns_in_each_line(file):
    data = write(file)
    lines = data.decode("ascii").split("\r\n")
    assert lines.pop() == ""
    assert not any("\n" in line or "\r" in line for line in lines)
    assert len({line.count(";") for line in lines}) == 1


@given(files())
def test_equal_files_give_equal_bytes_whatever_the_order_of_the_rows(file):
    turned = dict(reversed(file.cells.items()))
    again = PayrollFile(turned, file.with_distribution_unit)
    assert write(again) == write(file)


@given(st.lists(st.tuples(st.sampled_from([1, 2]), codes, exact)))
def test_each_cell_is_the_exact_sum_rounded_once_half_up(values):
    file = collect((Key(5555, number), code, value) for number, code, value in values)
    for number, code, _value in values:
        total = sum(v for n, c, v in values if (n, c) == (number, code))
        expected = Decimal(total).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert file.cells[Key(5555, number)][code] == expected


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), codes, cents)))
def test_the_totals_of_the_file_are_those_of_the_values(values):
    file = collect((Key(5555, number), code, value) for number, code, value in values)
    assert sum(totals(file).values()) == sum(value for _n, _c, value in values)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("0.125", "0.13"),
        ("0.135", "0.14"),
        ("-0.125", "-0.13"),
        ("0.1249999999", "0.12"),
        ("0.005", "0.01"),
        ("1e60", "1e60"),
    ],
)
def test_a_half_cent_goes_away_from_zero_whatever_the_caller_rounds_like(value, cell):
    with localcontext(prec=3, rounding=ROUND_DOWN):
        assert rounded(Decimal(value)) == Decimal(cell)
        file = collect([(Key(5555, 1), 1, Decimal(value))])
    assert file.cells[Key(5555, 1)][1] == Decimal(cell)


def test_a_sum_is_exact_where_its_values_differ_more_than_a_decimal_usually_holds():
    large, small = Decimal("1e40"), Decimal("0.01")
    file = collect((Key(5555, 1), 1, value) for value in (large, small, -large))
    assert file.cells[Key(5555, 1)][1] == small


def test_three_times_twenty_minutes_is_an_hour():
    third = Decimal(1) / Decimal(3)
    file = collect([(Key(5555, 1), 1, third)] * 3)
    assert write(file) == b"aanslnr;persnr;ploeg;1\r\n5555;1;;1\r\n"


def test_the_example_of_lokets_help_page_is_read():
    # The page says 120 where its own prose says 2; both are numbers.
    data = (
        b"aanslnr;persnr;ploeg;1;28;86\r\n5555;1;1;88;12;\r\n5555;120;1;120;;1200\r\n"
    )
    file = read(data)
    assert file.cells == {
        Key(5555, 1, 1): {1: Decimal(88), 28: Decimal(12)},
        Key(5555, 120, 1): {1: Decimal(120), 86: Decimal(1200)},
    }
    assert totals(file) == {1: 208, 28: 12, 86: 1200}
    assert write(file) == data


def test_the_distribution_unit_is_the_fourth_column():
    file = collect(
        [
            (Key(5555, 2, 1, 20), 28, Decimal("7.5")),
            (Key(5555, 2, 1, 10), 1, Decimal("-0.004")),
            (Key(5555, 2, 1), 28, Decimal(1)),
        ],
        with_distribution_unit=True,
    )
    assert write(file) == (
        b"aanslnr;persnr;ploeg;verdelingseenheid;1;28\r\n"
        b"5555;2;1;;;1\r\n"
        b"5555;2;1;10;0;\r\n"
        b"5555;2;1;20;;7,5\r\n"
    )


def test_rows_are_sorted_as_numbers_and_what_is_empty_comes_first():
    keys = [Key(1, 1, 10), Key(1, 1, 1), Key(1, 1, 2), Key(1, 1), Key(1, 10), Key(1, 2)]
    keys += [Key(1, 1, 1, 10), Key(1, 1, 1, 1), Key(1, 1, 1, 2)]
    data = write(
        collect([(key, 1, Decimal(1)) for key in keys], with_distribution_unit=True)
    )
    assert [line.rpartition(";")[0] for line in data.decode().splitlines()[1:]] == [
        "1;1;;",
        "1;1;1;",
        "1;1;1;1",
        "1;1;1;2",
        "1;1;1;10",
        "1;1;2;",
        "1;1;10;",
        "1;2;;",
        "1;10;;",
    ]


def test_the_file_name_has_client_number_year_and_period():
    assert file_name(5555, 2026, 10) == "loket_5555_2026_10.csv"
    assert file_name(5555, 2026, 10, 1) == "loket_5555_2026_10.csv"


def test_the_name_of_a_later_file_says_which_one_it_replaces():
    assert file_name(5555, 2026, 10, 2) == "loket_5555_2026_10_versie_2_vervangt_1.csv"
    assert file_name(5555, 2026, 10, 3) == "loket_5555_2026_10_versie_3_vervangt_2.csv"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the last line does not end in CR LF"),
        (b"\xef\xbb\xbfaanslnr;persnr;ploeg\r\n", "line 1: only ASCII"),
        (b"aanslnr;persnr;ploeg;1\n5555;1;1;2\r\n", "line 1: a line ends in another"),
        (b"aanslnr;persnr;ploeg;1", "the last line does not end in CR LF"),
        (b"aanslnr,persnr,ploeg\r\n", "line 1: the header must begin with aanslnr;"),
        (b"aanslnr;persnr;ploeg;1;1\r\n", "line 1, column 5: component 1 is twice"),
        (b"aanslnr;persnr;ploeg;2;1\r\n", "line 1, column 5: component 1 is twice or"),
        (b"aanslnr;persnr;ploeg;uren\r\n", "column 4: 'uren' is not a component"),
        (b"aanslnr;persnr;ploeg;0\r\n", "column 4: '0' is not a component number"),
        (b"aanslnr;persnr;ploeg;12345\r\n", "'12345' is not a component number"),
        (b"aanslnr;persnr;ploeg;1\r\n5555;1;1\r\n", "line 2: there are 3 columns"),
        (b"aanslnr;persnr;ploeg;1\r\n;1;1;2\r\n", "column 1: aanslnr '' is not"),
        (b"aanslnr;persnr;ploeg;1\r\n5;Jan;1;2\r\n", "column 2: persnr 'Jan' is not"),
        (b"aanslnr;persnr;ploeg;1\r\n5;1;x;2\r\n", "column 3: ploeg 'x' is not"),
        (b"aanslnr;persnr;ploeg;1\r\n5;1;1;7.5\r\n", "line 2, column 4: '7.5' is not"),
        (b"aanslnr;persnr;ploeg;1\r\n5;1;1;7,555\r\n", "'7,555' is not a number"),
        (
            b"aanslnr;persnr;ploeg;1\r\n5;1;1;7\r\n5;1;1;8\r\n",
            "line 3: a row with the same keys stands above",
        ),
    ],
)
def test_a_file_that_breaks_the_format_is_refused_with_the_place(data, message):
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert message in str(caught.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(UnreadableFile) as caught:
        read(b"aanslnr;persnr;ploeg;1\r\n5;a;1;2\r\n5;1;1;x\r\n")
    assert [fault.line for fault in caught.value.faults] == [2, 3]


@pytest.mark.parametrize(
    ("key", "code", "value", "message"),
    [
        (Key(0, 1), 1, Decimal(1), "client and payroll number must be 1 or more"),
        (Key(1, 0), 1, Decimal(1), "client and payroll number must be 1 or more"),
        (Key(1, 1, 0), 1, Decimal(1), "shift 0 must be 1 or more"),
        (Key(1, 1, 1, 10), 1, Decimal(1), "distribution unit 10 has no column"),
        (Key(1, 1), 0, Decimal(1), "component 0 is not between 1 and 9999"),
        (Key(1, 1), 10_000, Decimal(1), "component 10000 is not between"),
    ],
)
def test_what_does_not_fit_in_the_file_is_refused(key, code, value, message):
    with pytest.raises(PayrollFileError) as caught:
        collect([(key, code, value)])
    assert message in str(caught.value)


@pytest.mark.parametrize("unit", [-1, 0, 2**31])
def test_a_distribution_unit_that_loket_cannot_have_is_refused(unit):
    with pytest.raises(PayrollFileError, match=f"distribution unit {unit} is not 1 to"):
        collect([(Key(1, 1, 1, unit), 1, Decimal(1))], with_distribution_unit=True)


@pytest.mark.parametrize("unit", [1, 2**31 - 1])
def test_the_lowest_and_the_highest_distribution_unit_are_accepted(unit):
    file = collect([(Key(1, 1, 1, unit), 1, Decimal(1))], with_distribution_unit=True)
    assert file.cells == {Key(1, 1, 1, unit): {1: Decimal(1)}}


@pytest.mark.parametrize("value", ["0.005", "NaN", "Infinity"])
def test_a_value_that_no_cell_can_hold_is_refused(value):
    with pytest.raises(PayrollFileError, match=f"{value} has more than two decimals"):
        PayrollFile({Key(1, 1): {1: Decimal(value)}})


def test_the_columns_are_the_components_that_have_a_value_ascending():
    file = collect([(Key(1, 1), 28, Decimal(1)), (Key(1, 2), 9, Decimal(2))])
    assert file.components == (9, 28)


def test_all_that_does_not_fit_is_told_at_once():
    with pytest.raises(PayrollFileError) as caught:
        collect([(Key(0, 7, -1), 10_000, Decimal(1))])
    assert caught.value.faults == (
        "component 10000 is not between 1 and 9999",
        "payroll number 7: client and payroll number must be 1 or more",
        "payroll number 7: shift -1 must be 1 or more",
    )
    assert str(caught.value) == "\n".join(caught.value.faults)
