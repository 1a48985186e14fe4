# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Let plain Python tests import parts of the addon without a database."""

import sys

from hypothesis import HealthCheck, settings

import odoo.addons

from tools.paths import REPO

# How fast a machine makes examples says nothing of the code under test.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

if str(REPO) not in odoo.addons.__path__:
    odoo.addons.__path__.append(str(REPO))
sys.dont_write_bytecode = True
