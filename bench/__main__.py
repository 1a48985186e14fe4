# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run by `./dev bench`, inside the virtual environment."""

import argparse
import json
import os
import subprocess
import sys
import time

from bench import plot, results
from bench.data import SIZES
from bench.jobs import JOBS, PARTS
from bench.worker import ANSWER
from tools import database, odoo, postgres
from tools.report import step

ROUNDS = {"tiny": 1, "small": 3, "medium": 3, "full": 3}


def main(arguments=None):
    """Measure, print one table, and keep it."""
    options = _parser().parse_args(arguments)
    jobs, failed = options.job or JOBS, []
    if not options.page:
        postgres.ensure()
        odoo.configure()
        command = " ".join(["./dev bench", *(arguments or sys.argv[1:])])
        rounds = 0 if options.profile else options.rounds or ROUNDS[options.size]
        for job, rows in measure(jobs, options.size, rounds, options.part):
            if rows is None:
                failed.append(job)
            elif rounds:
                is_whole = options.part is None
                results.keep(job, options.size, command, rows, is_whole)
    results.show(jobs, options.size)
    results.write_page()
    if "growth" in jobs:
        plot.draw()
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


def measure(jobs, size, rounds, parts=None):
    """Yield (job, its rows) of each job, each in a process on a database of its own.

    Of a job that fails there are no rows; the others are measured all the same.

    :param parts: the numbers of those that are measured of a job; None: all
    """
    base = f"loket_bench_{os.getpid()}"
    one = f"{base}_job"
    database.create(base)
    try:
        for job in jobs:
            with step(f"{job}, {size}"):
                found = []
                of_job = range(PARTS.get(job, {}).get(size, 1))
                for part in of_job if parts is None else parts:
                    database.drop(one)
                    database.copy(base, one)
                    found.append(_rows_of(job, size, one, rounds, part))
            whole = None not in found
            yield job, [row for rows in found for row in rows] if whole else None
    finally:
        for name in (one, base):
            database.drop(name)


def _rows_of(job, size, name, rounds, part):
    """The rows of a part of a job; None where it fails."""
    command = [sys.executable, "-m", "bench.worker", job, size, name]
    command += [str(rounds), str(part)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return None
    (answer,) = (line for line in done.stdout.splitlines() if line.startswith(ANSWER))
    return json.loads(answer.removeprefix(ANSWER))


def _parser():
    parser = argparse.ArgumentParser(
        prog="./dev bench",
        description="What the work costs, held against the least that it could cost.",
    )
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--job", action="append", choices=JOBS, help="only this one")
    parser.add_argument("--rounds", type=int, help="how often each pair is measured")
    parser.add_argument(
        "--part",
        action="append",
        type=int,
        help="only this one of a job that has several, from 0; the others stay as they "
        "were measured before",
    )
    parser.add_argument(
        "--profile",
        action="store_true",
        help="tell where the time goes, in place of it",
    )
    parser.add_argument(
        "--page", action="store_true", help="measure nothing, write the page and plot"
    )
    return parser


if __name__ == "__main__":
    start = time.monotonic()
    main()
    print(f"{time.monotonic() - start:.0f} s in all", file=sys.stderr)
