# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`./dev i18n`: the terms of the addons, by Odoo's own export, and their Dutch."""

import os
import subprocess
import tempfile
from pathlib import Path

import polib

from . import database, odoo, other_modules, postgres
from .paths import REPO
from .report import step
from .versions import ADDON, KIND_ADDONS, QUEUE_JOB_ADDON

DATABASE = f"loket_i18n_{os.getpid()}"
FOLDER = REPO / ADDON / "i18n"
TEMPLATE = FOLDER / f"{ADDON}.pot"
DUTCH = FOLDER / "nl.po"
DUTCH_METADATA = {"Language": "nl", "Plural-Forms": "nplurals=2; plural=n != 1;"}
#: Terms that are the same in Dutch; the OCA wants those empty in the file.
SAME = {
    "%(call)s: %(reason)s",
    "%(field)s %(detail)s",
    "%(name)s (%(number)s), component %(code)s: %(value)s",
    "%(period)s: %(late)s.",
    "%(period)s: %(name)s (%(number)s), component %(code)s: %(value)s",
    "%(purpose)s (%(operation)s)",
    "%(what)s: %(names)s.",
    "Code",
    "Component",
    "Document",
    "E-mail",
    "E-mail in Loket",
    "E-mail in Odoo",
    "ID",
    "In Loket",
    "In Odoo",
    "In Odoo:",
    "Ja",
    "Loket",
    "Loket:",
    "Loket.nl",
    "Menu",
    "Nee",
    "Odoo",
    "Odoo:",
    "Project",
    "Resources",
    "Status",
    "Was in Odoo",
    "Week",
    "Wizard",
    "client secret",
    "component %(code)s",
    "status %(status)s",
    "€ %(amount)s",
}


def run(_arguments):
    """Renew the templates, and bring the Dutch files in line with them."""
    postgres.ensure()
    odoo.configure()
    missing = _renew(ADDON)
    for addon in KIND_ADDONS:
        missing += _renew(addon, beside=(addon,))
    missing += _renew(QUEUE_JOB_ADDON, beside=(other_modules.use_queue_job(),))
    print("\n".join(["Terms without Dutch:", *missing]) if missing else "Complete")
    return 0


def _renew(addon, beside=()):
    """Renew the files of one addon; returns the terms without Dutch."""
    folder = REPO / addon / "i18n"
    template, dutch = folder / f"{addon}.pot", folder / "nl.po"
    template.parent.mkdir(exist_ok=True)
    with step(f"Export of {template.stem}"):
        try:
            database.create(DATABASE, beside=beside)
            export(DATABASE, template)
        finally:
            database.drop(DATABASE)
        merge(template, dutch)
    empty = polib.pofile(dutch).untranslated_entries()
    return [entry.msgid for entry in empty if entry.msgid not in SAME]


def export(name, template):
    """Write the terms of an addon in database ``name`` to its template."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / template.name
        arguments = ["i18n", "export", "-d", name, "-l", "pot", "-o", fresh]
        arguments.append(template.stem)
        subprocess.run(odoo.command(*map(str, arguments)), check=True)
        terms = polib.pofile(fresh, wrapwidth=78)
    if template.exists() and _same(terms, polib.pofile(template)):
        return  # only the date of the export differs
    terms.save(template)


def _same(one, other):
    return [(entry.msgid, entry.comment) for entry in one] == [
        (entry.msgid, entry.comment) for entry in other
    ]


def merge(template, translated):
    """Keep what is translated, add what is new, drop what is gone."""
    terms = polib.pofile(template)
    dutch = polib.POFile(wrapwidth=78)
    if translated.exists():
        dutch = polib.pofile(translated, wrapwidth=78)
    dutch.merge(terms)
    dutch.header = terms.header
    dutch.metadata = {**terms.metadata, **DUTCH_METADATA}
    for entry in dutch.obsolete_entries():
        dutch.remove(entry)
    for entry in dutch:
        if entry.msgstr == entry.msgid:
            entry.msgstr = ""
    dutch.sort(key=lambda entry: entry.msgid)
    dutch.save(translated)
