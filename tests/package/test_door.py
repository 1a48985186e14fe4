# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What readme/INSTALL.md tells an administrator, done step by step, both ways."""

import shutil

import pytest

from tools import wheel
from tools.paths import REPO
from tools.versions import ADDON

from .conftest import QUIET, Installation

INSTALL = (REPO / ADDON / "readme" / "INSTALL.md").read_text()
#: The commands that the page tells; the tests run these.
PIP = "pip install --no-deps odoo_addon_l10n_nl_loket-*.whl"
BY_COMMAND = f"odoo -d DATABASE -i {ADDON} --stop-after-init"
UPGRADE = f"odoo -d DATABASE -u {ADDON} --stop-after-init"

# The template has seen this addon already; an Odoo that runs somewhere has not.
FORGET = f"""
env["ir.module.module"].search([("name", "=", {ADDON!r})]).unlink()
env.cr.commit()
answer = env["ir.module.module"].search_count([("name", "=", {ADDON!r})])
"""

# "Apps > Update Apps List > Update", and what a search there shows under the filter
# "Apps", which is set when that page opens.
FIND = """
from lxml import etree
env["base.module.update"].create({}).update_module()
env.cr.commit()
view = env["ir.module.module"].get_view(
    env.ref("base.view_module_filter").id, "search"
)["arch"]
(shown,) = etree.fromstring(view).xpath("//filter[@name='app']/@domain")
module = env["ir.module.module"]
found = module.search(
    [*safe_eval(shown), ("shortdesc", "ilike", "loket"), ("state", "=", "uninstalled")]
)
answer = found.mapped("name")
"""
FIND = f"from odoo.tools.safe_eval import safe_eval\n{FIND}"

ACTIVATE = f"""
module = env["ir.module.module"].search([("name", "=", {ADDON!r})])
module.button_immediate_install()
answer = module.state
"""

SET_UP = """
from odoo.tests import new_test_user
clerk = new_test_user(env, "clerk", "l10n_nl_loket.group_user")
privilege = env.ref("l10n_nl_loket.privilege_loket")
env["ir.config_parameter"].set_param("web.base.url", "https://odoo.example.com")
connection = env["loket.connection"].create({"name": "Voorbeeld B.V."})
employee = env["hr.employee"].create({"name": "Anna de Boer"})
env.cr.commit()
answer = {
    "line of roles": privilege.name,
    "roles": sorted(privilege.group_ids.mapped("name")),
    "manager from the start": env.ref("base.user_admin").has_group(
        "l10n_nl_loket.group_manager"
    ),
    "clerk reads": env["loket.export"].with_user(clerk).search_count([]),
    "actions": [
        env.ref(f"l10n_nl_loket.{name}").name
        for name in ("ir_cron_loket_sync", "ir_cron_loket_apply")
        if env.ref(f"l10n_nl_loket.{name}").active
    ],
    "redirect": connection.redirect_uri,
}
"""

AFTER = f"""
module = env["ir.module.module"].search([("name", "=", {ADDON!r})])
answer = {{
    "state": module.state,
    "connections": env["loket.connection"].search_count([]),
}}
"""

LEAVE = f"""
module = env["ir.module.module"].search([("name", "=", {ADDON!r})])
module.button_immediate_uninstall()
env = env(cr=env.cr)
answer = {{
    "state": module.state,
    "models": env["ir.model"].search_count([("model", "like", "loket")]),
    "employees": env["hr.employee"].search([("name", "=", "Anna de Boer")]).mapped(
        "name"
    ),
}}
"""


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    return wheel.build(tmp_path_factory.mktemp("packed"))


@pytest.fixture(scope="module", params=["wheel", "folder"])
def door(request, packed, new_database, tmp_path_factory):
    """An Odoo that runs without the addon, to which the addon was just brought."""
    folder = tmp_path_factory.mktemp(request.param)
    configuration = folder / "odoo.conf"
    configuration.write_text("[options]\n")
    python = {}
    if request.param == "wheel":
        python["python"] = wheel.install(packed, folder / "environment")
    else:
        addons = folder / "addons"
        for name in wheel.files_of_addon():
            (addons / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPO / name, addons / name)
        configuration.write_text(f"[options]\naddons_path = {addons}\n")
    installation = Installation(
        new_database(f"door_{request.param}"),
        folder,
        configuration=configuration,
        **python,
    )
    assert installation.shell(FORGET) == 0
    installation.way = request.param
    return installation


def test_the_page_tells_the_commands_that_are_tried_here():
    for command in (PIP, BY_COMMAND, UPGRADE):
        assert f"{command}\n" in INSTALL


def test_it_is_found_installed_used_upgraded_and_uninstalled(door):
    assert door.shell(FIND) == [ADDON]

    if door.way == "folder":
        assert door.shell(ACTIVATE) == "installed"
    else:
        _run(door, BY_COMMAND)
    assert door.shell(SET_UP) == {
        "line of roles": "Loket.nl",
        "roles": ["Manager", "Payroll clerk"],
        "manager from the start": True,
        "clerk reads": 0,
        "actions": [
            "Loket.nl: synchronise employees",
            "Loket.nl: add and link employees",
        ],
        "redirect": "https://odoo.example.com/loket/oauth/callback",
    }

    _run(door, UPGRADE)
    assert door.shell(AFTER) == {"state": "installed", "connections": 1}

    assert door.shell(LEAVE) == {
        "state": "uninstalled",
        "models": 0,
        "employees": ["Anna de Boer"],
    }


def _run(door, command):
    """Run a command of the page on the database of the test."""
    _odoo, *arguments = command.replace("DATABASE", door.name).split()
    door.odoo(*arguments, *QUIET)
