# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a component code and the code of a distribution unit are: the one rule.

Both are text in Odoo, where a person fills them in or Loket tells them, and numbers in
the file. Whoever needs the number asks here, and gets None for what is none: letters,
other digits than 0 to 9 (``²`` and ``٣`` are digits to Python), too large a number.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

#: Loket's component numbers have one to four digits.
HIGHEST_COMPONENT = 9999
#: Loket's contract: the code of a distribution unit is an int32.
HIGHEST_UNIT = 2**31 - 1
#: A sign, digits, and marks between them or before decimals alone.
_TYPED = re.compile(r"(-?)(?=[0-9.,]*[0-9]$)([0-9][0-9.,]*)")
#: Spaces between groups of three, and nowhere else.
_SPACED = re.compile(r"(-?)\s*([0-9]{1,3}(?:\s[0-9]{3})+(?:[.,][0-9]+)?)")
#: A date by its numbers; behind it the midnight that spreadsheets add.
_DATE = re.compile(
    r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})(?:[ T]00:00(?::00)?)?"
)
_MONTHS = 12
_YEAR = 4  # digits
#: How many digits a mark of thousands parts.
_THOUSAND = 3
_SIX_DECIMALS = Decimal("1e-6")
_ANY_FLOAT = Context(prec=400, rounding=ROUND_HALF_UP)
_MOST_HOURS = Decimal(10**9)


def component_number(code: str | None) -> int | None:
    """The number of a component; None when the text is no such number.

    Spaces around it and zeros before it do not count: 010 is component 10.

    :param code: as a person fills it in, or as Loket tells it
    """
    return _number((code or "").strip().lstrip("0"), HIGHEST_COMPONENT)


def unit_number(code: str | None) -> int | None:
    """The number of a distribution unit; None when the text is no such number.

    The file holds it exactly as Loket has it, so 010 and 10 can't be told apart there:
    a zero or a space before it makes it no number.

    :param code: as Loket tells it
    """
    text = code or ""
    return None if text.startswith("0") else _number(text, HIGHEST_UNIT)


def exact(value: float, factor: Decimal = Decimal(1)) -> Decimal:
    """The number that a float of the database stands for: 0.1 is one tenth.

    Six decimals of it count. The only way in from floats; from here on quantities are
    decimals.

    :param factor: by which it is multiplied first, where it has another unit
    """
    return (Decimal(str(value)) * factor).quantize(_SIX_DECIMALS, context=_ANY_FLOAT)


def exact_hours(value: float, factor: Decimal = Decimal(1)) -> Decimal:
    """The hours that a float of the database stands for.

    What six decimals can't tell from a whole number of minutes is that: 0.333333 is
    twenty minutes, so that three times it is an hour, and nothing less.

    :param factor: how many hours its unit is
    """
    hours = exact(value, factor)
    if abs(hours) > _MOST_HOURS:  # it can't be right; the bounds of a row tell so
        return hours
    minutes = Decimal(round(hours * 60)) / 60
    return minutes if round(minutes, 6) == hours else hours


def typed_number(text: str) -> str:
    """A number as Dutch or English people type it, with a point before its decimals.

    Whatever stands before one or two digits at the end is what decimals begin with, as
    is what stands last of points and commas both. 1.234 may be a thousand or one and a
    bit: nobody guesses.

    :raise ValueError: it is no number, or may be two
    """
    plain = text.replace("€", " ").strip()
    plain = "-" + plain[1:].strip() if plain.startswith("-") else plain
    if _SPACED.fullmatch(plain):
        plain = "".join(plain.split())
        if "." not in plain and "," not in plain:
            return plain
    match = _TYPED.fullmatch(plain)
    if not match:
        raise ValueError(text)
    sign, body = match.groups()
    marks = [char for char in body if char in ".,"]
    if not marks:
        return sign + body
    last = marks[-1]
    whole, _mark, decimals = body.rpartition(last)
    if len(set(marks)) == 1 and len(marks) > 1:  # 1.234.567
        return sign + _without_thousands(body, last)
    if len(marks) > 1:
        if marks.count(last) > 1:
            raise ValueError(text)
        return f"{sign}{_without_thousands(whole, marks[0])}.{decimals}"
    if len(decimals) == _THOUSAND and len(whole) <= _THOUSAND and whole.strip("0"):
        raise ValueError(text)
    return f"{sign}{whole}.{decimals}"


def typed_date(text: str) -> date:
    """A date as Dutch people type it: 15-9-2026, or the year first, as 2026-09-15.

    03/09/2026 is another day in America than here, and 03-09-26 may begin with its
    year: nobody guesses.

    :raise ValueError: it is no date, or may be two
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    first, mark, second, third = match.groups()
    if len(first) == _YEAR:
        return date(int(first), int(second), int(third))
    if len(third) != _YEAR:
        raise ValueError(text)
    day, month = int(first), int(second)
    if mark == "/" and day <= _MONTHS and month <= _MONTHS and day != month:
        raise ValueError(text)
    return date(int(third), month, day)


def _without_thousands(text: str, mark: str) -> str:
    """:raise ValueError: the marks are not before each three digits"""
    first, *rest = text.split(mark)
    if not 1 <= len(first) <= _THOUSAND or any(len(one) != _THOUSAND for one in rest):
        raise ValueError(text)
    return first + "".join(rest)


def _number(text: str, highest: int) -> int | None:
    # The length first: Python refuses to read a number of thousands of digits.
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(highest)):
        return None
    number = int(text)
    return number if 1 <= number <= highest else None
