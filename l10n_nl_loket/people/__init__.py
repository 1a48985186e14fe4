# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is who, and what Loket told of them. Plain Python: values in, decisions out."""
