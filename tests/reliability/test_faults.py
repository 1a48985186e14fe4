# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One call is answered in one wrong way: nothing is lost, and it is said.

Whatever is wrong: nobody is added, ended or doubled, nobody is half of before and half
of after, what failed is told in words, and the next sound run brings all of it right.

``./dev test --long tests/reliability/test_faults.py`` plays all cases in place of some.
``LOKET_ONLY="night, WAGES, empty"`` plays those alone: way, call and fault, each a part
of its name; several by semicolons.
"""

import os

import pytest

from tools.paths import REPO

from .report import kept

IS_LONG = bool(os.environ.get("LOKET_LONG"))
ONLY = [
    tuple(part.strip() for part in case.split(",", 2))
    for case in filter(None, os.environ.get("LOKET_ONLY", "").split(";"))
]
SOME = 0 if ONLY else None if IS_LONG else 16
#: What has failed once, and is played each time.
FOUND = (
    ("night", "EMPLOYMENTS", "the first row empty"),
    ("night", "WORKING_HOURS", "each value empty"),
    ("by hand", "WAGES", "each value empty"),
    ("night", "ORGANIZATIONAL_ENTITIES", "another type"),
    ("by hand", "COMPONENTS", "half of the list"),
    ("fetch", "DISTRIBUTION_UNITS", "of others"),
    ("fetch", "GetPayrollPeriods", "half of the list"),
)
ALL = ("night", "by hand", "fetch")
INTO = "into Loket"

PLAY = """
import sys
sys.path.insert(0, {repo!r})
from tests.reliability import matrix
answer = matrix.play(env, {protocol!r}, {ways!r}, {some!r}, {first!r}, {also!r})
"""


CASES = [("rest", 0, ALL), ("soap", 20, ALL), ("rest", 0, (INTO,))]
if IS_LONG:
    CASES = [(protocol, 0, (way,)) for protocol, _first, ways in CASES for way in ways]


@pytest.mark.parametrize(("protocol", "first", "ways"), CASES, ids=str)
def test_a_wrong_answer_loses_nothing_and_is_told(
    new_installation, protocol, first, ways
):
    script = PLAY.format(
        repo=str(REPO),
        protocol=protocol,
        ways=ways,
        some=SOME,
        first=first,
        also=ONLY or FOUND,
    )
    result = new_installation().shell(script)
    failed = result.pop("failed")

    what = f"faults over {protocol}, {', '.join(ways)}"
    kept(what, {**result, "failed": len(failed)})
    assert not failed, "\n".join(failed[:40])
    if SOME is None:
        assert result["cases"] == result["calls"] * result["faults"]
        assert result["faults"] >= 30
    else:
        assert result["cases"] >= SOME
