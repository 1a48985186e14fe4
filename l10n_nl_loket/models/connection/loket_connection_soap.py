# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ...gateway import soap


class LoketConnection(models.Model):
    _inherit = "loket.connection"

    def _loket_connect_soap(self, username, password, environment_code):
        """Trade the credentials of a web service user for a link key, and keep that.

        User name and password are used here and nowhere kept. Refused, the connection
        stays as it was.

        :raise LoketError: with a sentence for the person who typed them
        """
        self.ensure_one()
        self.check_access("write")
        key = soap.log_in(self.wsdl_url, username, password, environment_code)
        self.env["loket.token"]._write_secret(self, {"link_key": key})
        self._is_connected()

    def _gateway(self):
        if self.protocol != "soap":
            return super()._gateway()
        return soap.SoapGateway(
            wsdl_url=self.wsdl_url,
            link_key=self.env["loket.token"]._link_key(self),
        )
