# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a payroll file says, whatever its bytes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType

from .errors import Fault, PayrollFileError

CENT = Decimal("0.01")
#: Loket's component numbers have one to four digits.
HIGHEST_COMPONENT = 9999

# Sums must be exact whatever the precision of the caller's decimal context.
_EXACT = Context(prec=200, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Key:
    """What a row is about: ``aanslnr;persnr;ploeg[;verdelingseenheid]``.

    No shift or no distribution unit is an empty column.
    """

    client_number: int
    payroll_number: int
    shift: int | None = None
    distribution_unit: str | None = None

    @property
    def order(self):
        """Rows are sorted by this: numbers as numbers, empty first."""
        return (
            self.client_number,
            self.payroll_number,
            self.shift or 0,
            int(self.distribution_unit or 0),
        )


@dataclass(frozen=True, slots=True)
class PayrollFile:
    """Rows of values, hours or euros or whatever the component counts.

    ``components`` are the columns, ascending; a value that is not in ``cells`` is an
    empty cell. Values have two decimals at the most.

    :raises PayrollFileError: when this could not be written as a correct file
    """

    cells: Mapping[Key, Mapping[int, Decimal]]
    components: tuple[int, ...] = field(default=())
    with_distribution_unit: bool = False

    def __post_init__(self):
        if faults := list(_faults(self)):
            raise PayrollFileError(faults)
        frozen = {key: MappingProxyType(dict(row)) for key, row in self.cells.items()}
        object.__setattr__(self, "cells", MappingProxyType(frozen))

    def totals(self) -> dict[int, Decimal]:
        """The total of every column, of the rounded values that are in the file."""
        totals = dict.fromkeys(self.components, Decimal(0))
        for row in self.cells.values():
            for code, value in row.items():
                totals[code] = _EXACT.add(totals[code], value)
        return totals


def rounded(value: Decimal) -> Decimal:
    """The value as a cell shows it: two decimals, half up (away from zero)."""
    return value.quantize(CENT, context=_EXACT)


def collect(
    values: Iterable[tuple[Key, int, Decimal]],
    *,
    components: Iterable[int] = (),
    with_distribution_unit: bool = False,
) -> PayrollFile:
    """Sum values of the same key and component exactly, and round each sum once.

    :param values: key, component code and exact value; in any order
    :param components: columns that are there even when nothing falls in them
    :raises PayrollFileError: when a key or a code does not fit in the file
    """
    sums = defaultdict(lambda: defaultdict(Decimal))
    for key, code, value in values:
        sums[key][code] = _EXACT.add(sums[key][code], value)
    cells = {
        key: {code: rounded(value) for code, value in row.items()}
        for key, row in sums.items()
    }
    codes = {code for row in cells.values() for code in row} | set(components)
    return PayrollFile(cells, tuple(sorted(codes)), with_distribution_unit)


def _faults(file: PayrollFile):
    """Everything that keeps this from being a file that Loket accepts."""
    if list(file.components) != sorted(set(file.components)):
        yield Fault("the components are not in ascending order, each once")
    for code in file.components:
        if not 1 <= code <= HIGHEST_COMPONENT:
            yield Fault(f"component {code} is not between 1 and {HIGHEST_COMPONENT}")
    for key, row in file.cells.items():
        who = f"payroll number {key.payroll_number}"
        if key.client_number < 1 or key.payroll_number < 1:
            yield Fault(f"{who}: client and payroll number must be 1 or more")
        if key.shift is not None and key.shift < 1:
            yield Fault(f"{who}: shift {key.shift} must be 1 or more")
        unit = key.distribution_unit
        if unit is not None and not file.with_distribution_unit:
            yield Fault(f"{who}: distribution unit {unit} has no column in this file")
        if unit is not None and not is_number(unit):
            yield Fault(f"{who}: distribution unit {unit!r} is not a whole number")
        for code, value in row.items():
            if code not in file.components:
                yield Fault(f"{who}: component {code} has no column in this file")
            if not value.is_finite() or value != rounded(value):
                yield Fault(f"{who}: {value} has more than two decimals")


def is_number(text: str) -> bool:
    """Whether the text is a positive whole number as the file writes it."""
    return text.isascii() and text.isdigit() and not text.startswith("0")
