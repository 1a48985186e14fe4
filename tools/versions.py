# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every version that `./dev` fetches, but for Python packages (requirements.txt)."""

ODOO_SERIES = "19.0"
ODOO_PACKAGE = ("odoo-19", "19.0.0+dfsg-1", "sid")

# Odoo's Debian package links some files of its web client to these packages.
# Suite "bookworm" for Font Awesome: sid has version 7, whose files have other names.
WEB_PACKAGES = (
    ("libjs-jquery", "3.7.1+dfsg+~3.5.33-1", "sid"),
    ("libjs-underscore", "1.13.8~dfsg+~1.13.0-1", "sid"),
    ("libjs-jquery-form", "12-4", "sid"),
    ("fonts-roboto-unhinted", "2:3.016-1", "sid"),
    ("fonts-inconsolata", "3.001+ds-1", "sid"),
    ("fonts-font-awesome", "5.0.10+really4.7.0~dfsg-4.1", "bookworm"),
)

# What the addon needs, and the two bridges that bring time off into timesheets.
TEMPLATE_MODULES = (
    "hr_timesheet",
    "hr_work_entry",
    "project_timesheet_holidays",
    "hr_work_entry_holidays",
)
ADDON = "l10n_nl_loket"
#: The second addon: its work as jobs of OCA's queue_job.
QUEUE_JOB_ADDON = "l10n_nl_loket_queue_job"
#: Further kinds of booking, each an addon with tests of its own.
KIND_ADDONS = ("l10n_nl_loket_hr_attendance", "l10n_nl_loket_hr_expense")
ADDONS = (ADDON, QUEUE_JOB_ADDON, *KIND_ADDONS)
