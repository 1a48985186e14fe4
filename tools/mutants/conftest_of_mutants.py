# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The conftest.py of the folder that mutmut works in.

Every mutant has the same examples, so that a verdict does not change by itself.
"""

import importlib
import pkgutil
import sys

from hypothesis import HealthCheck, settings

from odoo.addons.l10n_nl_loket import payroll_file

# The tests of the file format know it by this name; it must be the one that is mutated.
sys.modules["payroll_file"] = payroll_file
for module in pkgutil.iter_modules(payroll_file.__path__):
    mutated = importlib.import_module(f"{payroll_file.__name__}.{module.name}")
    sys.modules[f"payroll_file.{module.name}"] = mutated


def pytest_collection():
    """After the conftest.py of the tests, which has a profile of its own."""
    # One process runs the tests again and again, each time on new objects.
    repeated = HealthCheck.differing_executors
    settings.register_profile(
        "mutants",
        settings.default,
        derandomize=True,
        database=None,
        suppress_health_check=[*settings.default.suppress_health_check, repeated],
    )
    settings.load_profile("mutants")
