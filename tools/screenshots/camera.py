# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A browser that takes pictures in the session of a client of Odoo."""

import io

from PIL import Image

from .. import browser

WIDE = {"viewport": {"width": 1280, "height": 860}}
NARROW = {
    "viewport": {"width": 400, "height": 860},
    "is_mobile": True,
    "has_touch": True,
}
#: Milliseconds in which a screen of the web client is drawn, pictures included.
DRAWN = 2500
#: What a screen of Odoo has, and how long it may take, in milliseconds.
SCREEN = ".o_action_manager .o_content, .modal .o_content, .modal-body"
PATIENCE = 60_000
#: Screens have few colours: a palette makes the picture a third as large.
COLOURS = 160


class Camera:
    """``take`` as often as there are screens."""

    def __init__(self, chromium, client, narrow=False):
        self._client = client
        window = NARROW if narrow else WIDE
        self._page = browser.session(chromium, client, **window).new_page()

    def take(self, screens, folder):
        """Save a picture of each of ``screens``: {name: Screen}."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, screen in screens.items():
            address = screen.address
            if address.startswith("/"):
                address = f"{self._client.url}{address}"
            self._page.goto(address)
            if address.startswith(self._client.url):
                # On a busy machine the page alone is no screen yet.
                self._page.wait_for_selector(SCREEN, timeout=PATIENCE)
            self._page.wait_for_timeout(DRAWN)
            for selector in screen.clicks:
                self._page.click(selector)
                self._page.wait_for_timeout(DRAWN)
            self._page.locator(screen.show).first.scroll_into_view_if_needed()
            picture = Image.open(io.BytesIO(self._page.screenshot()))
            picture.convert("RGB").quantize(COLOURS).save(
                folder / f"{name}.png", optimize=True
            )
