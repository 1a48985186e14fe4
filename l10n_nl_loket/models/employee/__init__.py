# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import loket_employee
from . import loket_employee_waiting
from . import loket_employee_identity
from . import loket_shared_number
from . import loket_employee_transfer
from . import loket_employee_decision
from . import hr_employee
from . import hr_version
from . import resource_resource
