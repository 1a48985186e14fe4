# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a payroll file says, whatever its bytes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType

from .errors import PayrollFileError
from .numbers import HIGHEST_COMPONENT, HIGHEST_UNIT

CENT = Decimal("0.01")
#: A third of an hour has no end of decimals: three of them are one hour all the same.
_ENDLESS = Decimal("1e-12")

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
    distribution_unit: int | None = None

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Rows are sorted by this: as numbers, empty first."""
        return (
            self.client_number,
            self.payroll_number,
            self.shift or 0,
            self.distribution_unit or 0,
        )


@dataclass(frozen=True, slots=True)
class PayrollFile:
    """Rows of values: hours or euros or whatever the component counts.

    A value that is not in ``cells`` is an empty cell. Values have two decimals at the
    most.

    :raise PayrollFileError: this could not be written as a correct file
    """

    cells: Mapping[Key, Mapping[int, Decimal]]
    with_distribution_unit: bool = False

    def __post_init__(self) -> None:
        if faults := list(_faults(self)):
            raise PayrollFileError(faults)
        frozen = {key: MappingProxyType(dict(row)) for key, row in self.cells.items()}
        object.__setattr__(self, "cells", MappingProxyType(frozen))

    @property
    def components(self) -> tuple[int, ...]:
        """The columns: every component that a row has a value of, ascending."""
        return tuple(sorted({code for row in self.cells.values() for code in row}))


def rounded(value: Decimal) -> Decimal:
    """The value as a cell shows it: two decimals, half up (away from zero)."""
    return value.quantize(_ENDLESS, context=_EXACT).quantize(CENT, context=_EXACT)


def collect(
    values: Iterable[tuple[Key, int, Decimal]],
    *,
    with_distribution_unit: bool = False,
) -> PayrollFile:
    """Sum values of the same key and component exactly, and round each sum once.

    :param values: key, component code and exact value; in any order
    :raise PayrollFileError: a key or a code does not fit in the file
    """
    sums: dict[Key, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for key, code, value in values:
        sums[key][code] = _EXACT.add(sums[key][code], value)
    cells = {
        key: {code: rounded(value) for code, value in row.items()}
        for key, row in sums.items()
    }
    return PayrollFile(cells, with_distribution_unit)


def _faults(file: PayrollFile) -> Iterator[str]:
    """Everything that keeps this from being a file that Loket accepts."""
    for code in file.components:
        if not 1 <= code <= HIGHEST_COMPONENT:
            yield f"component {code} is not between 1 and {HIGHEST_COMPONENT}"
    for key, row in file.cells.items():
        who = f"payroll number {key.payroll_number}"
        if key.client_number < 1 or key.payroll_number < 1:
            yield f"{who}: client and payroll number must be 1 or more"
        if key.shift is not None and key.shift < 1:
            yield f"{who}: shift {key.shift} must be 1 or more"
        unit = key.distribution_unit
        if unit is not None and not file.with_distribution_unit:
            yield f"{who}: distribution unit {unit} has no column in this file"
        if unit is not None and not 1 <= unit <= HIGHEST_UNIT:
            yield f"{who}: distribution unit {unit} is not 1 to {HIGHEST_UNIT}"
        for value in row.values():
            if not value.is_finite() or value != rounded(value):
                yield f"{who}: {value} has more than two decimals"
