# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Hours are not euros: what a component counts, and what may not go there unasked."""

import pytest

from odoo.addons.l10n_nl_loket.payroll import (
    confirmation,
    contradict,
    counts_as,
    measure_of,
)

from .office import ANNA, BONUS, OVERTIME, WORK, hours, land, offered, reasons, rules
from .office import value as wage

MEASURES = {WORK: "hours", OVERTIME: "hours", BONUS: "money"}


@pytest.mark.parametrize(
    ("category", "measure"),
    [
        ("Uren", "hours"),
        ("Meeruren", "hours"),
        ("Hours", "hours"),
        ("Extra  hours", "hours"),
        ("Overtime", "hours"),
        ("Overwerk", "hours"),
        ("Tijd voor tijd", "hours"),
        ("Onregelmatige dienst", "hours"),
        (" uren ", "hours"),
        ("Eenheden", "units"),
        ("Units", "units"),
        ("Bruto", "money"),
        ("Netto", "money"),
        ("Betaling", "money"),
        ("Inhouding", "money"),
        ("Payment", "money"),
        ("Deduction", "money"),
        ("Gross", "money"),
        ("Bruto volgens tabel", None),
        ("Bruto tegen tarief", None),
        ("Bruto per eenheid", None),
        ("Netto uren", None),
        ("Gross by table", None),
        ("Gross at a rate", None),
        ("Payment by the hour", None),
        ("Payment for each unit", None),
        ("Bruto betaling", "money"),
        ("Netto betaling", "money"),
        ("Netto/bruto", "money"),
        ("Bruto/Netto inhouding", "money"),
        ("Net payment", "money"),
        ("Bruto vergoeding tabel/tarief", None),
        ("Betaling per uur", None),
        ("Output", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_category_counts(category, measure):
    assert measure_of(category) == measure


@pytest.mark.parametrize(
    ("booked", "component", "is_wrong"),
    [
        ("hours", "money", True),
        ("money", "hours", True),
        ("hours", "hours", False),
        ("money", "money", False),
        ("hours", None, False),
        ("money", "units", False),
        ("days", "money", False),
        ("units", "hours", False),
        (None, "money", False),
    ],
)
def test_only_hours_and_euros_contradict_each_other(booked, component, is_wrong):
    assert contradict(booked, component) is is_wrong


def test_hours_on_a_component_of_euros_block_the_file():
    money = {1: offered("money")}

    outcome = land([hours(ANNA, 1, 8)], rules(measures=MEASURES, offered=money))

    (problem,) = outcome.left_out
    assert (problem.reason, problem.source, problem.code) == (
        "hours_as_money",
        WORK,
        "1",
    )
    assert problem.blocking
    assert not outcome.cells


def test_euros_on_a_component_of_hours_block_the_file():
    known = {86: offered("hours")}

    assert reasons(wage(ANNA, 1, 8), measures=MEASURES, offered=known) == [
        "money_as_hours"
    ]


def test_what_was_confirmed_goes_into_the_file():
    money = {1: offered("money")}
    confirmed = {WORK: confirmation("hours", 1, "money")}

    assert not reasons(
        hours(ANNA, 1, 8), measures=MEASURES, offered=money, confirmed=confirmed
    )


@pytest.mark.parametrize(
    "said", [("hours", 2, "money"), ("hours", 1, "hours"), ("money", 1, "money")]
)
def test_what_was_said_of_something_else_does_not_hold(said):
    money = {1: offered("money")}
    confirmed = {WORK: confirmation(*said)}

    assert reasons(
        hours(ANNA, 1, 8), measures=MEASURES, offered=money, confirmed=confirmed
    ) == ["hours_as_money"]


def test_a_yes_holds_for_the_source_that_it_was_said_of():
    money = {1: offered("money")}
    confirmed = {OVERTIME: confirmation("hours", 1, "money")}

    assert reasons(
        hours(ANNA, 1, 8), measures=MEASURES, offered=money, confirmed=confirmed
    ) == ["hours_as_money"]


@pytest.mark.parametrize("measure", [None, "units", "hours"])
def test_a_category_that_nobody_knows_blocks_nothing(measure):
    known = {1: offered(measure)}

    assert not reasons(hours(ANNA, 1, 8), measures=MEASURES, offered=known)


def test_without_a_list_nothing_is_held_against_a_code():
    assert not reasons(hours(ANNA, 1, 8), measures=MEASURES, offered=None)


@pytest.mark.parametrize(
    ("category", "name", "kind"),
    [
        ("Uren", "Uren gewerkt", "worked"),
        ("", "Uren gewerkt", "worked"),
        (None, "Uren gewerkt", "worked"),
        ("Uren", "Uren ziek", "time_off"),
        ("Uren", "Uren bijz.verl", "time_off"),
        ("Uren", "Zorgverlof", "time_off"),
        ("Uren", "Vakantie-uren", "time_off"),
        ("Uren", "FEESTDAG", "time_off"),
        ("Uren", "Vrije dag", "time_off"),
        ("Hours", "Parental leave", "time_off"),
        ("Hours", "Sick", "time_off"),
        ("Hours", "Holidays", "time_off"),
        ("Hours", "Worked", "worked"),
        (" uren ", "Uren gewerkt", "worked"),
        ("Meer uren", "Uren gewerkt", "extra"),
        ("Overwerk", "Overwerk 150%", "extra"),
        ("Onregelmatige dienst", "Onregelm. 25%", "extra"),
        ("Tijd voor tijd", "Tijd voor tijd", "extra"),
        ("Output", "Stukloon", "extra"),
    ],
)
def test_what_hours_of_a_component_most_likely_are(category, name, kind):
    assert counts_as(category, name) == kind
