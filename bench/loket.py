# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A sandbox Loket in a process of its own, and a client that does nothing but ask."""

import json
import subprocess
import sys

import requests

from tools.paths import REPO

#: Seconds that something of the sandbox may take.
PATIENCE = 600


class Loket:
    """A running sandbox. Use as a context manager.

    :param options: of ``python -m sandbox``
    """

    def __init__(self, people, *options):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--port", "0"]
            + ["--employees", str(people), *options],
            cwd=REPO,
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The sandbox does not start")
        self.url = line.split()[-1]
        self._session = requests.Session()

    def __enter__(self):
        return self

    def __exit__(self, *_details):
        self._process.terminate()
        self._process.wait()

    def ask(self, method, path, **options):
        """What ``/_sandbox/PATH`` answers, as a value."""
        url = f"{self.url}/_sandbox/{path}"
        response = self._session.request(method, url, timeout=PATIENCE, **options)
        response.raise_for_status()
        return response.json()

    def requests(self):
        """What was asked of Loket, as "METHOD path"."""
        return self.ask("GET", "requests")

    def count(self):
        """How many requests of Loket there were."""
        return self.ask("GET", "requests/count")

    def latency(self, seconds):
        """Let each answer of Loket wait, until this is called with 0."""
        self.ask("DELETE", "faults")
        if seconds:
            fault = {"name": "latency", "value": seconds}
            self.ask("POST", "faults", json=fault)

    def offices(self):
        """The administrations, without their staff."""
        return self.ask("GET", "company", params={"staff": "0"})

    def token(self):
        """A token response."""
        return self.ask("POST", "token")


class Bare:
    """A client that asks for pages and parses them, one after the other.

    :param loket: a ``Loket``
    """

    def __init__(self, loket):
        self._url = f"{loket.url}/v2"
        self._session = requests.Session()
        token = loket.token()["access_token"]
        self._session.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method, path, version="2018-01-01", more=None, **options):
        """The body of one answer, parsed.

        :param more: headers beside the usual ones
        """
        response = self._session.request(
            method,
            self._url + path,
            timeout=PATIENCE,
            headers={"Accept": f"application/json;version={version}", **(more or {})},
            **options,
        )
        response.raise_for_status()
        return json.loads(response.content) if response.content else None

    def pages(self, path, version="2018-01-01", size=250, **params):
        """All rows of a list; nothing is kept but what is given."""
        number, last = 0, 1
        while number < last:
            number += 1
            page = {**params, "pageNumber": number, "pageSize": size}
            body = self.ask("GET", path, version, params=page)
            last = body["totalPages"]
            yield from body["_embedded"]
