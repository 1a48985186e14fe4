# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which payslips employees may see, and when somebody's are to be asked for again."""

from collections.abc import Collection, Iterable
from datetime import date

from ..gateway.records import PayrollRun, Payslip
from .quiet import digest

#: The status of a payroll run that was approved.
APPROVED = 9


def runs_to_show(runs: Iterable[PayrollRun], today: date) -> dict[str, PayrollRun]:
    """The runs whose payslips employees may see, by reference.

    Loket lists payslips of approved runs before that day too, so they are held back
    here; without a day they are not to be seen yet.
    """
    return {
        run.ref: run
        for run in runs
        if run.status == APPROVED and run.available_on and run.available_on <= today
    }


def is_undone(approved: str | None, run: PayrollRun | None) -> bool:
    """Whether a payslip is of a run that is undone, gone, put off, or approved anew.

    :param approved: when the run of the payslip was approved; None: not known
    :param run: the one under its reference, whose payslips may be seen; None: none
    """
    return run is None or bool(approved and run.approved and approved != run.approved)


def question(runs: Iterable[PayrollRun], today: date) -> str:
    """What is asked of each employment: once for the same runs, and once a week.

    Year-end statements come without a run that tells of them.

    :param runs: those whose payslips may be seen
    """
    year, week, _day = today.isocalendar()
    return digest(sorted((run.ref, run.approved or "") for run in runs), year, week)


def to_show(payslips: Iterable[Payslip], refs: Collection[str]) -> list[Payslip]:
    """Those that the employee may see; of a test year nothing was paid.

    :param refs: of the runs whose payslips may be seen
    """
    return [slip for slip in payslips if slip.run_ref in refs and not slip.is_test]
