# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import loket_sync_run
from . import loket_sync_run_line
from . import loket_sync_run_night
from . import loket_sync_run_plan
from . import loket_sync_run_quiet
from . import loket_sync_run_tell
from . import res_config_settings
