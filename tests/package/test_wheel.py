# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The wheel holds the whole addon, and Odoo installs the addon from it."""

import zipfile

import pytest

from tools import wheel
from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

WHERE = f"""
from odoo.modules.module import Manifest
addon = env["ir.module.module"].search([("name", "=", {ADDON!r})])
answer = {{
    "state": addon.state,
    "version": addon.latest_version,
    "path": Manifest.for_addon({ADDON!r}).path,
    "connections": env["loket.connection"].search_count([]),
    "cron": env.ref("{ADDON}.ir_cron_loket_sync").active,
}}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return wheel.build(tmp_path_factory.mktemp("wheel"))


def test_every_file_of_the_addon_is_in_the_wheel(built):
    with zipfile.ZipFile(built) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert packed == {f"odoo/addons/{name}" for name in wheel.files_of_addon()}


def test_the_files_are_packed_as_they_are(built):
    with zipfile.ZipFile(built) as archive:
        different = [
            name
            for name in wheel.files_of_addon()
            if archive.read(f"odoo/addons/{name}") != (REPO / name).read_bytes()
        ]

    assert not different


def test_odoo_installs_the_addon_from_the_wheel(built, new_database, tmp_path):
    python = wheel.install(built, tmp_path / "clean")
    installation = Installation(new_database("wheel"), tmp_path, python=python)

    installation.install(ADDON)
    found = installation.shell(WHERE)

    assert found["state"] == "installed"
    assert found["version"] == built.name.split("-")[1]
    assert found["path"].startswith(str(tmp_path / "clean" / "lib"))
    assert found["connections"] == 0
    assert found["cron"] is True
