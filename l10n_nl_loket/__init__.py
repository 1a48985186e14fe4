# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import models, wizard, controllers


def uninstall_hook(env):
    """Take away the triggers of ``loket.booking.mark``: timesheets go on without."""
    env.cr.execute("DROP FUNCTION IF EXISTS loket_booking_mark() CASCADE")
