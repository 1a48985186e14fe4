# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person has to look at, because it can't be taken over by itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ..words import Text, _lt
from .known import Snapshot


class Check(NamedTuple):
    """Something to look at. It is shown once, as long as ``key`` stays the same."""

    key: str
    text: Text


Checks = dict[str, Check]
"""What to look at, by kind."""

STATES = ("hours", "wage", "contract", "country")
"""Kinds that are over by themselves. The others stay until somebody has looked."""


def events_and_states(checks: Mapping[str, Check]) -> tuple[Checks, Checks]:
    """What happened, and what is so until it is over by itself."""
    events = {kind: check for kind, check in checks.items() if kind not in STATES}
    states = {kind: check for kind, check in checks.items() if kind in STATES}
    return events, states


def kept_checks(
    known: Mapping[str, Any], checks: Mapping[str, Check], *, states: bool
) -> dict[str, Any]:
    """What an employment keeps to look at.

    :param known: what it kept until now
    :param checks: what there is to look at now; the text is in the person's language
    :param states: whether ``checks`` tells of all kinds of state
    :return: {kind: {"key": …, "text": …, "seen": whether somebody has looked}}
    """
    kept = {
        kind: entry
        for kind, entry in known.items()
        if kind in checks or not (states and kind in STATES)
    }
    for kind, check in checks.items():
        if kept.get(kind, {}).get("key") != check.key:
            kept[kind] = {"key": check.key, "text": check.text, "seen": False}
    return kept


def data_checks(to_come: Collection[str], schedule: str) -> Checks:
    """What Loket has not told yet of a contract that has begun in Odoo.

    :param to_come: the parts of the contract that have not been taken over
    :param schedule: the working schedule that Odoo has until then
    """
    checks: Checks = {}
    if "hours" in to_come:
        checks["hours"] = Check(
            f"unknown {schedule}",
            _lt(
                "Loket does not tell the hours a week. Odoo has the working schedule "
                "%(schedule)s until it does: choose another if that is wrong.",
                schedule=schedule or "-",
            ),
        )
    if "wage" in to_come:
        checks["wage"] = Check(
            "unknown",
            _lt(
                "Loket does not tell a wage a month, so the wage in Odoo is 0 until it "
                "does, or somebody enters it."
            ),
        )
    return checks


def hourly_check() -> Check:
    """Of who is paid by the hour."""
    return Check(
        "hourly",
        _lt(
            "Paid by the hour in Loket: Odoo keeps a wage a month only, so that is 0. "
            "Enter one if Odoo needs it."
        ),
    )


def archived_check() -> Check:
    """Of who is employed in Loket, and has left in Odoo."""
    return Check(
        "archived",
        _lt("Archived in Odoo, but employed in Loket. Unarchive the employee in Odoo."),
    )


def unit_check(snapshot: Snapshot, departments: Sequence[str]) -> Check | None:
    """Of whom Loket tells a unit that is not exactly one department of Odoo.

    :param departments: the names of those that may be meant
    :return: None where one department is meant, or Loket tells no unit
    """
    unit = _unit(snapshot)
    if not unit or len(departments) == 1:
        return None
    if not departments:
        text = _lt(
            "No department of Odoo has the unit that Loket tells (%(unit)s). Map it, "
            "and choose the department.",
            unit=unit,
        )
    else:
        text = _lt(
            "More than one department of Odoo has the unit that Loket tells "
            "(%(unit)s): %(departments)s. Choose the right one.",
            unit=unit,
            departments=", ".join(departments),
        )
    return Check(f"unit {unit} {len(departments)}", text)


def moved_check(snapshot: Snapshot) -> Check:
    """Of whom Loket has put in another department or unit."""
    unit = _unit(snapshot)
    return Check(
        f"moved {unit}",
        _lt(
            "The department changed in Loket (%(place)s). The payroll file goes on "
            "with the department in Odoo until it is changed there.",
            place=unit or "-",
        ),
    )


def _unit(snapshot: Snapshot) -> str:
    """The code and the name of the unit that Loket tells, as far as it does."""
    parts = map(snapshot.get, ("distribution_unit", "department_name"))
    return " ".join(filter(None, parts))


def country_check(code: str) -> Check:
    """Of who lives in a country that Odoo doesn't know.

    :param code: as Loket tells it
    """
    return Check(
        code,
        _lt(
            "Odoo does not know the country with code %(code)s. Choose the country of "
            "the address in Odoo.",
            code=code,
        ),
    )


def start_check(old: date, new: date | None) -> Check:
    """Of whose employment begins on another day than it did.

    :param old: the start that was taken over last
    :param new: the start that Loket tells now; None: it tells none any more
    """
    return Check(
        f"{new}",
        _lt(
            "The start moved in Loket from %(old)s to %(new)s. The contract in Odoo "
            "keeps its start: correct it there if needed.",
            old=old,
            new=new or "-",
        ),
    )
