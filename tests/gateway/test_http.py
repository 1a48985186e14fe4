# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Patience with Loket, and errors that carry nothing away."""

import traceback

import pytest

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketRefused,
    LoketUnavailable,
)
from odoo.addons.l10n_nl_loket.gateway.http import Patience, once, patiently, seconds

PATIENCE = Patience(attempts=3, pause=1, longest_pause=20)


def ends(*ends):
    """An action that ends in these ways, one after another: it returns or raises."""
    left = list(ends)

    def action():
        end = left.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    return action


def do(action, pauses):
    return patiently("read x (GetX)", action, PATIENCE, pauses.append)


def test_what_works_at_once_makes_no_pause(pauses):
    assert do(ends("reply"), pauses) == "reply"
    assert pauses == []


def test_the_pause_grows_from_attempt_to_attempt(pauses):
    away = LoketUnavailable("Later.")

    assert do(ends(away, away, "reply"), pauses) == "reply"
    assert 1 <= pauses[0] <= 1.5
    assert 2 <= pauses[1] <= 3


def test_after_the_last_attempt_its_error_is_raised(pauses):
    last = LoketUnavailable("The last.")
    first = LoketUnavailable("The first.")

    with pytest.raises(LoketUnavailable, match="The last"):
        do(ends(first, first, last, "too late"), pauses)
    assert len(pauses) == 2


def test_a_pause_that_loket_asks_for_is_kept_unless_it_is_too_long(pauses):
    assert do(ends(LoketUnavailable("Later.", retry_after=15), 1), pauses) == 1
    assert pauses == [15]

    with pytest.raises(LoketUnavailable):
        do(ends(LoketUnavailable("Later.", retry_after=21), 1), pauses)
    assert pauses == [15]


@pytest.mark.parametrize(
    "error", [LoketRefused("No."), LoketBadReply("read x (GetX)", "id")]
)
def test_only_a_loket_that_is_away_is_asked_again(pauses, error):
    with pytest.raises(type(error)):
        do(ends(error, "never"), pauses)
    assert pauses == []


@pytest.mark.parametrize("run", [once, lambda action: do(action, [])])
def test_an_error_leads_to_nothing_of_the_request(run):
    def request():
        secret = "top-secret"
        try:
            raise ValueError(secret)
        except ValueError as error:
            raise LoketRefused("No.") from error

    with pytest.raises(LoketRefused) as caught:
        run(request)

    error = caught.value
    frames = [frame for frame, _line in traceback.walk_tb(error.__traceback__)]
    assert "request" not in [frame.f_code.co_name for frame in frames]
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15", 15),
        ("0.5", 0.5),
        ("Wed, 21 Oct 2015 07:28:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_a_pause_is_read_from_seconds_and_not_from_a_date(text, expected):
    assert seconds(text) == expected
