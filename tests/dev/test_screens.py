# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What holds of every screen, by its XML."""

import xml.etree.ElementTree as ET

import pytest

from tools.paths import REPO
from tools.versions import ADDON

SCREENS = sorted(
    path
    for folder in ("views", "wizard", "static/src")
    for path in (REPO / ADDON / folder).glob("*.xml")
)


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.name)
def test_each_button_says_what_it_does(path):
    # Odoo makes a tooltip of a title, and of that no name for who can't see it.
    for node in ET.parse(path).iter():
        if node.tag in ("button", "ViewButton"):
            said = node.get("string") or "".join(node.itertext()).strip()
            fields = node.find(".//field") is not None or node.get("t-att-aria-label")
            assert said or fields, node.attrib
