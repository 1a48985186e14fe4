# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Netherlands - Loket.nl Payroll: Attendance",
    "summary": "Hours of Odoo's attendance go along in the payroll file",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Payroll",
    "license": "LGPL-3",
    "author": "l10n_nl_loket contributors",
    # No "website": there is no public page of this addon yet.
    "development_status": "Alpha",
    "depends": ["l10n_nl_loket", "hr_attendance"],
    "data": [
        "security/ir.model.access.csv",
        "views/hr_attendance_views.xml",
        "views/loket_component_mapping_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
