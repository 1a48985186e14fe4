# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Loket does not tell this time: it keeps its last known value.

A row that is missing from one list, or a word that says nothing, is no empty value.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..gateway.records import Employment, Part
from .known import Row


def with_last_known(
    employment: Employment, row: Row
) -> tuple[Employment, frozenset[Part]]:
    """An employment, with what is known already where Loket does not tell it.

    :param row: the employment as Odoo keeps it
    :return: the employment, and the parts of which something was kept
    """
    kept = parts_known(row) - employment.parts
    values: dict[str, Any] = {}
    for part in kept:
        values |= _last_known(row)[part]
    snapshot = row.snapshot or {}
    if employment.contract_type is None:
        values["contract_type"] = snapshot.get("contract_type")
    if employment.person.gender is None:
        gender = snapshot.get("gender")
        values["person"] = replace(employment.person, gender=gender)
    if employment.on_call is None and employment.calculates_hours is None:
        values["on_call"] = row.is_on_call or None
        values["calculates_hours"] = row.hours_by_loket or None
    return replace(employment, **values), kept


def parts_known(row: Row) -> frozenset[Part]:
    """The parts of an employment of which Loket told something before."""
    return frozenset(
        part
        for part, known in _last_known(row).items()
        if any(value is not None for value in known.values())
    )


def _last_known(row: Row) -> dict[Part, dict[str, Any]]:
    """What Odoo knows of each part, by field of the record."""
    snapshot = row.snapshot or {}
    return {
        "hours": {
            "shift": row.shift or None,
            "hours_per_week": _decimal(snapshot.get("hours_per_week")),
        },
        "wage": {
            "wage": _decimal(snapshot.get("wage")),
            "hourly_wage": _decimal(snapshot.get("hourly_wage")),
        },
        "place": {
            "department_name": row.department_name,
            "job_title": snapshot.get("job_title"),
            "distribution_unit": snapshot.get("distribution_unit"),
        },
    }


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
