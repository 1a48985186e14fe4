# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random payroll files, read back by a reader that has nothing of the writer.

What each cell must be is counted here in millionths, as whole numbers.
``./dev test --long tests/reliability/test_files.py`` makes 100,000 in place of 400.
"""

import os
import random
from collections import defaultdict
from decimal import Decimal

from ..payroll_file import conftest  # noqa: F401 (finds payroll_file)
from ..payroll_file.reader import read
from .report import kept

from payroll_file import Key, collect, write  # isort: skip

FILES = 100_000 if os.environ.get("LOKET_LONG") else 400
SEED = int(os.environ.get("LOKET_SEED", "0"))
MILLION = 10**6
HIGHEST = 2**31 - 1


def some_key(dice, with_unit):
    """A row of a file: small numbers that meet, or any."""
    number = dice.choice((dice.randint(1, 9), dice.randint(1, HIGHEST)))
    shift = dice.choice((None, dice.randint(1, 15), dice.randint(1, HIGHEST)))
    unit = dice.choice((None, dice.randint(1, 5), dice.randint(1, HIGHEST)))
    return Key(5555, number, shift, unit if with_unit else None)


def some_millionths(dice):
    """A quantity: cents, minutes, halves of a cent, or anything."""
    return dice.choice(
        (
            dice.randint(-99_999, 99_999) * 10_000,
            round(dice.randint(0, 60 * 200) * MILLION / 60),
            dice.randint(-99_999, 99_999) * 10_000 + 5_000,
            dice.randint(-(10**12), 10**12),
            0,
        )
    )


def in_cents(millionths):
    """Rounded half away from zero."""
    size = (abs(millionths) + 5_000) // 10_000
    return size if millionths >= 0 else -size


def some_bookings(dice):
    """(key, code, millionths), of which some are of one cell."""
    with_unit = dice.random() < 0.5
    keys = [some_key(dice, with_unit) for _number in range(dice.randint(0, 12))]
    codes = [dice.randint(1, 9999) for _number in range(dice.randint(1, 8))]
    count = dice.randint(0, 60) if keys else 0
    return with_unit, [
        (dice.choice(keys), dice.choice(codes), some_millionths(dice))
        for _number in range(count)
    ]


def test_what_is_read_back_of_a_file_is_what_was_booked_to_the_cent():
    cells = cents = 0
    for number in range(SEED, SEED + FILES):
        dice = random.Random(number)
        with_unit, bookings = some_bookings(dice)
        expected = defaultdict(lambda: defaultdict(int))
        for key, code, millionths in bookings:
            expected[key][code] += millionths
        values = [(key, code, Decimal(n) / MILLION) for key, code, n in bookings]

        found = read(write(collect(values, with_distribution_unit=with_unit)))

        told = {
            key: {code: int(value * 100) for code, value in row.items()}
            for key, row in found.cells.items()
        }
        assert told == {
            key: {code: in_cents(n) for code, n in row.items()}
            for key, row in expected.items()
        }, f"LOKET_SEED={number}"
        cells += sum(map(len, told.values()))
        cents += sum(abs(value) for row in told.values() for value in row.values())
    assert cells > FILES
    kept("payroll files", {"files": FILES, "cells": cells, "cents": cents})
