# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo as a browser sees it: a session, the methods that the screens call, pages."""

import re
import time

import requests

TIMEOUT = 120  # seconds


class OdooError(Exception):
    """What Odoo would show in a dialog."""


class Odoo:
    """One person's session."""

    def __init__(self, url, database):
        self.url = url
        self.database = database
        self.session = requests.Session()

    def wait(self, process, seconds=120):
        """Wait until the server answers; give up when its process ends."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if self.session.get(f"{self.url}/web/health", timeout=5).ok:
                    return
            except requests.RequestException:
                time.sleep(0.3)
        raise OdooError(f"Odoo does not answer on {self.url}; its log is above")

    def login(self, login, password):
        """Open the session."""
        values = {"db": self.database, "login": login, "password": password}
        self._post("/web/session/authenticate", values)
        return self

    def call(self, model, method, *arguments, **options):
        """Call a public method, as the web client does."""
        values = {
            "model": model,
            "method": method,
            "args": list(arguments),
            "kwargs": options,
        }
        return self._post(f"/web/dataset/call_kw/{model}/{method}", values)

    def create(self, model, values):
        """Create one record and return its id."""
        return self.call(model, "create", [values])[0]

    def find(self, model, domain, fields=("id",), **options):
        """Search and read."""
        return self.call(model, "search_read", domain, fields=list(fields), **options)

    def ref(self, xmlid):
        """The id behind an external id."""
        module, _dot, name = xmlid.partition(".")
        domain = [("module", "=", module), ("name", "=", name)]
        return self.find("ir.model.data", domain, ["res_id"])[0]["res_id"]

    def connect(self, connection, **credentials):
        """Post the form for credentials; returns the address to go on to, if any."""
        page = self.session.get(f"{self.url}/odoo", timeout=TIMEOUT).text
        answer = self.session.post(
            f"{self.url}/loket/credentials",
            data={
                "csrf_token": re.search(r'csrf_token: "([^"]+)"', page)[1],
                "connection_id": connection,
                **credentials,
            },
            timeout=TIMEOUT,
        ).json()
        if "message" in answer:
            raise OdooError(answer["message"])
        return answer["action"].get("url")

    def consent(self, address, user, password):
        """Go where "Connect" sends the browser, agree there and come back."""
        page = self.session.get(address, timeout=TIMEOUT)
        fields = dict(
            re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        )
        fields.update(username=user, password=password, decision="allow")
        form = address.partition("?")[0]
        answer = self.session.post(form, data=fields, timeout=TIMEOUT)
        if not answer.ok or not answer.url.startswith(self.url):
            raise OdooError(f"consent ended at {answer.url} ({answer.status_code})")

    def _post(self, path, values):
        answer = self.session.post(
            f"{self.url}{path}",
            json={"jsonrpc": "2.0", "method": "call", "params": values},
            timeout=TIMEOUT,
        ).json()
        if "error" in answer:
            data = answer["error"]["data"]
            raise OdooError(f"{path}: {data['message'] or data['debug']}")
        return answer.get("result")  # nothing is no key, in JSON-RPC of Odoo
