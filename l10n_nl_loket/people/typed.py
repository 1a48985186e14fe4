# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is meant by a number or a name that somebody typed in a list."""

from collections import defaultdict
from collections.abc import Iterable

from .names import name_key, name_words, number_key


class People:
    """Those who can be meant, by all that they are known by.

    :param names: of each person: id and name
    :param numbers: id and number; a person may have several
    """

    def __init__(
        self,
        names: Iterable[tuple[int, str]],
        numbers: Iterable[tuple[int, str | None]],
    ) -> None:
        self._by_name: dict[tuple[str, ...], dict[int, set[str]]] = defaultdict(dict)
        self._by_number: dict[str, set[int]] = defaultdict(set)
        for person, name in names:
            self._by_name[name_key(name)][person] = set(name_words(name))
        for person, number in numbers:
            self._by_number[number_key(number)].add(person)
        self._by_name.pop((), None)
        self._by_number.pop("", None)

    def meant(self, text: str) -> set[int]:
        """Ids of all who may be meant: nobody guesses which of two.

        Prefixes may be left out; one that somebody typed is of the name, for Piet van
        den Berg is not Piet Berg.
        """
        typed = set(name_words(text))
        names = self._by_name.get(name_key(text), {})
        by_name = {person for person, words in names.items() if typed <= words}
        return by_name | self._by_number.get(number_key(text), set())
