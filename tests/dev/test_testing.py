# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All tests run in parts: each test in one of them, and none is left out."""

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from tools import testing
from tools.paths import REPO
from tools.versions import KIND_ADDONS

OWN = {str(path) for path in (REPO / "l10n_nl_loket" / "tests").glob("test_*.py")}


@pytest.fixture
def run_parts(monkeypatch):
    """Run all tests without running them.

    :return: the parts that would have run
    """

    def run(*, own_only=False, statuses=(), processors=2):
        parts = []
        outcome = iter(statuses)

        def run_part(arguments, _beside, _coverage, output, _base):
            parts.append([one for one in arguments if not one.startswith("--cov")])
            output.write(b"1 passed\n")
            return next(outcome, 0)

        monkeypatch.setattr(testing, "_test", run_part)
        monkeypatch.setattr(testing, "_base", nullcontext)
        monkeypatch.setattr(testing, "_report", lambda *_: None)
        monkeypatch.setattr(testing.os, "cpu_count", lambda: processors)
        status = testing._all(["-q"], (), own_only=own_only, is_measured=not own_only)
        return status, parts

    return run


@pytest.mark.parametrize("own_only", [True, False])
@pytest.mark.parametrize("processors", [None, 1, 2, 8])
def test_each_file_of_the_addon_is_in_one_part(run_parts, own_only, processors):
    _status, parts = run_parts(own_only=own_only, processors=processors)
    files = [one for part in parts for one in part if one in OWN]
    assert sorted(files) == sorted(OWN)
    own = (processors or 1) + 2  # the tours, and what plays at random
    assert len(parts) == (own if own_only else own + 3)


def test_all_others_are_in_one_part_or_the_other(run_parts):
    _status, parts = run_parts()
    others = [part for part in parts if OWN.isdisjoint(part)]
    tests = str(REPO / "tests")
    # Two at a time: either may be the first to begin.
    kinds = [str(REPO / addon / "tests") for addon in KIND_ADDONS]
    assert sorted(others) == [
        [*kinds, "-q"],
        [tests, f"--ignore={tests}/package", "-q"],
        [f"{tests}/package", "-q"],
    ]
    assert all(map(os.path.isdir, kinds))
    assert Path(tests, "package").is_dir()


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ((0, 0, 0, 0, 0, 0, 0), 0),
        ((0, 1, 0, 0, 0, 0, 0), 1),
        ((2, 0, 1, 0, 0, 0, 0), 2),
        ((5, 0, 0, 5, 0, 0, 0), 0),
        ((5, 5, 1, 5, 5, 5, 5), 1),
        ((5, 5, 5, 5, 5, 5, 5), 5),
    ],
)
def test_one_part_that_fails_fails_all(run_parts, statuses, status, capsys):
    assert run_parts(statuses=statuses)[0] == status
    assert capsys.readouterr().out.count("1 passed") == len(statuses)


@pytest.mark.parametrize("base", [None, "loket_base"])
@pytest.mark.parametrize("kinds", [False, True])
def test_a_part_copies_what_is_installed_unless_it_needs_more(monkeypatch, base, kinds):
    made = []
    monkeypatch.setattr(testing.chromium, "ensure", lambda: True)
    monkeypatch.setattr(testing, "_pytest", lambda *_: made.append("tested") or 0)
    monkeypatch.setattr(
        testing.database, "create", lambda _name, beside: made.append(beside)
    )
    monkeypatch.setattr(
        testing.database, "copy", lambda source, _name: made.append(source)
    )
    monkeypatch.setattr(testing.database, "drop", lambda _name: made.append("dropped"))
    addon = KIND_ADDONS[0] if kinds else "l10n_nl_loket"
    assert testing._test([str(REPO / addon / "tests")], ("other",), base=base) == 0
    installed = ("other", addon) if kinds else ("other",)
    assert made == [base if base and not kinds else installed, "tested", "dropped"]
