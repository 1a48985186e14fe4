# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Imports within the addon go down only, never in a circle: docs/architecture.md."""

import ast
import re
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import pytest

from tools.paths import REPO
from tools.versions import ADDON

#: What each room may import of the other rooms, by the name of its folder or file.
BELOW = {
    "__manifest__": set(),
    "words": set(),
    "gateway": {"words"},
    "payroll_file": {"words"},
    "people": {"gateway", "words"},
    "payroll": {"payroll_file", "words"},
    "models": {"people", "payroll", "payroll_file", "gateway", "words"},
    "controllers": {"models", "gateway", "words"},
    "migrations": {"models"},
    "wizard": {"models", "people", "payroll", "payroll_file", "gateway", "words"},
}
#: A class of a model: its own, or one that adds to it.
MODEL = re.compile(r"^    _(?:name|inherit) = \"(loket\.[a-z.]+)\"$", re.MULTILINE)
#: How many files a model may have at most: five, the export by its stages.
PIECES = {"loket.export": 9}
#: Rooms without records: no more of Odoo than its tools.
PLAIN = ("gateway", "payroll_file", "people", "payroll")


def modules(root):
    """Return {dotted name: path} of the addon's Python files, tests aside."""
    paths = (path for path in root.rglob("*.py") if "tests" not in path.parts)
    return {_name(path.relative_to(root)): path for path in paths}


def _name(path):
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path, root, known):
    """Return the modules of the addon, by dotted name, that a file imports."""
    package = path.relative_to(root).parts[:-1]
    targets = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = (node.module or "").removeprefix(f"odoo.addons.{ADDON}")
        if node.level:
            base = package[: len(package) - node.level + 1]
        elif module != node.module:
            base, module = (), module.removeprefix(".")
        else:
            continue
        origin = ".".join((*base, module) if module else base)
        for alias in node.names:
            name = f"{origin}.{alias.name}".removeprefix(".")
            targets.add(name if name in known else origin)
    return targets


def graph(root):
    """Return {dotted name: the modules of the addon that it imports}."""
    known = modules(root)
    return {name: imported(path, root, known) for name, path in known.items()}


@pytest.fixture(scope="module")
def imports():
    return graph(REPO / ADDON)


def test_no_import_goes_up(imports):
    wrong = [
        f"{module} imports {target}"
        for module, targets in imports.items()
        for target in targets
        if module and _room(module) != _room(target)
        if _room(target) not in BELOW[_room(module)]
    ]

    assert not wrong


def _room(module):
    return module.partition(".")[0]


def test_every_room_has_its_place(imports):
    assert {_room(module) for module in imports if module} <= set(BELOW)


def test_no_import_goes_in_a_circle(imports):
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("room", PLAIN)
def test_a_plain_room_knows_no_records(room):
    for path in (REPO / ADDON / room).rglob("*.py"):
        name = path.relative_to(REPO / ADDON).as_posix()
        used = {name for name in _absolute(path) if name.startswith("odoo.")}
        used = {name for name in used if not name.startswith("odoo.tools")}

        assert not used, name


def _absolute(path):
    """Yield the dotted names that a file imports from outside the addon."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_model_is_one_file_or_a_few_beside_each_other():
    pieces = defaultdict(set)
    for path in (REPO / ADDON / "models").rglob("*.py"):
        for model in MODEL.findall(path.read_text()):
            pieces[model].add(path)

    # Which every model of the addon is built on.
    del pieces["loket.walls"]
    for model, paths in pieces.items():
        assert len(paths) <= PIECES.get(model, 5), model
        assert len({path.parent for path in paths}) == 1, model


@pytest.fixture
def house(tmp_path):
    """A function that writes an addon of these files and returns its graph."""

    def build(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.with_suffix(".py").write_text(text)
        return graph(tmp_path)

    return build


def test_an_import_is_followed_whichever_way_it_is_written(house):
    found = house(
        words="",
        models__a="from ..words import x\nfrom . import b",
        models__b=f"def f():\n    from odoo.addons.{ADDON}.words import x",
    )

    assert found["models.a"] == {"words", "models.b"}
    assert found["models.b"] == {"words"}
