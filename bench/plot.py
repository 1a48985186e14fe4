# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The picture of how time and memory grow, drawn of results.json.

matplotlib is no part of what the other commands need: it is fetched when the bench is
run, into a folder of its own.
"""

import sys

from bench import results
from bench.data import SIZES
from tools.build import build_once, digest, run
from tools.paths import CACHE, REPO
from tools.wheel import INDEX, PIP

REQUIREMENTS = REPO / "bench" / "requirements.txt"
FOLDER = CACHE / "matplotlib"
PICTURE = REPO / "bench" / "growth.svg"
#: What grows, and in what time is told of each.
UNITS = {
    "people": ("unchanged night", "ms a person"),
    "lines": ("preview", "µs a line"),
}
IN_UNITS = {"people": 1e3, "lines": 1e6}


def draw():
    """Draw each curve of the largest size that it was measured at."""
    points = {}
    for size in SIZES:  # a larger one takes the place of a smaller
        points |= _points(size)
    if not points:
        return
    _ensure()
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "growth"  # the same picture for the same numbers
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(2, len(points), figsize=(9, 5), squeeze=False)
    for column, (what, found) in enumerate(points.items()):
        name, unit = UNITS[what]
        numbers = [number for number, _row in found]
        times = [row["seconds"] / n * IN_UNITS[what] for n, row in found]
        memory = [row["memory"] for _number, row in found]
        for axis, values, label in zip(
            axes[:, column], (times, memory), (unit, "MB above idle"), strict=True
        ):
            axis.plot(numbers, values, marker="o")
            axis.set_xscale("log")
            axis.set_ylim(bottom=0, top=max(values) * 1.3)
            axis.set_ylabel(label)
            axis.grid(alpha=0.3)
        axes[0, column].set_title(name)
        axes[1, column].set_xlabel(what)
    figure.tight_layout()
    figure.savefig(PICTURE, metadata={"Date": None})


def _points(size):
    """{what grows: [(to how much, what it cost)]}"""
    points = {}
    for row in results.read().get("growth", {}).get(size, {}).get("rows", ()):
        if not row["grows"]:
            continue  # measured beside what is drawn
        what, number = row["grows"]
        points.setdefault(what, {})[number] = row["ours"]
    return {what: sorted(found.items()) for what, found in points.items()}


def _ensure():
    wanted = ["--only-binary", ":all:", "--target", str(FOLDER)]
    build_once(
        FOLDER,
        digest(REQUIREMENTS.read_text()),
        "matplotlib",
        lambda: run([*PIP, "install", *wanted, "-r", str(REQUIREMENTS)], INDEX),
    )
    sys.path.append(str(FOLDER))
