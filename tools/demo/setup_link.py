# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The HR manager's work: connect, map, and decide on the employees, once."""

from . import clerk

CLIENT_NUMBER = 5555
#: The administration whose hours go straight into Loket: its periods are four weeks.
PUSHED = 5556
NAMES = {CLIENT_NUMBER: "Voorbeeld B.V.", PUSHED: "Voorbeeld Flex"}
#: What the sandbox lets in, as somebody types it into the form for credentials.
CLIENT = {"client_id": "odoo", "client_secret": "sandbox-secret"}
CONSENT = ("hr@voorbeeld.nl", "loket")
LOG_IN = {
    "username": "loket-koppeling",
    "password": "loket",
    "environment_code": "VOORBEELD",
}
# Odoo's department -> Loket's distribution unit
DEPARTMENTS = {
    "Management": "Directie",
    "Administration": "Administratie",
    "Sales": "Verkoop",
    "Research & Development": "Ontwikkeling",
    "Professional Services": "Dienstverlening",
    "Warehouse": "Magazijn",
}
# Odoo's hour type -> Loket's component
HOUR_TYPES = {
    "WORK100": "1",
    "OVERTIME": "30",
    "LEAVE110": "2",
    "LEAVE120": "3",
    "LEAVE100": "4",
    "LEAVE90": "5",
}
# Wage component -> (name, unit, Loket's component)
WAGE_COMPONENTS = {
    "TRAVEL": ("Travel allowance", "amount", "120"),
    "MEAL": ("Meals", "quantity", "121"),
    "BONUS": ("Bonus", "amount", "200"),
}


def connect(odoo, loket, protocol, client_number=CLIENT_NUMBER):
    """Connect, choose the administration and fetch; returns the connection's id."""
    link = {"rest": _consent, "soap": _log_in}[protocol]
    connection = odoo.create(
        "loket.connection",
        {
            "name": NAMES[client_number],
            "protocol": protocol,
            "environment": "custom",
            "api_url": loket.api_url,
            "oauth_url": loket.oauth_url,
            "wsdl_url": f"{loket.url}/soap?wsdl",
            "distribution": "distribution_unit",
            "default_shift": 1,
            # The demonstration compares all hours, those of a fixed salary too.
            "salaried_hours": "send",
        },
    )
    link(odoo, connection)
    administration = clerk.staff(loket.url, client_number)
    chosen = {
        name: administration[name] for name in ("employer_ref", "administration_ref")
    }
    odoo.call("loket.connection", "write", [connection], chosen)
    odoo.call("loket.connection", "action_fetch", [connection])
    return connection


def _consent(odoo, connection):
    """REST: fill in the client, give consent on Loket's page and come back."""
    odoo.consent(odoo.connect(connection, **CLIENT), *CONSENT)


def _log_in(odoo, connection):
    """SOAP: fill in the form, which keeps neither user name nor password."""
    odoo.connect(connection, **LOG_IN)


def map_all(odoo, connection):
    """Departments, hour types and wage components; the number of mappings."""
    units = odoo.find(
        "loket.cost.center",
        [("connection_id", "=", connection), ("kind", "=", "distribution_unit")],
        ["name"],
    )
    unit_ids = {unit["name"]: unit["id"] for unit in units}
    departments = []
    for department, unit in DEPARTMENTS.items():
        values = {
            "connection_id": connection,
            "department_id": _department(odoo, department),
            "cost_center_id": unit_ids[unit],
        }
        departments.append(values)
    components = []
    for code, component in HOUR_TYPES.items():
        domain = [("code", "=", code), ("country_id", "=", False)]
        hour_type = odoo.find("hr.work.entry.type", domain, limit=1)[0]["id"]
        components.append(
            {"work_entry_type_id": hour_type, "component_code": component}
        )
    for code, (name, unit, component) in WAGE_COMPONENTS.items():
        wage = _wage_component(odoo, name, code, unit)
        components.append({"wage_component_id": wage, "component_code": component})
    for values in components:
        values["connection_id"] = connection
    odoo.call("loket.department.mapping", "create", departments)
    odoo.call("loket.component.mapping", "create", components)
    return len(departments) + len(components)


def _department(odoo, name):
    found = odoo.find("hr.department", [("name", "=", name)], limit=1)
    return found[0]["id"] if found else odoo.create("hr.department", {"name": name})


def _wage_component(odoo, name, code, unit):
    found = odoo.find("hr.wage.component", [("code", "=", code)], limit=1)
    if found:
        return found[0]["id"]
    return odoo.create("hr.wage.component", {"name": name, "code": code, "unit": unit})


def decide(odoo, connection, ignored=1):
    """Fetch the employees; link the suggested, add the others.

    :param ignored: of how many of the others, the last ones, nothing is wanted
    """
    odoo.call("loket.connection", "action_sync", [connection])
    domain = [("connection_id", "=", connection)]
    fields = ["suggested_employee_id"]
    rows = odoo.find("loket.employee", domain, fields, order="payroll_number")
    linked = [row["id"] for row in rows if row["suggested_employee_id"]]
    others = [row["id"] for row in rows if not row["suggested_employee_id"]]
    added, left = others[: len(others) - ignored], others[len(others) - ignored :]
    for method, chosen in (
        ("action_link_suggestion", linked),
        ("action_ignore", left),
        ("action_add", added),
    ):
        if chosen:
            odoo.call("loket.employee", method, chosen)
    troubled = odoo.find(
        "loket.employee", [*domain, ("problem", "!=", False)], ["name", "problem"]
    )
    return {
        "linked": len(linked),
        "added": len(added),
        "ignored": len(left),
        "problems": {row["name"]: row["problem"] for row in troubled},
    }
