# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

import pytest

from odoo.addons.l10n_nl_loket.gateway import PayrollRun, Payslip
from odoo.addons.l10n_nl_loket.people import payslips

TODAY = date(2026, 3, 11)  # a Wednesday
DAY = timedelta(1)


def run(status=9, available_on=TODAY, ref="run", approved=None):
    return PayrollRun(
        ref=ref,
        year=2026,
        number=2,
        status=status,
        available_on=available_on,
        approved=approved,
    )


def slip(ref="run", is_test=False):
    return Payslip(run_ref=ref, year=2026, number=2, is_test=is_test, count=1)


@pytest.mark.parametrize(
    ("one", "is_shown"),
    [
        (run(), True),
        (run(available_on=TODAY - DAY), True),
        (run(available_on=TODAY + DAY), False),
        (run(available_on=None), False),
        *((run(status=status), False) for status in (0, 1, 2, 5, 6, 7, 8)),
    ],
)
def test_only_approved_runs_are_shown_from_their_day_on(one, is_shown):
    assert payslips.runs_to_show([one], TODAY) == ({"run": one} if is_shown else {})


def test_of_the_runs_that_are_shown_test_years_are_not():
    told = [slip("a"), slip("b"), slip("c", is_test=True)]

    assert payslips.to_show(told, {"a", "c"}) == [told[0]]


def test_the_question_is_another_one_for_other_runs_and_in_another_week():
    a, b = run(ref="a"), run(ref="b")
    asked = payslips.question([a, b], TODAY)

    assert payslips.question([b, a], TODAY + 4 * DAY) == asked
    assert payslips.question([a, b], TODAY + 5 * DAY) != asked
    assert payslips.question([a], TODAY) != asked
    assert payslips.question([a, run(ref="b", approved="yesterday")], TODAY) != asked
    week = TODAY.isocalendar().week
    next_year = date.fromisocalendar(TODAY.year + 1, week, 1)
    assert payslips.question([a, b], next_year) != asked


@pytest.mark.parametrize(
    ("approved", "one", "is_undone"),
    [
        ("monday", run(approved="monday"), False),
        ("monday", run(approved="tuesday"), True),
        ("monday", run(), False),
        (None, run(approved="tuesday"), False),
        ("monday", None, True),
        (None, None, True),
    ],
)
def test_a_payslip_of_a_run_that_was_approved_anew_is_another_run_s(
    approved, one, is_undone
):
    assert payslips.is_undone(approved, one) == is_undone
