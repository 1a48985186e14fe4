# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a process loads before anybody asks Loket anything."""

import subprocess
import sys

from tools.paths import REPO

#: Each prints whether zeep is there; the addon's models come with the addon itself.
STEPS = """
import sys
import odoo.addons
odoo.addons.__path__.append(sys.argv[1])
from odoo.addons.l10n_nl_loket import gateway
from odoo.addons.l10n_nl_loket.gateway import soap
from odoo.addons.l10n_nl_loket import models
print("zeep" in sys.modules)
try:
    gateway.log_in("https://example.com/?wsdl", "user", "", "code")
except gateway.LoketRefused:
    print("zeep" in sys.modules)
soap.SoapGateway(wsdl_url="https://example.com/?wsdl", link_key="key")
print("zeep" in sys.modules)
"""


def test_zeep_is_loaded_for_the_first_soap_gateway_only():
    output = subprocess.run(
        [sys.executable, "-c", STEPS, str(REPO)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert output.split() == ["False", "False", "True"]
