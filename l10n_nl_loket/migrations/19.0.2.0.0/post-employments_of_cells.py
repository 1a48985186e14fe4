# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of which employment in Loket each cell of a file is, was not kept.

Where a number is of one employment only it is certain; the others stay empty, and are
told when their file is sent or compared.
"""


def migrate(cr, version):
    cr.execute(
        """
        WITH known AS (
            SELECT connection_id, employee_id, payroll_number,
                   MIN(employment_ref) AS ref
              FROM loket_employee
             WHERE employee_id IS NOT NULL AND payroll_number > 0
               AND former_administration_ref IS NULL
             GROUP BY connection_id, employee_id, payroll_number
            HAVING COUNT(*) = 1
        )
        UPDATE loket_export_line line
           SET employment_ref = known.ref
          FROM known
         WHERE line.employment_ref IS NULL
           AND line.connection_id = known.connection_id
           AND line.employee_id = known.employee_id
           AND line.payroll_number = known.payroll_number
        """
    )
