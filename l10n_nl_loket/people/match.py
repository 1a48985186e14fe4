# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who in Odoo an employment of Loket may be, and why. Pure: no environment needed."""

from collections import defaultdict
from typing import NamedTuple


class Candidate(NamedTuple):
    """An employee of Odoo as far as it matters for finding a match."""

    id: int
    number: str
    emails: tuple[str, ...]
    birthday: object
    name: str


def text_key(text):
    """Text as far as it matters for a match: neither capitals nor spaces count."""
    return " ".join((text or "").casefold().split())


class Matcher:
    """Finds candidates by number, e-mail, and birth date with name, in that order.

    Two candidates for one key are no match: a wrong link pays the wrong person.
    """

    def __init__(self, candidates):
        self._by = {
            reason: defaultdict(set) for reason in ("number", "email", "birthday")
        }
        for one in candidates:
            if one.number:
                self._by["number"][text_key(one.number)].add(one.id)
            for email in filter(None, one.emails):
                self._by["email"][text_key(email)].add(one.id)
            if one.birthday and one.name:
                self._by["birthday"][one.birthday, text_key(one.name)].add(one.id)

    def find(self, *, number, emails, birthday, name):
        """(id of the employee, reason) or (None, None)."""
        tries = [("number", text_key(number))] if number else []
        tries += [("email", text_key(email)) for email in emails if email]
        if birthday and name:
            tries.append(("birthday", (birthday, text_key(name))))
        for reason, key in tries:
            found = self._by[reason].get(key, ())
            if len(found) == 1:
                return next(iter(found)), reason
        return None, None
