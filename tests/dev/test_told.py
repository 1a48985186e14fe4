# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is told to others goes one way: in their language, whoever caused it."""

import ast

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
    """The calls of methods of these names."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    ]


def test_the_chatter_is_written_by_one_function_for_whom_it_is_for():
    writers = {
        path for path, tree in _code() if _calls(tree, "_message_log", "message_post")
    }

    assert writers == {TOLD}
