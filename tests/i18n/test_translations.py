# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The template is what Odoo exports now, and the Dutch file says all of it."""

import ast
import re
import shutil

import polib
import pytest

from tools import database, translations
from tools.paths import REPO
from tools.versions import ADDON, ADDONS

#: What no Dutch payroll clerk says, or says of something else: a *salarisbestand* is
#: the payment file for the bank, and *koppeling* was said of three things.
NOT_DUTCH = re.compile(
    r"salarisbestand|loonbestand|looninvoer|onder nul\b|koppeling"
    r"|(?<!salaris)medewerker",
    re.IGNORECASE,
)
#: Three things, three words: the connection, the mapping, and linking somebody.
THREE_WORDS = {
    r"\bconnections?\b": r"verbind|verbond",
    r"\b(map|mapped|mapping|mappings)\b": r"toewij|toegewezen|wijs .* toe",
    r"\b(un)?link(s|ed|ing)?\b": r"(ge|ont)?koppel",
}
#: What tells a sentence to whom it is for, in a language of theirs.
TELLING = {"_tell", "_activity_vals", "activity_schedule"}
NAMED = re.compile(r"%\(\w+\)[a-z]")
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


@pytest.mark.parametrize("addon", [addon for addon in ADDONS if addon != ADDON])
def test_the_other_addons_have_each_term_in_dutch_too(addon):
    folder = REPO / addon / "i18n"
    entries = polib.pofile(folder / "nl.po")
    template = {entry.msgid for entry in polib.pofile(folder / f"{addon}.pot")}
    assert {entry.msgid for entry in entries} == template
    missing = {entry.msgid for entry in entries if not entry.translated()}
    assert missing <= translations.SAME


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


def kept_in_one_language(source, fields):
    """Lines of Python that put into one of these fields what ``self.env._`` says."""
    for node in ast.walk(ast.parse(source)):
        pairs = []
        if isinstance(node, ast.Assign):
            names = [getattr(target, "attr", "") for target in node.targets]
            pairs = [(name, node.value) for name in names]
        elif isinstance(node, ast.Dict):
            names = [getattr(key, "value", "") for key in node.keys]
            pairs = zip(names, node.values, strict=True)
        for name, value in pairs:
            is_said = ast.unparse(getattr(value, "func", value)) == "self.env._"
            if name in fields and is_said:
                yield value.lineno


def told_in_one_language(source):
    """Lines that hand ``self.env._`` to what tells it in the language of another."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in TELLING:
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            for value in values:
                if ast.unparse(getattr(value, "func", value)) == "self.env._":
                    yield value.lineno


def test_nobody_is_told_in_the_language_of_somebody_else():
    wrong = "x._tell(\nself.env._('a'))\nx.activity_schedule(\nsummary=self.env._('b'))"
    assert list(told_in_one_language(wrong)) == [2, 4]
    for path in (REPO / ADDON).rglob("*.py"):
        assert list(told_in_one_language(path.read_text())) == [], path.name


def test_no_sentence_is_kept_in_one_language():
    sources = {
        path: path.read_text() for path in (REPO / ADDON / "models").rglob("*.py")
    }
    kept = re.compile(r"^    (\w+) = Sentences?\(", re.MULTILINE)
    fields = {name for source in sources.values() for name in kept.findall(source)}
    assert {"problem", "message", "last_error", "push_question"} <= fields
    wrong = "row.problem = self.env._('x')\n{'message': self.env._('y')}"
    assert list(kept_in_one_language(wrong, fields)) == [1, 2]
    for path, source in sources.items():
        assert list(kept_in_one_language(source, fields)) == [], path.name


def dutch_texts():
    """(where, text) of all that a Dutch person reads: all addons, and the manual."""
    for addon in ADDONS:
        for entry in polib.pofile(REPO / addon / "i18n" / "nl.po"):
            yield entry.msgid, entry.msgstr
    for page in sorted((REPO / "docs" / "manual" / "nl").glob("*.md")):
        yield page.name, page.read_text()


def test_no_dutch_text_has_a_word_that_a_payroll_clerk_would_not_say():
    wrong = {where: NOT_DUTCH.findall(text) for where, text in dutch_texts()}
    assert {where: words for where, words in wrong.items() if words} == {}


@pytest.mark.parametrize(("english", "said"), THREE_WORDS.items())
def test_connection_mapping_and_linking_are_three_words_in_dutch(english, said):
    source = re.compile(english, re.IGNORECASE)
    said = re.compile(said, re.IGNORECASE | re.DOTALL)
    entries = [entry for entry in dutch() if source.search(NAMED.sub("", entry.msgid))]
    assert entries
    wrong = [entry.msgid for entry in entries if not said.search(entry.msgstr)]
    assert wrong == []
