# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import loket_connection
from . import loket_connection_link
from . import loket_connection_fetch
from . import loket_connection_progress
from . import loket_connection_steps
from . import loket_token
from . import loket_period
from . import res_config_settings
