# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import models


def uninstall_hook(env):
    """Take away the codes of expense categories: a line is of something."""
    # As superuser, of all companies: what they map is gone.
    lines_sudo = env["loket.component.mapping"].sudo()
    lines_sudo.search([("product_id", "!=", False)]).unlink()
