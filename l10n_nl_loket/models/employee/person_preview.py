# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the payroll file would tell of one person, as a person reads it."""

from odoo import fields
from odoo.tools.misc import formatLang

from ...payroll_file import rounded


def preview_of(row):
    """The cells of the last full period, and what is not in them, as HTML.

    Nothing is kept of it: it is what is booked now.

    :param row: a linked ``loket.employee``
    """
    connection = row.connection_id
    period = connection._calendar().last_full(fields.Date.context_today(row))
    if not period:
        return False
    draft = row.env["loket.export"].new(
        {
            "connection_id": connection.id,
            "year": period.year,
            "period": period.number,
        }
    )
    outcome = draft._outcome_among(row.employee_id.ids)
    return row.env["ir.qweb"]._render(
        "l10n_nl_loket.preview_of_person",
        {
            "row": row,
            "period_name": draft.period_name,
            "cells": _cells_in_words(draft, outcome),
            "left_out": _left_out_in_words(draft, outcome),
        },
    )


def _cells_in_words(draft, outcome):
    """Each cell of the file: its component, the value, and its row."""
    # As superuser: what Loket offers is told with the code.
    names = draft._catalogue(draft.connection_id.sudo()).names()
    label = draft.env["loket.export.line"]._label
    return [
        {
            "component": label(cell.component, names.get(cell.component)),
            "value": formatLang(draft.env, float(rounded(amount.total))),
            "unit": cell.unit,
            "shift": cell.shift,
        }
        for cell, amount in sorted(
            outcome.cells.items(), key=lambda item: item[0].order
        )
    ]


def _left_out_in_words(draft, outcome):
    """What is not in the file: the reason, what it is about, and how much."""
    warnings = draft.env["loket.export.warning"]
    return [
        {
            "reason": warnings._reason_in_words(problem.reason),
            "detail": draft._left_out_detail(problem),
            "quantity": warnings._quantity_in_words(
                float(rounded(amount.hours)), float(rounded(amount.value))
            ),
        }
        for problem, amount in outcome.left_out.items()
    ]
