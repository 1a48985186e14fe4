# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The operations of Loket's SOAP service that the addon calls."""

from ...words import _lt

LOG_IN = "LogIn"
#: By the name in the service description: what it is called for, in words.
PURPOSES = {
    LOG_IN: _lt("connect"),
    "GetEmployers": _lt("read employers"),
    "GetPayrollAdministrations": _lt("read payroll administrations"),
    "GetCostCenters": _lt("read cost centers and distribution units"),
    "GetPayrollComponents": _lt("read payroll components"),
    "GetPayrollPeriods": _lt("read payroll periods"),
    "GetEmployees": _lt("read employees"),
}


def title(operation: str) -> str:
    """The call in words, with its name in the service description."""
    return _lt(
        "%(purpose)s (%(operation)s)", purpose=PURPOSES[operation], operation=operation
    )
