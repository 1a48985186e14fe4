# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class LoketAdministrationWizard(models.TransientModel):
    """Lets a person pick the employer, then the administration, that Loket offers."""

    _name = "loket.administration.wizard"
    _description = "Choose a Loket Administration"
    _inherit = "loket.walls"

    connection_id = fields.Many2one(
        "loket.connection", required=True, ondelete="cascade", readonly=True
    )
    employer_ref = fields.Char(readonly=True)
    employer_name = fields.Char(readonly=True)
    choice_ids = fields.One2many("loket.administration.choice", "wizard_id")

    def _offer_employers(self):
        """Offer the employers; with one only, its administrations at once.

        :raise UserError: there is none
        :raise LoketError: Loket refused, or did not answer well
        """
        employers = self._gateway().employers()
        if not employers:
            raise UserError(
                self.env._(
                    "The Loket user has no employer. Give the user access to one in "
                    "Loket, and try again."
                )
            )
        if len(employers) == 1:
            self._offer_administrations(employers[0].ref, employers[0].name)
            return
        self._offer(
            [{"ref": employer.ref, "name": employer.name} for employer in employers]
        )

    def _offer_administrations(self, employer_ref, employer_name):
        """Offer the administrations of an employer.

        :raise UserError: there is none
        :raise LoketError: Loket refused, or did not answer well
        """
        self.employer_ref = employer_ref
        self.employer_name = employer_name
        administrations = self._gateway().administrations(employer_ref)
        if not administrations:
            raise UserError(
                self.env._(
                    "%(employer)s has no payroll administration that the Loket user "
                    "may see.",
                    employer=employer_name,
                )
            )
        self._offer(
            [
                {
                    "ref": administration.ref,
                    "name": administration.name,
                    "client_number": administration.client_number,
                    "period_type": administration.period_type,
                }
                for administration in administrations
            ]
        )

    def _offer(self, choices):
        """Replace what is offered: a list of field values of the choices."""
        self.choice_ids.unlink()
        self.env["loket.administration.choice"].create(
            [{**choice, "wizard_id": self.id} for choice in choices]
        )

    def _gateway(self):
        self.connection_id.check_access("write")
        return self.connection_id._gateway()

    def _window_action(self):
        """Show what there is to choose, in a window over the connection."""
        return {
            **self.get_formview_action(),
            "name": self.env._("Choose the administration")
            if self.employer_ref
            else self.env._("Choose the employer"),
            "target": "new",
        }
