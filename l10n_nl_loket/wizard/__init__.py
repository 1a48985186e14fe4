# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import loket_administration_choice
from . import loket_administration_wizard
from . import loket_connect_wizard
from . import loket_copy_wizard
from . import loket_employee_link_wizard
from . import loket_export_wizard
from . import loket_make_choice
from . import loket_make_wizard
from . import loket_hours_choice
from . import loket_ready_wizard
from . import loket_remind_wizard
