# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The documents point at what is there, and both manuals have the same chapters."""

import re

import polib
import pytest

from tools.paths import REPO
from tools.versions import ADDON

PAGES = sorted([*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md")])
#: A path in code style, and where the pages mean it from.
PATH = re.compile(r"`([a-z0-9_]+/[a-z0-9_./]*)`")
ROOTS = (REPO, REPO / ADDON, REPO / ADDON / "models", REPO / ADDON / "gateway")
#: What commands make.
MADE = {"dist/", "out/"}
LINK = re.compile(r"\]\(([^)#:]+)\)")
#: What a person clicks or reads on the screen: *in italics* or **bold** in a list.
LABEL = re.compile(r"(?<![*\w])\*([^*]+)\*(?!\*)")
#: Names of Odoo's own menus, and Dutch words that are explained.
OF_ODOO = {
    "Aanwezigheid",
    "Attendance",
    "Configuration",
    "Configuratie",
    "Employees",
    "Instellingen",
    "New",
    "Nieuw",
    "Rapportages",
    "Reporting",
    "Settings",
    "Timesheets",
    "Urenstaten",
    "Users",
    "Users & Companies",
    "Gebruikers",
    "Gebruikers & Bedrijven",
    "Werknemers",
    "verdelingseenheid",
    "Loket.nl: Manager",
    "Loket.nl: Beheerder",
    "Loket.nl: Payroll clerk",
    "Loket.nl: Salarismedewerker",
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_each_link_leads_to_a_file(page):
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_each_path_that_is_named_is_there(page):
    for path in set(PATH.findall(page.read_text())) - MADE:
        assert any((root / path).exists() for root in ROOTS), path


@pytest.mark.parametrize("name", ["hr-manager.md", "clerk.md"])
def test_the_dutch_manual_has_the_chapters_of_the_english_one(name):
    manual = REPO / "docs" / "manual"
    chapters = [
        len(re.findall(r"^## ", (manual / language / name).read_text(), re.MULTILINE))
        for language in ("en", "nl")
    ]
    assert chapters[0] == chapters[1]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_manual_calls_things_by_their_names_on_the_screen(language):
    terms = polib.pofile(REPO / ADDON / "i18n" / "nl.po")
    known = {entry.msgid if language == "en" else entry.msgstr or entry.msgid
             for entry in terms} | OF_ODOO  # fmt: skip
    for page in (REPO / "docs" / "manual" / language).glob("*.md"):
        for label in LABEL.findall(page.read_text()):
            for part in " ".join(label.split()).split(" > "):
                assert part in known, f"{page.name}: {part}"
