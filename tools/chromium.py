# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Debian's Chromium, for the tours and the pictures."""

import os
import shutil
import subprocess

MISSING = "Chromium is not here: install Debian's package chromium"


def ensure():
    """The path of Chromium, installed where root may; None when it can't be had."""
    found = shutil.which("chromium")
    if found or os.geteuid() or not shutil.which("apt-get"):
        return found
    for command in ("update", "install"):
        packages = ["chromium"] if command == "install" else []
        subprocess.run(
            ["apt-get", "-qq", "-y", command, *packages],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    return shutil.which("chromium")
