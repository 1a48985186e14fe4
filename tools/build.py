# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build a folder of the cache once: locked, and stamped when it is complete."""

import fcntl
import hashlib
import shutil
import subprocess
from contextlib import contextmanager

from .paths import CACHE
from .report import Missing, step


@contextmanager
def lock(name):
    """Let one process at a time do the work called `name`."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / f"{name}.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def digest(*parts):
    """A short key for what a build was made from."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def built(folder, key):
    """Whether `folder` stands complete and was made from `key`."""
    stamp = folder / ".complete"
    return stamp.exists() and stamp.read_text() == key


def build_once(folder, key, what, make):
    """Have `make()` fill `folder`, unless it stands already, made from `key`.

    An interrupted build has no stamp, so that the next one starts it again.
    """
    if built(folder, key):
        return
    with lock(folder.name):
        if built(folder, key):
            return
        with step(what):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            make()
            (folder / ".complete").write_text(key)


def run(command, missing, **options):
    """Run a command quietly; when it fails, say in one line what is missing."""
    try:
        return subprocess.run(
            command, check=True, capture_output=True, text=True, **options
        ).stdout
    except FileNotFoundError as error:
        raise Missing(f"{missing} ({error.filename} is not on this machine)") from error
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if line.strip()]
        raise Missing(f"{missing} ({lines[-1] if lines else error})") from error
