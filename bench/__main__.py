# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run by `./dev bench`, inside the virtual environment."""

import os
import subprocess
import time
from decimal import Decimal
from pathlib import Path

from odoo.addons.l10n_nl_loket.gateway import RestGateway, TokenSet
from odoo.addons.l10n_nl_loket.payroll_file import Key, collect, write

from sandbox.server import Sandbox
from tests.gateway.loket_stub import MemoryTokens
from tools import database, odoo, postgres

DATABASE = "loket_bench"
SMALL, LARGE = 50, 200
NEVER = 9e9  # seconds since 1970


def _seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _line(what, small, large):
    print(f"{what:<52}{small:>10.4g}{large:>10.4g}{large / small:>9.2f}x")


def _gateway(people):
    """(HTTP calls, seconds) of reading all employments of an administration."""
    with Sandbox(port=0, employees=people) as loket:
        employer = loket.company.employers[0]
        issued = loket.issue_tokens()["access_token"]
        token = TokenSet(access_token=issued, expires_at=NEVER)
        gateway = RestGateway(
            local=True,
            api_url=loket.api_url,
            oauth_url=loket.oauth_url,
            client_id="odoo",
            client_secret="sandbox-secret",
            tokens=MemoryTokens(token),
        )
        refs = employer.id, employer.administrations[0].id
        spent = _seconds(lambda: gateway.employments(*refs))
        return len(loket.requests), spent


def _file(rows):
    """Seconds to put together a file of that many rows and write it."""
    values = [
        (
            Key(client_number=5555, payroll_number=number, shift=1),
            code,
            Decimal("7.335"),
        )
        for number in range(1, rows + 1)
        for code in (1, 30, 120)
    ]
    return _seconds(lambda: write(collect(values)))


def main():
    head = f"{SMALL} and {LARGE} employees"
    print(f"{head:<52}{'small':>10}{'large':>10}{'ratio':>10}")
    few, many = _gateway(SMALL), _gateway(LARGE)
    _line("read employments: HTTP calls", few[0], many[0])
    _line("read employments: seconds", few[1], many[1])
    _line("write a file of 1,000 and 4,000 rows: s", _file(1000), _file(4000))
    postgres.ensure()
    odoo.configure()
    database.create(DATABASE)
    script = Path(__file__).with_name("in_odoo.py").read_text()
    found = [_in_odoo(people, script) for people in (SMALL, LARGE)]
    for what in found[0]:
        _line(what, found[0][what], found[1][what])


def _in_odoo(people, script):
    """{what: number} that the script prints, with a sandbox of that many people."""
    with Sandbox(port=0, employees=people) as loket:
        quiet = ["--no-http", "--log-level=error", "--log-handler=py.warnings:ERROR"]
        answer = subprocess.run(
            odoo.command("shell", "-d", DATABASE, *quiet),
            input=script,
            env={**os.environ, "LOKET": loket.url},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    lines = (line.rpartition("=") for line in answer.splitlines() if "=" in line)
    return {what: float(number) for what, _sign, number in lines}


if __name__ == "__main__":
    main()
