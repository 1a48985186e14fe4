# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import formatLang
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What a person reads of each reason; it may name every field of ``_words`` below.
SENTENCES: dict = {}


class LoketExportRemark(models.Model):
    """What a clerk is to know of what is in a payroll file. It stops nothing."""

    _name = "loket.export.remark"
    _description = "Remark of a Loket Payroll File"
    _order = "export_id, reason, name, id"

    export_id = fields.Many2one(
        "loket.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    reason = fields.Char(required=True)
    employee_id = fields.Many2one("hr.employee", ondelete="cascade", index=True)
    employment_id = fields.Many2one("loket.employee", ondelete="set null")
    name = fields.Char(string="Whom it is about")
    detail = fields.Char(help="Which day, hour type, component, department or file.")
    hours = fields.Float(digits=(16, 2))
    value = fields.Float(
        digits=(16, 2), help="The value of wage entries, in the component's unit."
    )

    @api.depends("reason", "name", "detail", "hours", "value")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for remark in self:
            sentence = SENTENCES.get(remark.reason)
            # A reason of an addon that is no longer there has no words.
            words = self.env._(sentence) if sentence else "%(detail)s"
            remark.display_name = words % remark._words()

    def _words(self):
        """What a sentence may name; numbers as this reader writes them."""
        return {
            "name": self.name or "",
            "detail": self.detail or "",
            "hours": formatLang(self.env, self.hours),
            "value": formatLang(self.env, self.value),
        }
