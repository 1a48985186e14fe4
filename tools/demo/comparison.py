# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compares Odoo's hours with Loket's, per component and cost centre."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def compare(ours, theirs, names):
    """Rows of {component, name, cost_center, odoo, loket, equal}, sorted.

    `ours` and `theirs` map (component code, unit code) to a total.
    """
    rows = []
    for code, unit in sorted(set(ours) | set(theirs)):
        here = ours.get((code, unit), Decimal()).quantize(CENT, ROUND_HALF_UP)
        there = theirs.get((code, unit), Decimal()).quantize(CENT, ROUND_HALF_UP)
        rows.append(
            {
                "component": code,
                "name": names.get(code, ""),
                "cost_center": names.get(unit, unit),
                "odoo": str(here),
                "loket": str(there),
                "equal": here == there,
            }
        )
    return rows


def table(rows):
    """The rows as text for the terminal."""
    layout = "{:>9}  {:<16}{:<18}{:>10}{:>10}  {}"
    lines = [layout.format("component", "", "cost centre", "Odoo", "Loket", "")]
    for row in rows:
        values = [row[name] for name in ("component", "name", "cost_center")]
        values += [row["odoo"], row["loket"], "=" if row["equal"] else "DIFFERENT"]
        lines.append(layout.format(*values))
    return "\n".join(lines)
