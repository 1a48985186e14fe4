# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors keep what they know, also on their way to another process."""

import pickle

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketRefused,
    LoketUnavailable,
)


def travelled(error):
    return pickle.loads(pickle.dumps(error))


def test_a_bad_reply_survives_a_trip_to_another_process():
    error = travelled(LoketBadReply("read x (GetX)", "id"))
    assert (error.call, error.field) == ("read x (GetX)", "id")


def test_what_else_an_error_knows_survives_too():
    assert travelled(LoketUnavailable("Later.", retry_after=7)).retry_after == 7
    assert travelled(LoketRefused("No.", activity="GetX")).activity == "GetX"


def test_the_reason_is_the_field_and_what_is_wrong_with_it():
    assert LoketBadReply("read x (GetX)", "id", "is missing").reason == "id is missing"
