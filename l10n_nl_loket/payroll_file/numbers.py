# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a component code and the code of a distribution unit are: the one rule.

Both are text in Odoo, where a person fills them in or Loket tells them, and numbers in
the file. Whoever needs the number asks here, and gets None for what is none: letters,
other digits than 0 to 9 (``²`` and ``٣`` are digits to Python), too large a number.
"""

from decimal import Decimal

#: Loket's component numbers have one to four digits.
HIGHEST_COMPONENT = 9999
#: Loket's contract: the code of a distribution unit is an int32.
HIGHEST_UNIT = 2**31 - 1


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


def exact(value: float) -> Decimal:
    """The number that a float of the database stands for: 0.1 is one tenth.

    The only way in from floats; from here on quantities are decimals.
    """
    return Decimal(str(value))


def _number(text: str, highest: int) -> int | None:
    # The length first: Python refuses to read a number of thousands of digits.
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(highest)):
        return None
    number = int(text)
    return number if 1 <= number <= highest else None
