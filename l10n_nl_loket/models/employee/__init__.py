# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import loket_employee
from . import loket_employee_person
from . import loket_employee_suggestion
from . import loket_employee_decision
from . import loket_employee_add
from . import loket_employee_queue
from . import loket_employee_update
from . import loket_employee_check
from . import loket_employee_clash
from . import employee_lookup
from . import hr_employee
