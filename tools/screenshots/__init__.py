# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev screenshots`: the pictures of the manual, taken from the demonstration."""

import argparse
import subprocess
import tempfile
from pathlib import Path

from .. import chromium, database, odoo, postgres
from ..demo import job, services
from ..paths import PYTHON, REPO
from ..report import Missing, step

DATABASE = "loket_screenshots"
IMAGES = REPO / "docs" / "manual" / "images"
SIZE = {"width": 1280, "height": 860}
#: Milliseconds in which a screen of the web client is drawn, pictures included.
DRAWN = 2500
ACTION = "/odoo/action-l10n_nl_loket.action_"


def run(arguments):
    """Do the job of the demonstration, then take a picture of each screen."""
    parser = argparse.ArgumentParser("./dev screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder of the images")
    options = parser.parse_args(arguments)
    browser = chromium.ensure()
    if not browser:
        raise Missing(chromium.MISSING)
    needed = Path(__file__).with_name("requirements.txt")
    with step("Playwright"):
        pip = [PYTHON, "-m", "pip", "install", "-q", "--no-deps", "-r", needed]
        subprocess.run(pip, check=True)
    postgres.ensure()
    odoo.configure()
    database.create(DATABASE, demo=True)
    options.out.mkdir(parents=True, exist_ok=True)
    with (
        services.mail_catcher() as (smtp_port, messages),
        services.sandbox() as loket,
        services.running_odoo(DATABASE, smtp_port) as client,
        tempfile.TemporaryDirectory() as results,
    ):
        client.login("admin", "admin")
        job.do(client, loket, messages, Path(results), "rest")
        with step("Pictures"):
            _take(browser, client, _screens(client, loket), options.out)
    return 0


def _screens(client, loket):
    """{name of the picture: address}."""

    def newest(model):
        return client.find(model, [], limit=1)[0]["id"]

    connection = newest("loket.connection")
    client.call("loket.connection", "action_hour_types", [connection])
    pages = {
        "connections": "loket_connection",
        "connection": f"loket_connection/{connection}",
        "hour-types": "loket_hour_type_mapping",
        "employees": "loket_employee",
        "synchronisation": f"loket_sync_run/{newest('loket.sync.run')}",
        "payroll-file": f"loket_export/{newest('loket.export')}",
        "analysis": "loket_export_line",
    }
    screens = {name: f"{client.url}{ACTION}{page}" for name, page in pages.items()}
    return screens | {"upload": f"{loket.url}/collectieve-mutaties"}


def _take(browser, client, screens, out):
    """Open each address in the session of the client, and save what is seen."""
    from playwright.sync_api import sync_playwright

    session = client.session.cookies["session_id"]
    cookie = {"name": "session_id", "value": session, "url": client.url}
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox"]
        )
        context = window.new_context(viewport=SIZE)
        context.add_cookies([cookie])
        page = context.new_page()
        for name, address in screens.items():
            page.goto(address)
            page.wait_for_timeout(DRAWN)
            if name == "employees":  # all are decided on: show them
                page.click(".o_facet_remove")
                page.wait_for_timeout(DRAWN)
            page.screenshot(path=out / f"{name}.png")
        window.close()
