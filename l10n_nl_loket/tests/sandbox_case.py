# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from urllib.parse import urlsplit

from odoo.tests.common import HOST, _super_send

from sandbox.server import Sandbox


class SandboxMixin:
    """A sandbox Loket for each test, reached over real HTTP.

    Odoo's own guard of outgoing requests lets this machine through, but can't read a
    timeout of two parts, which every call of the gateway has.
    """

    def setUp(self):
        super().setUp()
        self.loket = self.enterContext(Sandbox(port=0))

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        if urlsplit(request.url).hostname in (HOST, "localhost"):
            return _super_send(session, request, **options)
        return super()._request_handler(session, request, **options)
