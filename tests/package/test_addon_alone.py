# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon's own tests, in a folder with nothing of this repository beside it."""

import shutil

from tools import ports, wheel
from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

TALKATIVE = ["--no-http", "--max-cron-threads=0", "--log-level=test"]
#: Tests that need no more than the addon, and tests that need the sandbox.
ALONE, WITH_SANDBOX = "TestMapping", "TestTwoConnections"


def test_they_run_or_say_in_one_line_why_not(new_database, tmp_path):
    addons = tmp_path / "addons"
    for name in wheel.files_of_addon(tests=True):
        (addons / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPO / name, addons / name)
    alone = Installation(new_database("alone"), tmp_path, addons=addons)
    wanted = ",".join(f"/{ADDON}:{name}" for name in (ALONE, WITH_SANDBOX))

    log = alone.odoo(
        *("-d", alone.name, "-i", ADDON, "--stop-after-init", *TALKATIVE),
        # To run tests, Odoo listens all the same.
        *("--http-port", str(ports.free_port(0))),
        *("--test-enable", "--test-tags", wanted),
        log=True,
    )

    assert f"{ALONE}.test_" in log
    (skipped,) = (line for line in log.splitlines() if WITH_SANDBOX in line)
    assert "skipped" in skipped and "needs the sandbox Loket" in skipped
    assert "0 failed, 0 error(s)" in log
