# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev bench`: what the work costs, held against the least that it could cost.

Each job is a file in `jobs/`. It measures our way and a bound, in turn and in the same
process: the same pages by a bare HTTP client, one SQL aggregate, a bare batched create.
The ratio of both says more than seconds do, for those are of one machine.
"""

import odoo.addons

from tools.paths import REPO

if str(REPO) not in odoo.addons.__path__:
    odoo.addons.__path__.append(str(REPO))
