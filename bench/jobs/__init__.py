# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The jobs, one file each. ``rows(bench)`` yields each ``Row`` once its data is there.

The data of a row has to stand until the next one is asked for.
"""

#: In the order of the table.
JOBS = (
    "importing",
    "night",
    "preview",
    "late",
    "suggestions",
    "push",
    "lists",
    "beyond",
    "growth",
)
#: In how many parts a job is measured, where that is not in one go.
PARTS = {"growth": {"tiny": 2, "small": 4, "medium": 2, "full": 6}}
