# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a value of a reply may be, whatever the protocol.

What is beyond can't be kept: a database, a form or a message would refuse it, and with
it all that goes along. So it is the trouble of the one record that it stands in.
Each function gives what is wrong, in words, or None.
"""

import datetime
import re
from decimal import Decimal

from ..words import Text, _lt

#: Longer is no name, street or e-mail address; an index of the database ends at 2,700.
LONGEST_TEXT = 1000
LONGEST_REF = 100
#: Loket's numbers are int32, and so are those of the database.
HIGHEST_INTEGER = 2**31 - 1
#: Euros. Loket's contract stops at a million.
HIGHEST_AMOUNT = 10**9
#: Of a value of a payroll period; Loket's contract stops at a tenth of it.
HIGHEST_VALUE = 10**9
#: Version numbers are int64.
HIGHEST_VERSION = 2**63 - 1
#: There are no more hours in a week.
HIGHEST_HOURS = 168
#: Decimals of an amount; more are no more exact.
_MOST_DECIMALS = 20
_YEARS = range(1800, 10000)

#: Stands for a character that XML can't hold, in a document that is read all the same.
#: It is no character itself, so nobody's name has it.
DAMAGE = "\ufdd0"
#: What XML can't hold, as NUL and half a pair of surrogates; and the likes of DAMAGE.
UNFIT = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
#: What stands for them where a person reads the text.
_SHOWN = "\N{REPLACEMENT CHARACTER}"


def wrong_text(text: str, longest: int = LONGEST_TEXT) -> Text | None:
    """Whether a text can't be kept.

    :param longest: how many characters it may have
    """
    if len(text) > longest:
        return _lt("is too long")
    # Nearly all text is of signs that need no looking up one by one.
    if not (text.isascii() and text.isprintable()) and UNFIT.search(text):
        return _lt("holds a character that can't be kept")
    return None


def wrong_integer(number: int) -> Text | None:
    """Whether a whole number is none that Loket may give."""
    return None if 0 <= number <= HIGHEST_INTEGER else _lt("is out of bounds")


def wrong_decimal(number: Decimal, highest: int) -> Text | None:
    """Whether a quantity is none that there can be."""
    if not number.is_finite() or not 0 <= number <= highest:
        return _lt("is out of bounds")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        return _lt("is out of bounds")
    return None


def wrong_value(number: Decimal) -> Text | None:
    """Whether a value of a payroll period is none that there can be."""
    return wrong_decimal(number.copy_abs(), HIGHEST_VALUE)


def wrong_date(day: datetime.date) -> Text | None:
    """Whether a date is of no person that may be employed."""
    return None if day.year in _YEARS else _lt("is out of bounds")


def fit_ref(text: str) -> str:
    """A reference that can be kept; empty where it can't."""
    return "" if wrong_text(text, LONGEST_REF) else text


def words(text: str) -> str:
    """What somebody else wrote, on one line, as it can be shown and kept.

    Signs that are none to be seen are left out, as is what is too long.
    """
    line = " ".join(text[: 2 * LONGEST_TEXT].split())
    seen = "".join(sign for sign in line if sign.isprintable())
    return " ".join(seen.split())[:LONGEST_TEXT]


def shown(text: str | None) -> str | None:
    """A text that may be damaged, as it can be shown and kept; None: it is empty."""
    cut = (text or "").strip()[:LONGEST_REF]
    return UNFIT.sub(_SHOWN, cut) or None
