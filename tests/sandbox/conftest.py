# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A fresh sandbox per test, and a client that keeps the contract."""

import pytest
import requests

from sandbox.server import Sandbox

VERSION = "application/json;version=2026-01-01"


class Client:
    """Calls the sandbox as an application that has been given access."""

    def __init__(self, server):
        self.server = server
        self.token = server.issue_tokens()["access_token"]

    def get(self, path, *, accept=VERSION, **params):
        """Return the reply to a GET of a path under /v2."""
        return self.request("get", path, accept=accept, params=params)

    def request(self, method, path, *, accept=VERSION, **options):
        """Return the reply to a request of a path under /v2."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if accept:
            headers["Accept"] = accept
        return requests.request(
            method, self.server.api_url + path, headers=headers, timeout=5, **options
        )


@pytest.fixture
def loket():
    """A sandbox with 25 employees."""
    with Sandbox() as server:
        yield server


@pytest.fixture
def client(loket):
    """A client with an access token."""
    return Client(loket)


@pytest.fixture
def upload(loket):
    """Upload bytes on the page; keywords change the fields of the dialog."""

    def send(data, **fields):
        form = {
            "administratie": "5555",
            "jaar": "2026",
            "periode": "1",
            "bestandstype": "CSV",
            "actie": "Overschrijven",
            "verdelingseenheid": "Ja",
            **fields,
        }
        return requests.post(
            f"{loket.url}/collectieve-mutaties",
            data=form,
            files={"bestand": ("loket_5555_2026_1.csv", data)},
            timeout=5,
        )

    return send


@pytest.fixture
def imported(loket):
    """Return the imported cells as a set of tuples."""

    def read():
        url = f"{loket.url}/_sandbox/payroll-period-data"
        cells = requests.get(url, timeout=5).json()["cells"]
        names = ("payroll_number", "shift", "distribution_unit", "component", "value")
        return {tuple(cell[name] for name in names) for cell in cells}

    return read
