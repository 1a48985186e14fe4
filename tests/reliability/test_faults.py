# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One call is answered in one wrong way: nothing is lost, and it is said.

Whatever is wrong: nobody is added, ended or doubled, nobody is half of before and half
of after, what failed is told in words, and the next sound run brings all of it right.

``./dev test --long tests/reliability/test_faults.py`` plays all cases in place of some.
"""

import os

import pytest

from tools.paths import REPO

from .report import kept

IS_LONG = bool(os.environ.get("LOKET_LONG"))
SOME = None if IS_LONG else 16
ALL = ("night", "by hand", "fetch")
INTO = "into Loket"

PLAY = """
import sys
sys.path.insert(0, {repo!r})
from tests.reliability import matrix
answer = matrix.play(env, {protocol!r}, {ways!r}, {some!r}, {first!r})
"""


CASES = [("rest", 0, ALL), ("soap", 20, ALL), ("rest", 0, (INTO,))]
if IS_LONG:
    CASES = [(protocol, 0, (way,)) for protocol, _first, ways in CASES for way in ways]


@pytest.mark.parametrize(("protocol", "first", "ways"), CASES, ids=str)
def test_a_wrong_answer_loses_nothing_and_is_told(
    new_installation, protocol, first, ways
):
    script = PLAY.format(
        repo=str(REPO), protocol=protocol, ways=ways, some=SOME, first=first
    )
    result = new_installation().shell(script)
    failed = result.pop("failed")

    what = f"faults over {protocol}, {', '.join(ways)}"
    kept(what, {**result, "failed": len(failed)})
    assert not failed, "\n".join(failed[:40])
    assert result["cases"] == (SOME or result["calls"] * result["faults"])
    assert SOME or result["faults"] >= 30
