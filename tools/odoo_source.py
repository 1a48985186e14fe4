# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's source: a folder that the person gives, or Debian's package in the cache."""

import os
from pathlib import Path

from .build import build_once, digest, run
from .paths import CACHE, ODOO
from .report import Missing
from .versions import ODOO_PACKAGE, ODOO_SERIES, WEB_PACKAGES

GIVE = f"or set ODOO_SRC to a checkout of Odoo's {ODOO_SERIES} branch"


def source_folder():
    """The folder that holds the package `odoo`; fetch Odoo where there is none."""
    given = os.environ.get("ODOO_SRC")
    if given:
        return _checked(Path(given).resolve())
    key = digest(ODOO_PACKAGE, WEB_PACKAGES)
    build_once(ODOO, key, f"Odoo {ODOO_SERIES}, 120 MB from Debian", _unpack_packages)
    return ODOO / "usr" / "lib" / "python3" / "dist-packages"


def _checked(folder):
    release = folder / "odoo" / "release.py"
    version = "version_info = ({}, {}".format(*ODOO_SERIES.split("."))
    if not release.exists() or version not in release.read_text():
        raise Missing(f"missing: Odoo {ODOO_SERIES} in ODOO_SRC={folder}")
    return folder


def _unpack_packages():
    state = CACHE / "apt"
    options = _private_apt(state)
    run(["apt-get", *options, "update"], f"missing: Debian's package lists; {GIVE}")
    for package in (ODOO_PACKAGE, *WEB_PACKAGES):
        name, version, suite = package
        known = run(
            ["apt-cache", *options, "madison", name], f"missing: {name}; {GIVE}"
        )
        # sid moves on: another build of the same package is better than none.
        exact = f" {version} " in known
        wanted = f"{name}={version}" if exact else f"{name}/{suite}"
        if not exact:
            print(f"{name} {version} is no longer there; taking the one of {suite}")
        missing = f"missing: Debian's package {name}; {GIVE}"
        for old in state.glob(f"{name}_*.deb"):
            old.unlink()
        run(["apt-get", *options, "download", wanted], missing, cwd=state)
        (archive,) = state.glob(f"{name}_*.deb")
        run(["dpkg", "-x", str(archive), str(ODOO)], missing)
        archive.unlink()


def _private_apt(state):
    """Options that keep apt's lists in the cache and leave the machine's alone."""
    for folder in (
        state / "lists" / "partial",
        state / "cache" / "archives" / "partial",
    ):
        folder.mkdir(parents=True, exist_ok=True)
    site = _site(state)
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    suites = sorted({suite for _name, _version, suite in (ODOO_PACKAGE, *WEB_PACKAGES)})
    sources = state / "sources.list"
    sources.write_text(
        "".join(f"deb [signed-by={keyring}] {site} {one} main\n" for one in suites)
    )
    settings = {
        "Dir::State::Lists": state / "lists",
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Cache": state / "cache",
        "APT::Sandbox::User": "root",
    }
    return ["-q", *(f"-o{name}={value}" for name, value in settings.items())]


def _site(state):
    """Where this machine gets Debian from; its own lists tell, else fresh ones."""
    fresh = ["-q", f"-oDir::State::Lists={state / 'lists'}"]
    for options in ([], fresh):
        if options:
            run(["apt-get", *options, "update"], f"missing: Debian's lists; {GIVE}")
        form = ["--format", "$(LABEL) $(SITE)", "Created-By: Packages"]
        known = run(
            ["apt-get", *options, "indextargets", *form], f"missing: apt; {GIVE}"
        )
        for line in known.splitlines():
            label, _space, site = line.partition(" ")
            if label == "Debian":
                return site
    raise Missing(f"missing: Debian among the package sources of this machine; {GIVE}")


def fill_gap(unpacked):
    """Debian leaves out a library of video calls that the web client asks for.

    Without it each page complains in the browser's console, and a tour fails on that.
    """
    library = unpacked / "odoo/addons/mail/static/lib/selfie_segmentation"
    if (unpacked / "odoo").is_dir() and not library.exists():
        library.mkdir()
        (library / "selfie_segmentation.js").write_text("")
