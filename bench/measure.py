# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a piece of work costs, and two of them in turn: ours and its bound."""

import ctypes
import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from odoo import sql_db

_PROC = Path("/proc/self")
_MEGABYTE = 1024  # kB, in which Linux counts


class Spent(NamedTuple):
    """What one run cost."""

    seconds: float
    """Wall time."""
    queries: float
    """SQL statements, over all cursors of this process."""
    calls: float
    """HTTP requests that the sandbox answered."""
    processor: float
    """Processor seconds of this process, all its threads; not of the database."""
    memory: float
    """MB of resident memory, at its peak, above the least that this process had when
    idle. What an earlier run has not given back counts as well."""


def of_all(spent):
    """What the pieces of one run cost together."""
    *costs, memory = zip(*spent, strict=True)
    return Spent(*map(sum, costs), max(memory))


def at_once(spent):
    """The median of several runs, each number for itself."""
    return Spent(*(statistics.median(numbers) for numbers in zip(*spent, strict=True)))


@dataclass
class Meter:
    """Measures work of this process.

    :param calls: tells how many HTTP requests were answered so far
    """

    calls: Callable[[], int] = lambda: 0
    idle: float = field(default=float("inf"), init=False)

    def measure(self, work):
        """What ``work`` costs, and what it returns.

        :return: (Spent, result)
        """
        self._settle()
        queries, calls = sql_db.sql_counter, self.calls()
        processor, start = time.process_time(), time.perf_counter()
        result = work()
        seconds = time.perf_counter() - start
        processor = time.process_time() - processor
        peak = _memory("VmHWM")
        return Spent(
            seconds,
            sql_db.sql_counter - queries,
            self.calls() - calls,
            processor,
            peak - self.idle,
        ), result

    def _settle(self):
        """Give back what is free, and let Linux count the peak from here on."""
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        self.idle = min(self.idle, _memory("VmRSS"))
        (_PROC / "clear_refs").write_text("5")  # proc(5): resets the peak


def _memory(name):
    for line in (_PROC / "status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / _MEGABYTE
    raise LookupError(name)


@dataclass(frozen=True)
class Target:
    """What a row is to keep: a number of it, at most so much.

    :param of: a field of ``Spent``; ``ratio`` before it: ours divided by the bound's
    """

    of: str
    most: float

    def value(self, ours, bound):
        """The number that is held against the target; None: there is no bound."""
        name = self.of.removeprefix("ratio ")
        value = getattr(ours, name)
        if name == self.of:
            return value
        least = bound and getattr(bound, name)
        return value / least if least else None

    @property
    def words(self):
        """The target, for people to read."""
        units = {"seconds": " s", "memory": " MB", "processor": " s"}
        names = {"queries": " queries", "calls": " calls"}
        if self.of.startswith("ratio "):
            kind = {"ratio seconds": "time", "ratio processor": "processor time"}
            return f"≤ {self.most:g} × {kind[self.of]}"
        return f"≤ {self.most:g}{units.get(self.of) or names[self.of]}"


@dataclass
class Row:
    """One row of the table: our way, the bound, and what is wanted.

    :param ours: does the work; returns what came of it
    :param bound_words: what the bound is
    :param bound: does the least that the work could be; None: there is none
    :param before: is called before each of both, with ``ours`` or ``bound``, and not
        measured
    :param check: takes the results of both (None without a bound), and raises
        AssertionError where ours is wrong
    :param in_pieces: ``ours`` and ``bound`` give iterators, of which each step does a
        piece of the work and gives what came of it so far: both are measured in turn,
        piece by piece, for the speed of a machine changes within minutes
    :param rounds: how often both are measured; None: as often as is asked for
    :param grows: of a curve: what grows, and to how much
    """

    what: str
    ours: Callable[[], Any]
    targets: tuple[Target, ...] = ()
    bound_words: str = ""
    bound: Callable[[], Any] | None = None
    before: Callable[[str], Any] = lambda side: None
    check: Callable[[Any, Any], Any] = lambda ours, bound: None
    in_pieces: bool = False
    rounds: int | None = None
    grows: tuple[str, int] | None = None


def measured(row, meter, rounds):
    """A row as numbers: each round first ours, then the bound, or both piece by piece.

    :param rounds: how often, where the row does not say so
    :return: a dictionary, as results.json has it
    """
    rounds = row.rounds or rounds
    both = {"ours": [], "bound": []}
    run = _piece_by_piece if row.in_pieces else _one_by_one
    for _round in range(rounds):
        results = {"bound": None}
        for name, spent, result in run(row, meter):
            both[name].append(spent)
            results[name] = result
        row.check(results["ours"], results["bound"])
    ours = at_once(both["ours"])
    bound = at_once(both["bound"]) if both["bound"] else None
    return {
        "what": row.what,
        "bound_words": row.bound_words,
        "rounds": rounds,
        "grows": row.grows,
        "ours": _rounded(ours),
        "bound": bound and _rounded(bound),
        "targets": [
            {
                "words": target.words,
                "value": _digits(value),
                "kept": value <= target.most,
            }
            for target in row.targets
            if (value := target.value(ours, bound)) is not None
        ],
    }


def _one_by_one(row, meter):
    """Yield (side, Spent, result) of each side: first ours, then the bound."""
    for name, work in (("ours", row.ours), ("bound", row.bound)):
        if work:
            row.before(name)
            yield name, *meter.measure(work)


def _piece_by_piece(row, meter):
    """Yield the same, of both sides in turn."""
    for name in ("ours", "bound"):
        row.before(name)
    pieces = {"ours": row.ours(), "bound": row.bound()}
    spent, results = {name: [] for name in pieces}, {}
    while pieces:
        for name, work in tuple(pieces.items()):
            one, result = meter.measure(partial(next, work, None))
            if result is None:  # that was the end
                del pieces[name]
            else:
                spent[name].append(one)
                results[name] = result
    for name, costs in spent.items():
        yield name, of_all(costs), results[name]


def _rounded(spent):
    return {name: _digits(value) for name, value in spent._asdict().items()}


def _digits(value):
    """A number with as many digits as mean anything."""
    return round(value) if value >= 100 else float(f"{value:.3g}")
