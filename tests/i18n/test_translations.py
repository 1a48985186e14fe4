# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The template is what Odoo exports now, and the Dutch file says all of it."""

import re
import shutil

import polib
import pytest

from tools import database, translations

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\{.*?\}\}|t-out=\"[^\"]*\"")


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The template that Odoo exports from a database with the addon."""
    fresh = tmp_path_factory.mktemp("i18n") / translations.TEMPLATE.name
    try:
        database.create(translations.DATABASE)
        translations.export(translations.DATABASE, fresh)
    finally:
        database.drop(translations.DATABASE)
    return polib.pofile(fresh)


def dutch():
    return polib.pofile(translations.DUTCH)


def test_the_template_is_current(exported):
    told = {entry.msgid for entry in polib.pofile(translations.TEMPLATE)}
    now = {entry.msgid for entry in exported}
    assert told == now, "run ./dev i18n, and translate what is new"


def test_the_dutch_file_has_each_term_of_the_template():
    template = {entry.msgid for entry in polib.pofile(translations.TEMPLATE)}
    assert {entry.msgid for entry in dutch()} == template


def test_nothing_is_left_in_english_or_fuzzy():
    missing = {entry.msgid for entry in dutch() if not entry.translated()}
    assert missing == translations.SAME


def test_each_translation_has_the_placeholders_of_its_source():
    for entry in dutch().translated_entries():
        source = sorted(PLACEHOLDER.findall(entry.msgid))
        assert sorted(PLACEHOLDER.findall(entry.msgstr)) == source, entry.msgid


def test_merging_keeps_translations_and_drops_what_is_gone(tmp_path):
    merged = tmp_path / "nl.po"
    shutil.copy(translations.DUTCH, merged)
    terms = polib.pofile(translations.TEMPLATE)
    gone, kept = terms[0], terms[1]
    terms.remove(gone)
    template = tmp_path / "short.pot"
    terms.save(template)
    translations.merge(template, merged)
    result = {entry.msgid: entry.msgstr for entry in polib.pofile(merged)}
    assert gone.msgid not in result
    assert result[kept.msgid] == dutch().find(kept.msgid).msgstr
