# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who loses every race reads a sentence, and not what the database said."""

from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged


def lose(_records, *_args, **_options):
    raise ConcurrencyError("could not serialize access")


@tagged("post_install", "-at_install")
class TestInTurn(HttpCase):
    def call(self, model):
        """What a person is told whose call lost each time."""
        new_test_user(self.env, "races", "l10n_nl_loket.group_manager")
        self.authenticate("races", "races")
        params = {"model": model, "method": "name_search", "args": [[]], "kwargs": {}}
        with (
            patch("odoo.service.model.random.uniform", return_value=0),
            patch.object(self.env.registry[model], "name_search", lose),
            self.assertLogs("odoo.http", "WARNING"),
            self.assertRaises(JsonRpcException) as caught,
        ):
            self.make_jsonrpc_request("/web/dataset/call_kw", params)
        return str(caught.exception)

    def test_a_call_of_ours_that_lost_each_time_says_so(self):
        self.assertIn("odoo.exceptions.UserError", self.call("loket.export"))

    def test_calls_of_others_are_answered_as_odoo_does(self):
        self.assertNotIn("UserError", self.call("res.partner"))
