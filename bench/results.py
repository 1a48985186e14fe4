# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was measured, in results.json; as a table; and on docs/performance.md."""

import json
import os
import platform
import re
from datetime import date
from pathlib import Path

from odoo import release

from bench.jobs import JOBS
from tools.paths import REPO

RESULTS = Path(__file__).with_name("results.json")
#: The same, of the last commit before any of it was made fast (2d31381).
BEFORE = Path(__file__).with_name("before.json")
PAGE = REPO / "docs" / "performance.md"
#: Where a table of a size stands on the page.
PLACE = re.compile(
    r"(?P<begin><!-- (?P<what>results|before) (?P<size>\w+) -->\n).*?"
    r"(?P<end><!-- end -->)",
    re.DOTALL,
)
HEAD = ("job", "time", "bound", "ratio", "SQL", "HTTP", "processor", "ratio",
        "memory", "target")  # fmt: skip


def read(path=None):
    """{job: {size: what was measured, where and when}}"""
    path = path or RESULTS
    return json.loads(path.read_text()) if path.exists() else {}


def keep(job, size, command, rows, is_whole=True):
    """Keep what was measured of a job; what is known of the others stays.

    :param is_whole: whether these are all rows of it; else what is known of the others
        of its rows stays as well
    """
    found = read()
    if not is_whole:
        new = {row["what"]: row for row in rows}
        known = found.get(job, {}).get(size, {}).get("rows", ())
        rows = list(({row["what"]: row for row in known} | new).values())
    found.setdefault(job, {})[size] = {
        "command": command,
        "date": date.today().isoformat(),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "odoo": release.version,
        },
        "rows": rows,
    }
    ordered = dict(sorted(found.items(), key=lambda item: JOBS.index(item[0])))
    RESULTS.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n")


def show(jobs, size):
    """Print one table of these jobs."""
    lines = [HEAD, *_lines(jobs, size)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    for line in lines:
        print(
            "  ".join(
                text.ljust(width) if column in (0, len(HEAD) - 1) else text.rjust(width)
                for column, (text, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
        )


def markdown(size):
    """The table of all jobs measured at a size, and what they were measured on."""
    lines = [HEAD, ["---", *["--:"] * (len(HEAD) - 2), "---"], *_lines(JOBS, size)]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    known = [(job, of[size]) for job, of in read().items() if size in of]
    where = {}
    for job, one in known:
        machine = one["machine"]
        words = (
            f"Measured on {one['date']}: {machine['cores']} cores, "
            f"Python {machine['python']}, Odoo {machine['odoo']}"
        )
        where.setdefault(words, []).append(job)
    notes = "".join(f"{words} ({', '.join(jobs)}).\n" for words, jobs in where.items())
    return f"\n{table}\n{notes}\n"


def compared(size):
    """The table of what our side costs at a size, before and now."""
    head = ("job", "time", "processor", "SQL", "memory")
    lines = [head, ["---", *["--:"] * 4]]
    now = _by_name(read(), size)
    for what, row in _by_name(read(BEFORE), size).items():
        sides = [row["ours"], now[what]["ours"] if what in now else None]
        shown = (
            " → ".join(text % side[name] if side else "-" for side in sides)
            for name, text in (
                ("seconds", "%.3g s"),
                ("processor", "%.3g s"),
                ("queries", "%g"),
                ("memory", "%.0f MB"),
            )
        )
        lines.append((what, *shown))
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def _by_name(found, size):
    return {
        row["what"]: row
        for job in JOBS
        for row in found.get(job, {}).get(size, {}).get("rows", ())
    }


def page():
    """The page with its tables as they were measured last."""
    return PLACE.sub(
        lambda found: (
            found["begin"] + TABLES[found["what"]](found["size"]) + found["end"]
        ),
        PAGE.read_text(),
    )


#: {word of the mark on the page: what makes the table}
TABLES = {"results": markdown, "before": compared}


def write_page():
    """Write the tables into the page, where there is one."""
    if PAGE.exists():
        PAGE.write_text(page())


def _lines(jobs, size):
    found = read()
    return [
        _line(row)
        for job in jobs
        if size in found.get(job, {})
        for row in found[job][size]["rows"]
    ]


def _line(row):
    ours, bound = row["ours"], row["bound"]
    once = " (one round)" if row["rounds"] == 1 else ""
    targets = [
        f"{target['words']}: {'yes' if target['kept'] else 'NO'} ({target['value']:g})"
        for target in row["targets"]
    ]
    return (
        row["what"] + once,
        f"{ours['seconds']:.3g} s",
        f"{bound['seconds']:.3g} s" if bound else "-",
        _ratio(ours, bound, "seconds"),
        f"{ours['queries']:g}",
        f"{ours['calls']:g}",
        f"{ours['processor']:.3g} s",
        _ratio(ours, bound, "processor"),
        f"{ours['memory']:.0f} MB",
        "; ".join(targets) or "-",
    )


def _ratio(ours, bound, name):
    if not bound or not bound[name]:
        return "-"
    return f"{ours[name] / bound[name]:.2f}"
