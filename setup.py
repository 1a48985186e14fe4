# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build the wheel of the addon: ``odoo.addons.l10n_nl_loket``, data files included.

Plain setuptools: setuptools-odoo has no support for Odoo 19. The metadata come
from the manifest, so that they are written once.
"""

import ast
from pathlib import Path

from setuptools import setup

ADDON = "l10n_nl_loket"
ROOT = Path(__file__).parent
MANIFEST = ast.literal_eval((ROOT / ADDON / "__manifest__.py").read_text())


def packages() -> dict[str, str]:
    """Return every folder of the addon as a package name and its path."""
    folders = [ROOT / ADDON, *(p for p in (ROOT / ADDON).rglob("*") if p.is_dir())]
    return {
        ".".join(["odoo", "addons", *path.relative_to(ROOT).parts]): str(
            path.relative_to(ROOT)
        )
        for path in folders
        if "__pycache__" not in path.parts
    }


PACKAGES = packages()

setup(
    name=f"odoo-addon-{ADDON}",
    version=MANIFEST["version"],
    description=MANIFEST["summary"],
    long_description=(ROOT / "README.md").read_text(),
    long_description_content_type="text/markdown",
    license=MANIFEST["license"],
    author=MANIFEST["author"],
    url=MANIFEST["website"],
    packages=list(PACKAGES),
    package_dir=PACKAGES,
    package_data={name: ["*"] for name in PACKAGES},
    python_requires=">=3.10",
    classifiers=["Framework :: Odoo :: 19.0", "Programming Language :: Python :: 3"],
)
