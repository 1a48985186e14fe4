# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Let plain Python tests import parts of the addon without a database."""

import sys

import odoo.addons

from tools.paths import REPO

if str(REPO) not in odoo.addons.__path__:
    odoo.addons.__path__.append(str(REPO))
sys.dont_write_bytecode = True
