# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev screenshots`: the pictures of the manual, taken from the demonstration."""

import argparse
import tempfile
from pathlib import Path

from .. import browser, database, odoo, postgres
from ..demo import job, services
from ..paths import REPO
from ..report import step
from . import scene, screens
from .camera import Camera

DATABASE = "loket_screenshots"
IMAGES = REPO / "docs" / "manual" / "images"
#: {folder: (language, where somebody moves to)}
LANGUAGES = {"en": ("en_US", "Oude Gracht"), "nl": ("nl_NL", "Nieuwe Gracht")}


def run(arguments):
    """Do the job of the demonstration, then take a picture of each screen.

    Those of Odoo in each language, in a folder of its own; Loket's pages are Dutch.
    """
    parser = argparse.ArgumentParser("./dev screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder of the images")
    parser.add_argument("--narrow", action="store_true", help="as wide as a phone")
    options = parser.parse_args(arguments)
    browser.ensure()
    postgres.ensure()
    odoo.configure()
    database.create(DATABASE, demo=True)
    with (
        services.mail_catcher() as (smtp_port, messages),
        services.sandbox() as loket,
        services.running_odoo(DATABASE, smtp_port) as client,
        tempfile.TemporaryDirectory() as results,
    ):
        client.login("admin", "admin")
        job.do(client, loket, messages, Path(results), "rest")
        records = scene.prepare(client)
        with browser.running() as chromium:
            camera = Camera(chromium, client, options.narrow)
            for folder, (language, street) in LANGUAGES.items():
                scene.speak(client, language)
                records["run"] = scene.change(client, loket, records, street, language)
                with step(f"Pictures: {folder}"):
                    camera.take(screens.of_odoo(records), options.out / folder)
            camera.take(screens.of_loket(client, loket, records), options.out)
    return 0
