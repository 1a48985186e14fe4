# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A browser that Python drives: Debian's Chromium, by Playwright."""

import importlib
import subprocess
from contextlib import contextmanager

from . import chromium
from .build import lock
from .paths import PYTHON, REPO
from .report import Missing, step

NEEDED = REPO / "tools" / "browser.txt"


def ensure():
    """Install Playwright; the path of Chromium.

    :raise Missing: Chromium is not here, and can't be had
    """
    path = chromium.ensure()
    if not path:
        raise Missing(chromium.MISSING)
    with lock("browser"), step("Playwright"):
        pip = [PYTHON, "-m", "pip", "install", "-q", "--no-deps", "-r", NEEDED]
        subprocess.run(pip, check=True)
    importlib.invalidate_caches()
    return path


@contextmanager
def running():
    """Give the browser, in which pages can be opened."""
    path = ensure()
    from playwright.sync_api import sync_playwright  # it may just have been installed

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


def session(browser, client, **window):
    """A window in which somebody is logged in.

    :param client: a client of Odoo with an open session
    :param window: how large it is, and the like
    """
    context = browser.new_context(timezone_id="Europe/Brussels", **window)
    cookie = client.session.cookies["session_id"]
    context.add_cookies([{"name": "session_id", "value": cookie, "url": client.url}])
    return context
