# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tests against the sandbox Loket; they are skipped where only the addon is."""

from unittest import SkipTest
from urllib.parse import urlsplit

from odoo.tests.common import HOST, _super_send

try:
    from sandbox import link_keys
    from sandbox.server import Sandbox
except ModuleNotFoundError as error:
    if error.name != "sandbox":  # it is here, and broken
        raise
    link_keys = Sandbox = None

ADDON_ALONE = "needs the sandbox Loket, which is in the repository of the addon only"


class SandboxMixin:
    """A sandbox Loket for each test, reached over real HTTP.

    Odoo's own guard of outgoing requests lets this machine through, but can't read a
    timeout of two parts, which every call of the gateway has.
    """

    @classmethod
    def setUpClass(cls):
        if not Sandbox:
            raise SkipTest(ADDON_ALONE)
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.loket = self.enterContext(Sandbox(port=0))

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        if urlsplit(request.url).hostname in (HOST, "localhost"):
            return _super_send(session, request, **options)
        return super()._request_handler(session, request, **options)
