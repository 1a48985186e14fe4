# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who wrote a file and under which licence: two lines at the top of each source."""

from .build import run
from .paths import REPO

#: The two lines; what a language needs to make a comment of them stands around them.
LINES = (
    "Copyright 2026 l10n_nl_loket contributors",
    "License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).",
)
SUFFIXES = (".cjs", ".js", ".py", ".sql", ".wsdl", ".xml")
#: Above the two lines stands at most a line of the language itself.
TOP = 5


def sources():
    """Return the paths of all sources, those not yet committed included."""
    listed = run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        "missing: git, and a checkout made by it",
        cwd=REPO,
    )
    paths = (REPO / name for name in listed.splitlines())
    return [path for path in paths if path.suffix in SUFFIXES and path.is_file()]


def has_header(text):
    """Return whether the two lines stand at the top of a source."""
    top = "\n".join(text.splitlines()[:TOP])
    return all(line in top for line in LINES)


def check():
    """Print each source without a header; return whether there is none."""
    bare = [path for path in sources() if not has_header(path.read_text())]
    for path in bare:
        print(f"{path.relative_to(REPO)}: no copyright and licence at the top")
    return not bare
