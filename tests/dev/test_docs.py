# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The documents point at what is there, and both manuals have the same chapters."""

import re

import pytest

from tools.paths import REPO

PAGES = sorted([*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_each_link_leads_to_a_file(page):
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ["hr-manager.md", "clerk.md"])
def test_the_dutch_manual_has_the_chapters_of_the_english_one(name):
    manual = REPO / "docs" / "manual"
    chapters = [
        len(re.findall(r"^## ", (manual / language / name).read_text(), re.MULTILINE))
        for language in ("en", "nl")
    ]
    assert chapters[0] == chapters[1]
