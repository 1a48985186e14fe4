# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compares Odoo, the payroll file and Loket, per component and cost centre."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
PLACES = ("odoo", "file", "loket")


def compare(odoo, file, loket, names):
    """Rows of {component, name, cost_center, odoo, file, loket, differs}, sorted.

    Each maps (component code, unit code) to a total. `differs` names the one that is
    not as the two others are: all three, where each is another; none, where all agree.
    """
    rows = []
    for code, unit in sorted({*odoo, *file, *loket}):
        values = {
            place: totals.get((code, unit), Decimal()).quantize(CENT, ROUND_HALF_UP)
            for place, totals in zip(PLACES, (odoo, file, loket), strict=True)
        }
        most, _count = Counter(values.values()).most_common(1)[0]
        differs = [place for place, value in values.items() if value != most]
        rows.append(
            {
                "component": code,
                "name": names.get(code, ""),
                "unit": unit,
                "cost_center": names.get(unit, unit),
                **{place: str(value) for place, value in values.items()},
                "differs": list(PLACES) if len(differs) == 2 else differs,
            }
        )
    return rows


def table(rows):
    """The rows as text for the terminal.

    A row may have the `administration` that it is of, and `why` something differs.
    """
    layout = "{:>6} {:>9}  {:<14} {:<15} {:>8} {:>8} {:>8}  {}"
    title = ("", "component", "", "cost centre", "Odoo", "file", "Loket", "")
    lines = [layout.format(*title).rstrip()]
    for row in rows:
        values = [row[name] for name in ("component", "name", "cost_center", *PLACES)]
        said = "="
        if row["differs"]:
            differs = ", ".join(place.capitalize() for place in row["differs"])
            said = " ".join(filter(None, (f"{differs} DIFFERS", row.get("why"))))
        lines.append(layout.format(row.get("administration", ""), *values, said))
    return "\n".join(lines)
