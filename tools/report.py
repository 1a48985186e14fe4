# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the person sees: each step with its time, and what is missing."""

import sys
import time
from contextlib import contextmanager


class Missing(Exception):
    """Something that cannot be had here: what it is, and how to give it."""


@contextmanager
def step(what):
    """Say what is being done, and afterwards how long it took."""
    print(f"{what} ...", flush=True, file=sys.stderr)
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    print(f"{what}: {seconds:.1f} s", flush=True, file=sys.stderr)
