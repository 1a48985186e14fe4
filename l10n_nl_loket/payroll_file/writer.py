# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bytes out: ASCII, semicolons, decimal comma, CRLF, no byte order mark."""

from decimal import Decimal

from .content import Key, PayrollFile

KEY_COLUMNS = ("aanslnr", "persnr", "ploeg")
DISTRIBUTION_UNIT = "verdelingseenheid"
SEPARATOR = ";"
LINE_END = "\r\n"


def header(with_distribution_unit: bool) -> tuple[str, ...]:
    """The names of the key columns."""
    return (*KEY_COLUMNS, DISTRIBUTION_UNIT) if with_distribution_unit else KEY_COLUMNS


def write(file: PayrollFile) -> bytes:
    """Return the file as Loket imports it; rows sorted, so equal files equal bytes."""
    components = file.components
    lines = [[*header(file.with_distribution_unit), *map(str, components)]]
    for key in sorted(file.cells, key=lambda key: key.order):
        row = file.cells[key]
        values = [_number(row.get(code)) for code in components]
        lines.append([*_key(key, file.with_distribution_unit), *values])
    text = "".join(SEPARATOR.join(line) + LINE_END for line in lines)
    return text.encode("ascii")


def _key(key: Key, with_distribution_unit: bool) -> list[str]:
    columns = [str(key.client_number), str(key.payroll_number), str(key.shift or "")]
    if with_distribution_unit:
        columns.append(str(key.distribution_unit or ""))
    return columns


def _number(value: Decimal | None) -> str:
    """``7,5``: no zeros behind, no thousands; None is an empty cell, zero is 0."""
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return "0" if text == "-0" else text
