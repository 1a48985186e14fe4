# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which mutants may live: those in tests/survivors.toml, each with its reason."""

from collections import Counter
from typing import NamedTuple

import tomllib

from ..paths import REPO

LIST = REPO / "tests" / "survivors.toml"
#: Of the mutants of a room, the part that must be killed: per cent.
AT_LEAST = 95


class Mutant(NamedTuple):
    """What a mutant changes: it has no number that stays, so this is its name.

    :param where: the function, with its modules and class below the addon
    :param was: the lines of the source that it changes
    :param now: what it makes of them
    """

    where: str
    was: str
    now: str


def listed(text):
    """{mutant that may live: why}, of the text of the list.

    :raise ValueError: one has no reason
    """
    reasons = {}
    for entry in tomllib.loads(text).get("survivor", ()):
        mutant = Mutant(entry["where"], entry["was"], entry["now"])
        reasons[mutant] = entry.get("why", "").strip()
        if not reasons[mutant]:
            raise ValueError(f"{LIST.name}: {mutant.where} has no reason")
    return reasons


def mutant_of(name, diff):
    """The mutant of a difference with the source, as mutmut tells it.

    :param name: module and function, as mutmut makes one word of them
    """
    module, _, function = name.partition("__mutmut_")[0].rpartition(".")
    where = f"{module.removeprefix('odoo.addons.l10n_nl_loket.')}."
    # x_function, or xǁClassǁmethod
    where += function[2:].replace("ǁ", ".")
    changed = {"-": [], "+": []}
    for line in diff.splitlines()[2:]:
        if line[:1] in changed:
            changed[line[0]].append(line[1:].strip())
    return Mutant(where, " ".join(changed["-"]), " ".join(changed["+"]))


def judge(room, verdicts):
    """Tell of each room what lives, and return whether that is right.

    :param verdicts: of all its mutants, as verdicts.py tells them
    """
    alive = Counter()
    unchecked = 0
    for verdict in verdicts:
        unchecked += verdict["status"] == "not checked"
        if not verdict["is_dead"]:
            alive[mutant_of(verdict["name"], verdict["diff"])] += 1
    allowed = {m for m in listed(LIST.read_text()) if m.where.startswith(f"{room}.")}
    for mutant in sorted(alive.keys() - allowed):
        print(_entry(mutant))
    for mutant in sorted(allowed - alive.keys()):
        print(f"{LIST.name}: killed or gone, take it out:\n{_entry(mutant)}")
    killed = len(verdicts) - alive.total()
    part = 100 * killed / len(verdicts)
    not_listed = len(alive.keys() - allowed)
    print(
        f"{room}: {len(verdicts)} mutants, {killed} killed ({part:.1f} %),"
        f" {alive.total()} live, {not_listed} of them not listed"
    )
    if unchecked:
        print(f"{room}: {unchecked} were not tested; run it again to go on")
    return not unchecked and part >= AT_LEAST and alive.keys() == allowed


def _entry(mutant):
    """The lines of the list for a mutant; the reason is a person's."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in mutant)
    where, was, now = quoted
    return f'[[survivor]]\nwhere = "{where}"\nwas = "{was}"\nnow = "{now}"\nwhy = ""\n'
