# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import account_analytic_line
from . import project_project
from . import project_task
from . import hr_wage_component
from . import hr_wage_entry
from . import hr_wage_entry_import
from . import hr_wage_entry_recurring
from . import hr_wage_entry_turn
from . import loket_booking
from . import loket_booking_mark
from . import loket_time_off
