# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import loket_export
from . import loket_export_source
from . import loket_export_refresh
from . import loket_export_preview
from . import loket_export_delivered
from . import loket_export_watch
from . import loket_export_kept
from . import loket_export_part
from . import what_rules_read
from . import loket_export_make
from . import loket_export_send
from . import loket_export_push
from . import loket_export_sending
from . import loket_export_recipient
from . import loket_export_line
from . import loket_export_late
from . import loket_export_remark
from . import loket_export_total
from . import loket_export_left_out
from . import loket_export_warning
from . import loket_export_change
from . import loket_hours_report
from . import loket_hours_person
from . import ir_attachment
