# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is wrong with a payroll file."""

from collections.abc import Iterable


class PayrollFileError(ValueError):
    """A file that Loket would refuse. ``faults`` lists everything at once.

    :param faults: one sentence for each thing that is wrong
    """

    def __init__(self, faults: Iterable[str]):
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))
