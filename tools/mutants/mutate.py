# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run by mutmut's own Python instead of its script: what is broken here, and how.

Besides what mutmut breaks, which of two decides, and whether all must be so: `max` and
`min`, `all` and `any`. A text is broken once, not a second time by its capitals.
"""

from itertools import islice

import libcst as cst
from mutmut.__main__ import cli
from mutmut.mutation import trampoline
from mutmut.mutation.mutators import mutation_operators, operator_string

SWAPPED = {"max": "min", "min": "max", "all": "any", "any": "all"}


def swapped(call):
    """Yield the call of the opposite function."""
    if isinstance(call.func, cst.Name) and call.func.value in SWAPPED:
        yield call.with_changes(func=cst.Name(SWAPPED[call.func.value]))


def broken_once(text):
    """Yield the first mutation of a text."""
    return islice(operator_string(text), 1)


def active():
    """The mutant that is tested: no test of these rooms changes the environment."""
    return trampoline._mutant_under_test or ""


mutation_operators[:] = [
    (node, broken_once if operator is operator_string else operator)
    for node, operator in mutation_operators
] + [(cst.Call, swapped)]
# Each call of each function asks for it, and to ask the environment takes long.
trampoline.get_mutant_under_test = active

if __name__ == "__main__":
    cli()
