# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The normal hours of people on a fixed salary, which Loket pays by itself.

Sending these hours can pay them twice, or lower the wage to the hours that were sent;
leaving out those of somebody whom Loket does not pay by itself leaves work unpaid. So
a person answers, once; overtime, leave and allowances go whatever the answer.
"""

from typing import Literal

from ..payroll_file import component_number
from .bookings import Booking, Rules
from .jobs import Job

Answer = Literal["send", "leave_out"]


def answer_of(booking: Booking, job: Job, rules: Rules) -> Answer | None:
    """What becomes of a booking; None: nobody has answered yet.

    :param job: the employment that pays it
    """
    if not (job.salaried and booking.is_hours and booking.source in rules.normal_hours):
        return "send"
    return _answer(job, rules)


def is_left_to_loket(
    employee: int, payroll_number: int, component: int, rules: Rules
) -> bool:
    """Whether a cell of a file would hold hours that Loket pays by itself now.

    Such a cell of an earlier file is to be emptied in Loket; a 0 would replace the
    hours of the fixed salary.
    """
    normal = {component_number(rules.codes.get(item)) for item in rules.normal_hours}
    return component in normal and any(
        job.salaried and _answer(job, rules) == "leave_out"
        for job in rules.jobs.get(employee, ())
        if job.connection == rules.connection and job.payroll_number == payroll_number
    )


def _answer(job: Job, rules: Rules) -> Answer | None:
    return job.salaried_hours or rules.salaried_hours
