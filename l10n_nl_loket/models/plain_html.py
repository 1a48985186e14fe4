# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup


def plain_html(text):
    """A text for a field of HTML, in which it stays text.

    Names and words come from Loket. ``odoo.tools.plaintext2html`` would make a live
    link of an address in them, which a message shows as an image.
    """
    return Markup("<p>%s</p>") % Markup("<br/>").join(text.splitlines())
