# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build the wheel of the addon: ``pip wheel --no-deps .``

With ``LOKET_ADDON=l10n_nl_loket_queue_job`` around it, that of the second addon.

It installs as ``odoo.addons.l10n_nl_loket``, beside any Odoo that Python can import.
Plain setuptools: setuptools-odoo has no support for Odoo 19. The metadata come from the
manifest, so that they are written once. Odoo itself is not named as a requirement: pip
could not find it. The tests stay behind, for many need the sandbox of the repository.
"""

import ast
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from setuptools import setup

ADDON = os.environ.get("LOKET_ADDON", "l10n_nl_loket")
ROOT = Path(__file__).parent
MANIFEST = ast.literal_eval((ROOT / ADDON / "__manifest__.py").read_text())


def packages() -> dict[str, str]:
    """Return every folder of the addon as a package name and its path."""
    found = [ROOT / ADDON, *(p for p in (ROOT / ADDON).rglob("*") if p.is_dir())]
    folders = sorted(path.relative_to(ROOT) for path in found)
    return {
        ".".join(["odoo", "addons", *path.parts]): path.as_posix()
        for path in folders
        if "__pycache__" not in path.parts and path.parts[1:2] != ("tests",)
        # A version is no name of a package: setuptools makes folders of its numbers.
        if not any("." in part for part in path.parts)
    }


#: {the manifest's word, which is the OCA's: that of Python's index}
STATUS = {
    "Alpha": "Development Status :: 3 - Alpha",
    "Beta": "Development Status :: 4 - Beta",
    "Production/Stable": "Development Status :: 5 - Production/Stable",
    "Mature": "Development Status :: 6 - Mature",
}
PACKAGES = packages()
# A build folder left by an earlier build would bring back files deleted since.
BUILD = TemporaryDirectory(prefix="loket-wheel-")

setup(
    name=f"odoo-addon-{ADDON}",
    version=MANIFEST["version"],
    description=MANIFEST["summary"],
    long_description=(ROOT / ADDON / "README.rst").read_text(),
    long_description_content_type="text/x-rst",
    license="LGPL-3.0-or-later",
    license_files=["LICENSE"],
    author=MANIFEST["author"],
    packages=list(PACKAGES),
    package_dir=PACKAGES,
    # Migrations are in folders that are named after a version.
    package_data={name: ["*", "[0-9]*.*/*"] for name in PACKAGES},
    python_requires=">=3.10",
    classifiers=[
        STATUS[MANIFEST["development_status"]],
        "Framework :: Odoo :: 19.0",
        "Programming Language :: Python :: 3",
    ],
    options={"build": {"build_base": BUILD.name}},
)
