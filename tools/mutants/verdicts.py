# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run by mutmut's own Python, in its folder: what became of each mutant, as JSON.

A list of name and status, and of those that live the difference with the source. With
--forget those that live are to be tested again.
"""

import json
import sys

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

#: Noticed, if only because nothing came of it any more.
DEAD = ("killed", "timeout", "segfault")


def verdicts():
    """Yield what became of each mutant."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            status = status_by_exit_code[code]
            is_dead = status in DEAD
            diff = "" if is_dead else get_diff_for_mutant(name, path=path)
            yield {"name": name, "status": status, "is_dead": is_dead, "diff": diff}


def forget():
    """Have mutmut test again what lives."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        data.exit_code_by_key = {
            name: code if status_by_exit_code[code] in DEAD else None
            for name, code in data.exit_code_by_key.items()
        }
        data.save()


if sys.argv[1:] == ["--forget"]:
    forget()
else:
    json.dump(list(verdicts()), sys.stdout)
