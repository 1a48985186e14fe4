# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo holds for some days, counted apart from the addon's own report."""

from decimal import Decimal

# Where values come from: model, field of the value, field that has a component.
SOURCES = (
    ("account.analytic.line", "unit_amount", "work_entry_type_id"),
    ("hr.wage.entry", "value", "wage_component_id"),
)


def totals(odoo, connection, people, first, last):
    """{(component code, distribution unit): total} of these employees and days."""
    unit_of = _units(odoo, connection, people)
    domain = [
        ("employee_id", "in", people),
        ("date", ">=", first),
        ("date", "<=", last),
    ]
    result = {}
    for model, value, source in SOURCES:
        codes = _codes(odoo, connection, source)
        for row in odoo.find(model, domain, ["employee_id", value, source]):
            code = row[source] and codes.get(row[source][0])
            if not code:
                continue  # a type without a component is left out on purpose
            key = (code, unit_of[row["employee_id"][0]])
            result[key] = result.get(key, Decimal()) + Decimal(str(row[value]))
    return result


def _codes(odoo, connection, source):
    """The component code of each hour type or wage component, by its id."""
    domain = [("connection_id", "=", connection), (source, "!=", False)]
    rows = odoo.find("loket.component.mapping", domain, [source, "component_code"])
    return {row[source][0]: int(row["component_code"]) for row in rows}


def _units(odoo, connection, people):
    """The distribution unit of each employee's department."""
    domain = [("connection_id", "=", connection)]
    centers = odoo.find("loket.cost.center", domain, ["code"])
    codes = {row["id"]: row["code"] for row in centers}
    fields = ["department_id", "cost_center_id"]
    units = {
        row["department_id"][0]: codes[row["cost_center_id"][0]]
        for row in odoo.find("loket.department.mapping", domain, fields)
    }
    staff = odoo.find("hr.employee", [("id", "in", people)], ["department_id"])
    return {row["id"]: units[row["department_id"][0]] for row in staff}
