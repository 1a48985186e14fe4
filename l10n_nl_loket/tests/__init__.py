# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access
from . import test_address
from . import test_dutch
from . import test_employee_check
from . import test_employee_form
from . import test_employee_lookup
from . import test_employees
from . import test_export
from . import test_export_access
from . import test_export_send
from . import test_failed_decisions
from . import test_hour_type
from . import test_many_employees
from . import test_mapping
from . import test_night
from . import test_oauth
from . import test_one_person
from . import test_other_administration
from . import test_rehire
from . import test_soap_connection
from . import test_sync_cron
from . import test_telling
from . import test_token
from . import test_tours
from . import test_two_connections
from . import test_wizard_access
