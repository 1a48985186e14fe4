# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import at_once
from . import walls
from . import walls_asked
from . import sentence
from . import ir_http
from . import booking
from . import connection
from . import mapping
from . import employee
from . import sync
from . import export
from . import payslip
