# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import job
from . import loket_connection
from . import loket_employee
from . import loket_export
from . import loket_payslip
from . import loket_sync_run
