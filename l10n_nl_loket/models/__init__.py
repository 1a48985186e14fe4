# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import account_analytic_line
from . import hr_department
from . import hr_employee
from . import hr_wage_component
from . import hr_wage_entry
from . import hr_work_entry_type
from . import loket_list_mixin
from . import loket_connection
from . import loket_connection_fetch
from . import loket_connection_oauth
from . import loket_connection_soap
from . import loket_connection_steps
from . import loket_connection_threshold
from . import loket_token
from . import loket_cost_center
from . import loket_component
from . import loket_department_mapping
from . import loket_component_mapping
from . import loket_employee
from . import loket_sync_run
from . import loket_sync_run_line
from . import loket_export
from . import loket_export_left_out
from . import loket_export_line
from . import loket_export_source
from . import project_project
