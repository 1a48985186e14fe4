# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs the sandbox in a thread (tests) or in the foreground (command line)."""

import threading

from werkzeug.serving import WSGIRequestHandler, make_server

from .app import application
from .change_versions import Versions
from .envelopes import DEFAULT_PAGE_SIZE
from .faults import Faults
from .generate import generate
from .index import Index
from .link_keys import LinkKeys
from .tokens import ACCESS_LIFETIME, Tokens
from .visibility import effective_activities


class _QuietHandler(WSGIRequestHandler):
    """Logs nothing: addresses may hold codes, and tests read ``requests`` instead."""

    protocol_version = "HTTP/1.1"

    def log(self, type, message, *args):
        pass


class Sandbox:
    """A running Loket. Use as a context manager, or call ``start`` and ``stop``.

    ``company`` may be edited at any time, ``faults`` switched, and ``requests`` holds
    "METHOD path" of everything that was asked. Port 0 picks a free one. Who is logged
    in and gave consent before sees no consent page: ``remembers_consent``.
    """

    def __init__(
        self,
        port=0,
        employees=25,
        seed=1,
        *,
        employers=0,
        host="127.0.0.1",
        rotate=True,
        access_lifetime=ACCESS_LIFETIME,
        page_size=DEFAULT_PAGE_SIZE,
        faults=(),
        remembers_consent=False,
    ):
        self.company = generate(employees, seed, employers)
        self.tokens = Tokens(rotate, access_lifetime)
        self.link_keys = LinkKeys()
        self.index = Index(self)
        self.versions = Versions(self)
        self.faults = Faults(faults, self.company)
        self.page_size = page_size
        self.remembers_consent = remembers_consent
        self.requests = []
        self._server = make_server(
            host, port, application(self), threaded=True, request_handler=_QuietHandler
        )
        self._server.daemon_threads = True
        self._thread = None
        self.url = f"http://{host}:{self._server.port}"

    def rights_of(self, activity):
        """Return the employers at which the user may carry out an activity."""
        return [
            employer
            for employer in self.company.employers
            if activity in effective_activities(self, employer)
        ]

    @property
    def api_url(self):
        """The address for ``api_url``: it ends in /v2, as Loket's does."""
        return f"{self.url}/v2"

    @property
    def oauth_url(self):
        """The address for ``oauth_url``."""
        return self.url

    @property
    def wsdl_url(self):
        """The address for ``wsdl_url``: the description of the SOAP service."""
        return f"{self.url}/soap?wsdl"

    def issue_tokens(self, client_id="odoo"):
        """Return a token response as after the consent page."""
        return self.tokens.issue(client_id)

    def start(self):
        """Serve in a background thread."""
        # A short poll: it is what ``stop`` waits for.
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()
        return self

    def stop(self):
        """Stop serving and free the port."""
        if self._thread:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()

    def serve_forever(self):
        """Serve in the foreground until interrupted."""
        self._server.serve_forever()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_details):
        self.stop()
