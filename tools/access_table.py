# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev access`: try who may do what, and write it in `docs/access.md`."""

import os

from . import testing
from .versions import ADDON

#: Tells the test to write the page in place of comparing with it.
WRITES = "LOKET_ACCESS_TABLE"


def run(arguments):
    """Run the test of the table, which writes it first; arguments go to pytest."""
    os.environ[WRITES] = "1"
    return testing.run([f"{ADDON}/tests/test_access_table.py", *arguments])
