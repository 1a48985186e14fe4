# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is told to others goes one way: in their language, whoever caused it.

Numbers and dates too: 36,5 in Dutch, and a date as its reader writes it.
"""

import ast
import re

from tools.paths import REPO
from tools.versions import ADDONS

TOLD = REPO / "l10n_nl_loket" / "models" / "told.py"


def _code():
    """Each Python file of the addons but their tests, parsed."""
    for addon in ADDONS:
        for path in sorted((REPO / addon).rglob("*.py")):
            if "tests" not in path.parts:
                yield path, ast.parse(path.read_text())


def _calls(tree, *names):
    """The calls of functions and methods of these names."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", None)) in names
    ]


def test_the_chatter_is_written_by_one_function_for_whom_it_is_for():
    writers = {
        path for path, tree in _code() if _calls(tree, "_message_log", "message_post")
    }

    assert writers == {TOLD}


#: Values of a sentence that are a number or a date, by what they are called.
MEASURES = {"amount", "date", "day", "end", "hours", "since", "start", "value", "when"}
#: What makes text of such a value, for its reader.
WRITTEN = ("format_date", "format_datetime", "formatLang", "in_words")
#: Where it is text already.
TEXT = {"loket_booking.py: amount", "loket_connection_progress.py: since"}
#: Where a number with a format goes to a machine: files, calls, what an import reads.
MACHINES = {"gateway", "payroll_file", "hr_wage_entry_import.py", "words.py"}
#: Any but ``%s`` and ``%(name)s``.
FORMAT = re.compile(r"%(\(\w+\))?[^s%(]")
#: A number of a period, or of something in Loket.
WHOLE = {"d", "02d"}


def test_a_sentence_leaves_to_its_reader_how_numbers_and_dates_are_written():
    wrong = [
        f"{path.name}: {call.args[0].value}"
        for path, tree in _code()
        for call in _calls(tree, "_", "_lt")
        if call.args and isinstance(call.args[0], ast.Constant)
        and FORMAT.search(call.args[0].value.replace("%%", ""))
    ]  # fmt: skip

    assert not wrong


def test_a_number_or_date_is_made_text_by_what_knows_its_reader():
    """A kept sentence (``_lt``) does so by itself, one of Odoo's (``_``) does not."""
    wrong = {
        f"{path.name}: {keyword.arg}"
        for path, tree in _code()
        for call in _calls(tree, "_")
        for keyword in call.keywords
        if (keyword.arg in MEASURES or "Number(" in ast.unparse(keyword.value))
        and not any(f"{name}(" in ast.unparse(keyword.value) for name in WRITTEN)
    }

    assert wrong == TEXT


def test_no_text_for_people_has_a_format_of_its_own():
    wrong = [
        f"{path.name}: {ast.unparse(node)}"
        for path, tree in _code()
        if not MACHINES & {*path.parts}
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue)
        and node.format_spec
        and ast.unparse(node.format_spec).strip("f'") not in WHOLE
    ]
    wrong += [path.name for path, tree in _code() if _calls(tree, "strftime")]

    assert not wrong
