# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One database with the addon, of which each test has a copy."""

import itertools
import os

import pytest

from tools import database, odoo, postgres
from tools.build import lock
from tools.paths import REPO
from tools.versions import ADDON

from ..package.conftest import Installation

_numbers = itertools.count()


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The name of a database with the addon, which nobody works on."""
    postgres.ensure()
    odoo.configure()
    name = f"loket_reliability_{os.getpid()}"
    template = database.ensure_template()
    database.drop(name)
    with lock(template):
        database.copy(template, name)
    try:
        folder = tmp_path_factory.mktemp("reliability")
        Installation(name, folder, addons=REPO).install(ADDON)
        yield name
    finally:
        database.drop(name)


@pytest.fixture
def new_installation(installed, tmp_path):
    """A function that makes an Odoo with the addon, on a database of its own."""
    names = []

    def make():
        name = f"{installed}_{next(_numbers)}"
        database.copy(installed, name)
        names.append(name)
        return Installation(name, tmp_path, addons=REPO)

    yield make
    for name in names:
        database.drop(name)
