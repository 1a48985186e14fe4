# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import loket_payslip
from . import loket_payslip_fetch
from . import ir_ui_menu
