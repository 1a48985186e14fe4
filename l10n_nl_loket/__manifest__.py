# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Netherlands - Loket.nl Payroll",
    "summary": "Import employees from Loket.nl and turn timesheets into payroll files",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Payroll",
    "license": "LGPL-3",
    "author": "l10n_nl_loket contributors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/l10n-netherlands",
    "countries": ["nl"],
    "depends": ["hr_timesheet", "hr_work_entry", "mail"],
    "data": [
        "security/security.xml",
        "security/ir.model.access.csv",
        "views/timesheet_views.xml",
    ],
}
