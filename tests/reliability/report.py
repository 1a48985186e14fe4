# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run came to, for docs/reliability.md."""

import json
import os


def kept(what, figures):
    """Print figures, which pytest shows with ``-rP`` or ``-s``.

    Also to the end of the file ``LOKET_FIGURES``, where that is set.

    :param what: what was tried
    :param figures: {what of it: number}
    """
    line = json.dumps({"what": what, **figures})
    print(line)
    if path := os.environ.get("LOKET_FIGURES"):
        with open(path, "a") as file:
            file.write(line + "\n")
