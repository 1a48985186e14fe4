# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connections with a sandbox Loket, and people of each group."""

from odoo.http import Request
from odoo.tests import new_test_user

from ..gateway.http import Patience
from ..gateway.rest import oauth, transport
from ..models.connection.loket_connection_link import CREDENTIALS
from .common_sandbox import SandboxMixin

CLIENT = {"client_id": "odoo", "client_secret": "sandbox-secret"}
USER = "l10n_nl_loket.group_user"
MANAGER = "l10n_nl_loket.group_manager"


class CredentialsMixin:
    """Posts the form for credentials, as a browser does; for a HttpCase."""

    def csrf_token(self):
        """What a form of this session proves itself with."""
        return Request.csrf_token(self)

    def post_credentials(self, connection, **typed):
        """The page that answers; of a form that knows the token of its session."""
        return self.url_open(
            CREDENTIALS,
            data={
                "csrf_token": self.csrf_token(),
                "connection_id": connection.id,
                **typed,
            },
            allow_redirects=False,
        )


class ConnectionMixin(SandboxMixin):
    """``self.connection``: a draft with the addresses of ``self.loket``."""

    def setUp(self):
        super().setUp()
        hurry = Patience(pause=0.001, longest_pause=5)
        for module in (transport, oauth):
            self.patch(module, "Patience", lambda: hurry)
        self.connection = self.make_connection()

    def make_connection(self, env=None, **vals):
        """A draft of the sandbox's first employer, which the fetch is to find."""
        return (env or self.env)["loket.connection"].create(
            {
                "name": "Voorbeeld",
                "environment": "custom",
                "api_url": self.loket.api_url,
                "oauth_url": self.loket.oauth_url,
                **CLIENT,
                **vals,
            }
        )

    @property
    def employer(self):
        """The first employer of the sandbox."""
        return self.loket.company.employers[0]

    def choice(self, number=0):
        """Field values that choose an administration of the first employer."""
        return {
            "employer_ref": self.employer.id,
            "administration_ref": self.employer.administrations[number].id,
        }

    def connect(self, connection=None):
        """Hand the connection tokens of the sandbox, without a browser."""
        connection = connection or self.connection
        connection._loket_store_token(self.loket.issue_tokens())
        return connection

    def make_ready(self):
        """Connect, choose the first administration, and fetch it."""
        self.connect().write(self.choice())
        self.connection.action_fetch()
        self.assertEqual(self.connection.state, "ready", self.connection.last_error)
        return self.connection

    def token(self, connection=None):
        """The stored secret of the connection, or none."""
        connection = connection or self.connection
        return connection.env["loket.token"].search(
            [("connection_id", "=", connection.id)]
        )

    def make_user(self, login, groups, **vals):
        """A user of these groups, whose password is the login."""
        return new_test_user(self.env, login, groups, **vals)

    def count_requests(self, path):
        """How often the sandbox was asked for a path."""
        return sum(path in request for request in self.loket.requests)
