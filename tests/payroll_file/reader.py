# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bytes in: reads a file as strictly as it is written, and says all that is wrong.

The judge of the tests: it has the layout and the bounds of the published description
itself, and takes none of them from the addon.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from payroll_file import Key, PayrollFile

SEPARATOR, LINE_END = ";", "\r\n"
_KEYS = ("aanslnr", "persnr", "ploeg")
_KEYS_WITH_UNIT = (*_KEYS, "verdelingseenheid")
_VALUE = re.compile(r"-?[0-9]+(,[0-9]{1,2})?", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]*", re.ASCII)
_COMPONENT = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. Lines and columns count from 1; None: the whole file."""

    message: str
    line: int | None = None
    column: int | None = None

    def __str__(self):
        place = [f"line {self.line}"] if self.line else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.message}" if place else self.message


class UnreadableFile(ValueError):
    """A file that can't be read. ``faults`` lists everything at once."""

    def __init__(self, faults):
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def read(data: bytes) -> PayrollFile:
    """Return what a file says.

    :raises UnreadableFile: with every fault and its line and column (from 1)
    """
    lines = _lines(data)
    with_unit = tuple(lines[0][: len(_KEYS_WITH_UNIT)]) == _KEYS_WITH_UNIT
    components = _components(lines[0], _keys(with_unit))
    faults, cells = [], {}
    for number, fields in enumerate(lines[1:], start=2):
        key, row, wrong = _row(fields, number, components, with_unit)
        if key in cells:
            wrong.append(Fault("a row with the same keys stands above", number))
        faults += wrong
        if not wrong:
            cells[key] = row
    if faults:
        raise UnreadableFile(faults)
    return PayrollFile(cells, with_unit)


def _keys(with_unit):
    return _KEYS_WITH_UNIT if with_unit else _KEYS


def _lines(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = Fault("only ASCII characters are allowed, no byte order mark", line)
        raise UnreadableFile([fault]) from None
    if not text.endswith(LINE_END):
        raise UnreadableFile([Fault("the last line does not end in CR LF")])
    lines = text.removesuffix(LINE_END).split(LINE_END)
    for number, line in enumerate(lines, start=1):
        if "\r" in line or "\n" in line:
            raise UnreadableFile([Fault("a line ends in another way", number)])
    return [line.split(SEPARATOR) for line in lines]


def _components(fields: list[str], keys: tuple[str, ...]) -> tuple[int, ...]:
    if tuple(fields[: len(keys)]) != keys:
        expected = SEPARATOR.join(keys)
        raise UnreadableFile([Fault(f"the header must begin with {expected}", 1)])
    faults, codes = [], []
    for column, code in enumerate(fields[len(keys) :], start=len(keys) + 1):
        if not _COMPONENT.fullmatch(code):
            faults.append(Fault(f"{code!r} is not a component number", 1, column))
        elif codes and int(code) <= codes[-1]:
            faults.append(
                Fault(f"component {code} is twice or not in order", 1, column)
            )
        else:
            codes.append(int(code))
    if faults:
        raise UnreadableFile(faults)
    return tuple(codes)


def _row(fields, line, components, with_unit):
    """The key, the values and what is wrong with one line."""
    names = _keys(with_unit)
    expected = len(names) + len(components)
    if len(fields) != expected:
        wrong = Fault(f"there are {len(fields)} columns instead of {expected}", line)
        return None, {}, [wrong]
    faults, row = [], {}
    for column, (name, text) in enumerate(zip(names, fields, strict=False), start=1):
        required = name in names[:2]
        if not _NUMBER.fullmatch(text) and (text or required):
            faults.append(Fault(f"{name} {text!r} is not a whole number", line, column))
    for column, (code, text) in enumerate(
        zip(components, fields[len(names) :], strict=True), start=len(names) + 1
    ):
        if not text:
            continue
        if _VALUE.fullmatch(text):
            row[code] = Decimal(text.replace(",", "."))
        else:
            faults.append(
                Fault(f"{text!r} is not a number with a decimal comma", line, column)
            )
    if faults:
        return None, {}, faults
    client_number, payroll_number, shift, *unit = fields[: len(names)]
    key = Key(
        client_number=int(client_number),
        payroll_number=int(payroll_number),
        shift=int(shift) if shift else None,
        distribution_unit=int(unit[0]) if unit and unit[0] else None,
    )
    return key, row, []
