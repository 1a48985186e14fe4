# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is broken on purpose, and what may be broken without a test that notices."""

import json

import pytest

from tools import testing
from tools.mutants import ROOMS, survivors
from tools.mutants.staging import staged
from tools.paths import REPO
from tools.versions import ADDON

DIFF = """\
--- some.py
+++ some.py
@@ -1,3 +1,3 @@
 def bound(day):
-    return day < LAST
+    return day <= LAST
"""
NAME = f"odoo.addons.{ADDON}.payroll.bookings.x_bound__mutmut_3"
MUTANT = survivors.Mutant(
    "payroll.bookings.bound", "return day < LAST", "return day <= LAST"
)


def verdict(is_alive, name=NAME):
    status = "survived" if is_alive else "killed"
    diff = DIFF if is_alive else ""
    return {"name": name, "status": status, "is_dead": not is_alive, "diff": diff}


@pytest.fixture
def may_live(tmp_path, monkeypatch):
    """A function that writes the list of those that may live."""
    path = tmp_path / "survivors.toml"
    path.write_text("")
    monkeypatch.setattr(survivors, "LIST", path)

    def write(why="No day is the last one."):
        path.write_text(
            "\n".join(
                ["[[survivor]]"]
                + [
                    f"{key} = {json.dumps(value)}"
                    for key, value in MUTANT._asdict().items()
                ]
                + [f"why = {json.dumps(why)}"]
            )
        )

    return write


def test_a_constant_is_asked_of_a_function_wherever_a_function_uses_it():
    rooms = {
        "payroll/bounds.py": "LAST = 5\n\n\ndef is_last(n, last=LAST):\n"
        "    return n == LAST == last\n",
        "payroll/rules.py": "from . import bounds\nfrom .bounds import LAST\n\n\n"
        "def both():\n    return bounds.LAST, LAST\n",
    }
    texts = staged(rooms)
    spaces = {}
    exec(texts["payroll/bounds.py"], spaces)  # noqa: S102
    assert spaces["is_last"](5) and not spaces["is_last"](6)
    spaces["constant_LAST"] = lambda: 6
    assert not spaces["is_last"](5), "the constant is another one now"
    assert spaces["LAST"] == 5
    assert "return bounds.constant_LAST(), constant_LAST()" in texts["payroll/rules.py"]
    assert "import LAST, constant_LAST" in texts["payroll/rules.py"]


def test_a_property_stays_one_and_a_sentence_the_same():
    source = (
        "class Amount:\n"
        "    @property\n"
        "    def value(self):\n"
        "        return _lt('%(n)s \"euros\"' '\\n', n=self.n)\n"
    )
    text = staged({"payroll/amount.py": source})["payroll/amount.py"]
    assert "@" not in text
    spaces = {"_lt": lambda sentence, **values: sentence % values}
    exec(text, spaces)  # noqa: S102
    amount = spaces["Amount"]()
    amount.n = 2
    assert amount.value == '2 "euros"\n'


def test_all_rooms_can_be_rewritten_and_compiled():
    sources = {
        str(path.relative_to(REPO / ADDON)): path.read_text()
        for room in ROOMS
        for path in (REPO / ADDON / room).glob("*.py")
    }
    for path, text in staged(sources).items():
        compile(text, path, "exec")


def test_a_mutant_is_known_by_what_it_changes():
    assert survivors.mutant_of(NAME, DIFF) == MUTANT
    method = NAME.replace("x_bound", "xǁJobǁ__init__")
    assert survivors.mutant_of(method, DIFF).where == "payroll.bookings.Job.__init__"


def test_a_mutant_that_lives_must_be_listed(may_live, capsys):
    verdicts = [*[verdict(False)] * 40, verdict(True)]
    assert not survivors.judge("payroll", verdicts)
    told = capsys.readouterr().out
    assert 'was = "return day < LAST"' in told
    assert (
        "payroll: 41 mutants, 40 killed (97.6 %), 1 live, 1 of them not listed" in told
    )
    may_live()
    assert survivors.judge("payroll", verdicts)


def test_what_is_listed_and_killed_is_taken_out(may_live, capsys):
    may_live()
    assert not survivors.judge("payroll", [verdict(False)])
    assert "take it out" in capsys.readouterr().out
    assert survivors.judge("people", [verdict(False)]), "it is of another room"


def test_listing_them_is_not_enough_when_too_many_live(may_live):
    may_live()
    assert not survivors.judge("payroll", [*[verdict(False)] * 18, verdict(True)])


def test_what_was_not_tested_is_not_killed(may_live, capsys):
    unchecked = {**verdict(True), "status": "not checked"}
    may_live()
    assert not survivors.judge("payroll", [*[verdict(False)] * 99, unchecked])
    assert "run it again to go on" in capsys.readouterr().out


def test_without_a_reason_nothing_may_live(may_live):
    may_live(why=" ")
    with pytest.raises(ValueError, match=r"payroll\.bookings\.bound has no reason"):
        survivors.listed(survivors.LIST.read_text())


def test_each_that_may_live_has_its_reason():
    reasons = survivors.listed(survivors.LIST.read_text())
    assert all(mutant.where.split(".")[0] in ROOMS for mutant in reasons)


def test_all_tests_and_what_takes_long_includes_the_mutants(monkeypatch):
    ran = []
    monkeypatch.setattr(testing, "_test", lambda *_: ran.append("tests"))
    monkeypatch.setattr(
        testing,
        "_all",
        lambda *_, own_only, is_measured: ran.append(
            "measured" if is_measured else "all"
        ),
    )
    monkeypatch.setattr(testing.mutants, "run", lambda arguments: ran.append("mutants"))
    for name in ("postgres.ensure", "odoo.configure"):
        monkeypatch.setattr(f"tools.testing.{name}", lambda: None)
    monkeypatch.setenv("LOKET_LONG", "")
    testing.run([])
    assert ran == ["all"]
    testing.run(["--long", "tests/people"])
    assert ran == ["all", "tests"]
    testing.run(["--long"])
    assert ran == ["all", "tests", "measured", "mutants"]
