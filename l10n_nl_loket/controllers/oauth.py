# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import re

from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.http import request

from ..models.connection.loket_connection_link import CALLBACK, CONSENT

_QUERY = re.compile(re.escape(CALLBACK) + r"\?[^\s\"]*")


class WithoutQuery(logging.Filter):
    """Keeps what Loket gives the browser out of the log of requests."""

    def filter(self, record):
        line = record.getMessage()
        if _QUERY.search(line):
            record.msg, record.args = _QUERY.sub(f"{CALLBACK}?...", line), ()
        return True


# The logger of the server that Odoo runs in: each request is a line, with its address.
logging.getLogger("werkzeug").addFilter(WithoutQuery())


class LoketOAuth(http.Controller):
    """Where Loket sends the browser after its consent page."""

    @http.route(CALLBACK, type="http", auth="user", methods=["GET"], sitemap=False)
    def callback(self, code=None, state=None, error=None, **_unknown):
        """Finish what "Connect" began, and show the connection.

        :raise BadRequest: this browser did not begin it, or too long ago
        """
        begun = request.session.pop(CONSENT, None) or {}  # a state works once
        connection = request.env["loket.connection"]._from_state(
            state, begun.get("nonce")
        )
        if not connection:
            raise BadRequest(
                request.env._(
                    "This way back from Loket has expired or was begun elsewhere. Open "
                    "the connection in Odoo and connect again."
                )
            )
        if error or not code:
            connection._refuse_consent()
        else:
            connection._finish_consent(code, begun["sealed"])
        return request.redirect(connection._form_url())
