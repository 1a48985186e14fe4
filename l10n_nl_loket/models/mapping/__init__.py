# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import loket_list_mixin
from . import loket_cost_center
from . import loket_component
from . import loket_department_mapping
from . import loket_component_mapping
from . import hr_department
from . import hr_work_entry_type
