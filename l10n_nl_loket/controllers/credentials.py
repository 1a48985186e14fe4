# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..models.connection.loket_connection_link import CREDENTIALS

#: What the form asks, and nobody keeps but the client's.
NAMES = ("username", "password", "environment_code", "client_id", "client_secret")


class LoketCredentials(http.Controller):
    """The way in for credentials: a form that is posted, for calls of methods are
    logged with their arguments."""

    @http.route(
        CREDENTIALS,
        type="http",
        auth="user",
        methods=["POST"],
        sitemap=False,
    )
    def connect(self, connection_id=None, **fields):
        """Connect with what was typed.

        :return: JSON with the ``action`` to go on with, or the ``message`` of what is
            wrong
        :raise BadRequest: it can't come from the form
        :raise AccessError: the user may not set up this connection
        """
        if not set(NAMES).isdisjoint(request.httprequest.args):
            raise BadRequest  # an address is logged, here and on the way
        typed = {name: fields.get(name) or "" for name in NAMES}
        is_number = str(connection_id or "").isdecimal() and len(connection_id) < 10
        if not is_number or not all(isinstance(text, str) for text in typed.values()):
            raise BadRequest
        connections = request.env["loket.connection"]
        connections.check_access("write")
        connection = connections.browse(int(connection_id)).exists()
        if not connection:  # the same as of one that is another company's
            raise AccessError(
                request.env._("You may not set up this connection with Loket.")
            )
        try:
            action = connection._connect_with(typed)
        except AccessError:
            raise
        except UserError as error:
            return request.make_json_response({"message": error.args[0]})
        return request.make_json_response({"action": action})
