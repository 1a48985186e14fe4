# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``python -m sandbox`` starts, tells where it is, and stops when asked."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from sandbox.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


def test_it_serves_where_it_says_and_stops():
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--employees", "6"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        url = re.search(r"http\S+", process.stdout.readline())[0]
        company = requests.get(f"{url}/_sandbox/company", timeout=5).json()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert len(company[0]["staff"]) == 6


def test_an_unknown_fault_ends_it_with_the_known_ones():
    with pytest.raises(SystemExit, match="Unknown fault 'gremlins'; choose from lat"):
        main(["--port", "0", "--fault", "gremlins"])
