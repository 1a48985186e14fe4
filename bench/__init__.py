# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev bench`: how the work grows, as ratios measured in one run.

Four times as many employees or hours should take about four times as long, and must not
take four times as many HTTP calls or queries to read. No number here is a promise.
"""

import odoo.addons

from tools.paths import REPO

odoo.addons.__path__.append(str(REPO))
