# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whom in Odoo an employment may be of: evidence, and what speaks against it.

Strongest first: birth date and name; e-mail; personnel number; birth date and a part of
the name (who has married, or is written with initials); the name alone. Known birth
dates that differ contradict, and so does a number whose name shares no word: a
badge is seldom Loket's number. A wrong link pays the wrong person. So whatever is not
sure is shown, or said, and left to a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from .known import Who
from .names import name_key, name_words, number_key, telling_words
from .one_person import (
    birth_dates_differ,
    is_same_person,
    linked_employee,
    may_be_one_person,
)

Reason = Literal[
    "birthday",
    "email",
    "number",
    "alike",
    "name",
    "same",
    "several",
    "contradicted",
    "claimed",
    "twice",
    "renamed",
]
"""Why somebody is suggested or, of the last five, why nobody is."""

Kind = Literal["birthday", "email", "number", "alike", "name"]

#: More candidates than this for one key are not looked at one by one.
CROWD = 50

#: How strong evidence is: Loket's own; birth date and name; e-mail or number, with the
#: same birth date, or without any; the name alone, or a part of it and the birth date.
SAME, SURE, BORN, LIKELY, NAMESAKE = 5, 4, 3, 2, 1


class Candidate(NamedTuple):
    """An employee of Odoo as far as it matters for finding a match."""

    id: int
    number: str | None
    """The badge."""
    emails: tuple[str, ...]
    """Normalized."""
    birthday: date | None
    name: str | None
    links: tuple[Who, ...] = ()
    """The live employments that are linked to this employee."""


class Person(NamedTuple):
    """Somebody in Loket for whom a match is sought."""

    row: Who
    emails: tuple[str, ...] = ()
    """Normalized."""
    is_open: bool = True
    """Whether somebody is to decide on it. A claim of who is not keeps nobody else from
    being suggested."""


class Finding(NamedTuple):
    """Whom somebody in Loket may be."""

    employee_id: int | None = None
    """None: nobody is suggested."""
    reason: Reason | None = None
    is_strong: bool = False
    """Whether it may be linked without looking at both sides."""
    may_be_double: bool = False
    """Whether adding may make another employee of somebody who is there."""
    rank: int = 0
    """How strong the evidence is: of two who claim one employee, the stronger."""
    others: tuple[int, ...] = ()
    """The employees between whom nobody but a person can choose."""


class Matcher:
    """Finds whom in Odoo somebody in Loket may be."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates: dict[int, Candidate] = {}
        self._by_key: dict[tuple[Kind, object], list[int]] = defaultdict(list)
        for candidate in candidates:
            self._candidates[candidate.id] = candidate
            for key in _keys(*candidate[1:5]):
                self._by_key[key].append(candidate.id)

    def find(self, person: Person) -> Finding:
        """Whom in Odoo somebody in Loket may be, and why; or why nobody is suggested.

        :param person: looked at alone: see ``suggestions`` for all of them
        """
        evidence = self._evidence(person)
        sound, against, claimed = {}, [], []
        for id_, kinds in evidence.items():
            candidate = self._candidates[id_]
            if any(_is_somebody_else(person.row, link) for link in candidate.links):
                if _may_be_entered_anew(person.row, candidate, kinds):
                    claimed.append(id_)
            elif birth_dates_differ(person.row.birthday, candidate.birthday):
                # Alike in all but the birth date: a mistake in it, or father and son.
                if "name" in kinds and len(kinds) > 1:
                    against.append(id_)
            elif kinds := _what_holds(person.row, candidate, kinds):
                sound[id_] = kinds
        if sound:
            return self._best(person.row, sound)
        if against:
            return Finding(
                reason="contradicted", may_be_double=True, others=tuple(against)
            )
        if claimed:
            return Finding(reason="claimed", may_be_double=True, others=tuple(claimed))
        return Finding()

    def _evidence(self, person: Person) -> dict[int, set[Kind]]:
        """{candidate: what speaks for him}; of a crowd only the first."""
        row = person.row
        evidence: dict[int, set[Kind]] = defaultdict(set)
        # Of two born on one day, the same first name says little.
        first_name = ("alike", (row.birthday, *name_words(row.name)[:1]))
        for key in _keys(row.employee_number, person.emails, row.birthday, row.name):
            if key == first_name:
                continue
            for id_ in self._by_key.get(key, ())[:CROWD]:
                evidence[id_].add(key[0])
        return evidence

    def _best(self, row: Who, sound: dict[int, set[Kind]]) -> Finding:
        """The one with the best evidence; nobody where that may be several."""
        ranks = {
            id_: _rank(row, self._candidates[id_], kinds)
            for id_, kinds in sound.items()
        }
        rank = max(ranks.values())
        # Of e-mail and number neither is better, should they point to two.
        lowest = rank if rank in (SURE, NAMESAKE) else LIKELY
        best = [id_ for id_ in sound if ranks[id_] >= lowest]
        if rank == LIKELY and "name" not in sound[best[0]]:
            # Somebody of the same name is as likely as whoever has the number.
            best += [id_ for id_ in sound if id_ not in best]
        if len(best) > 1:
            return Finding(
                reason="several", may_be_double=True, rank=rank, others=tuple(best)
            )
        candidate, kinds = self._candidates[best[0]], sound[best[0]]
        reason = next(
            kind
            for kind in ("birthday", "email", "number", "alike", "name")
            if kind in kinds
        )
        return Finding(
            employee_id=candidate.id,
            reason=reason,
            is_strong=_is_strong(row, candidate, kinds, rank),
            may_be_double=True,
            rank=rank,
        )


def _keys(
    number: str | None,
    emails: Iterable[str],
    birthday: date | None,
    name: str | None,
) -> list[tuple[Kind, object]]:
    keys: list[tuple[Kind, object]] = []
    if words := name_key(name):
        if birthday:
            keys.append(("birthday", (birthday, words)))
            keys += [("alike", (birthday, word)) for word in telling_words(name)]
        keys.append(("name", words))
    # The same address for work and home is one piece of evidence.
    keys += [("email", email) for email in dict.fromkeys(emails) if email]
    if key := number_key(number):
        keys.append(("number", key))
    return keys


def _is_somebody_else(row: Who, link: Who) -> bool:
    """Whether linking a row to the employee of another one would be refused."""
    return link.id != row.id and not may_be_one_person(row, link)


def _may_be_entered_anew(row: Who, candidate: Candidate, kinds: set[Kind]) -> bool:
    """Whether whom Loket knows by another reference may be the same nevertheless.

    Who comes back may be entered once more, under a name of marriage. Then nobody is
    suggested, for Loket tells two people; adding unasked may make a double though.
    """
    here = telling_words(row.name)
    known: list[Who | Candidate] = [candidate, *candidate.links]
    return not kinds.isdisjoint(("email", "name")) and all(
        here & telling_words(who.name)
        and not birth_dates_differ(row.birthday, who.birthday)
        for who in known
    )


def _what_holds(row: Who, candidate: Candidate, kinds: set[Kind]) -> set[Kind]:
    """The evidence without a number whose name shares no word with Loket's."""
    if "number" not in kinds or "name" in kinds:
        return kinds
    if telling_words(row.name) & telling_words(candidate.name):
        return kinds
    return kinds - {"number"}


def _rank(row: Who, candidate: Candidate, kinds: set[Kind]) -> int:
    if "birthday" in kinds:
        return SURE
    if kinds <= {"alike", "name"}:
        return NAMESAKE
    is_born = row.birthday and row.birthday == candidate.birthday
    return BORN if is_born else LIKELY


def _is_strong(row: Who, candidate: Candidate, kinds: set[Kind], rank: int) -> bool:
    """Whether the evidence is enough to link many at once.

    An address that two people share, and a badge that happens to be a number, are told
    by the names: as long as those have nothing in common, a person looks at it.
    """
    if any(not is_same_person(row, link) for link in candidate.links):
        return False
    if rank >= BORN:
        return True
    here, there = telling_words(row.name), telling_words(candidate.name)
    if "email" in kinds:
        return bool(here & there)
    return rank == LIKELY and (here <= there or there <= here)


def suggestions(
    people: Sequence[Person], matcher: Matcher, known: Mapping[str, Sequence[Who]]
) -> dict[int, Finding]:
    """{id of the row: Finding} for all who are to be decided on, and the others.

    Somebody who seems to be in Loket twice is not added twice unasked.

    :param known: Loket's reference of a person -> the employments linked under it
    """
    alone = {
        person.row.id: _alone(
            person, matcher, known.get(person.row.employee_ref or "", ())
        )
        for person in people
    }
    to_decide = [person.row for person in people if person.is_open]
    findings = _among(to_decide, alone)
    if len(to_decide) == len(people):
        return findings
    return _among([person.row for person in people], alone) | findings


def _among(rows: Sequence[Who], alone: Mapping[int, Finding]) -> dict[int, Finding]:
    """{id of the row: Finding} of rows as they are beside each other."""
    findings = {row.id: alone[row.id] for row in rows}
    findings |= _claimed(rows, findings)
    for row in _twice(rows):
        if not findings[row.id].reason:
            findings[row.id] = Finding(reason="twice", may_be_double=True)
    return findings


def _alone(person: Person, matcher: Matcher, links: Sequence[Who]) -> Finding:
    """Whom somebody may be, whoever else there is to be decided on.

    A reference that was somebody else's suggests nobody: it would overwrite one with
    the other.

    :param links: the employments linked under Loket's reference of this person
    """
    if employee_id := linked_employee(person.row, links):
        return Finding(employee_id, "same", is_strong=True, rank=SAME)
    finding = matcher.find(person)
    if links and not finding.reason:
        others = dict.fromkeys(link.employee_id for link in links)
        return Finding(
            reason="renamed", may_be_double=True, others=tuple(filter(None, others))
        )
    return finding


def _claimed(
    rows: Iterable[Who], findings: Mapping[int, Finding]
) -> dict[int, Finding]:
    """{id of the row: Finding} for those whose suggestion is somebody else's.

    An employee whom two people in Loket may be is suggested for the one with the
    stronger evidence, and for neither where it is the same.
    """
    claims: dict[int, list[Who]] = defaultdict(list)
    for row in rows:
        if employee_id := findings[row.id].employee_id:
            claims[employee_id].append(row)
    claimed = {}
    for employee_id, claimants in claims.items():
        rank = max(findings[row.id].rank for row in claimants)
        best = [row for row in claimants if findings[row.id].rank == rank]
        is_one = all(is_same_person(best[0], row) for row in best)
        for row in claimants:
            if not (is_one and is_same_person(best[0], row)):
                claimed[row.id] = Finding(
                    reason="claimed", may_be_double=True, others=(employee_id,)
                )
    return claimed


def _twice(rows: Iterable[Who]) -> list[Who]:
    """Those with the name and birth date of another person of their administration."""
    groups = defaultdict(list)
    for row in rows:
        if row.birthday and row.employee_ref and (key := name_key(row.name)):
            groups[row.connection_id, row.birthday, key].append(row)
    return [
        row
        for group in groups.values()
        if len({row.employee_ref for row in group}) > 1
        for row in group
    ]
