# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ways into the company, worked out once and again only after a record changed.

So a page costs what its own records cost, however many people there are.
"""

import threading

from .visibility import passes
from .watched import revision


class Index:
    """Finds the records of the company of a ``server.Sandbox``."""

    def __init__(self, server):
        self._server = server
        self._made, self._of = {}, None
        self._kept = {}
        self._lock = threading.RLock()  # several calls may come at once

    def find(self, entity_id):
        """Return (employer, administration, employee, employment), or None.

        What is not of the path to the entity is None; ``entity_id`` may be that of an
        employer, administration, journal profile, employee or employment.
        """
        return self._once("find", self._by_id).get(entity_id)

    def visible(self, employer, settings, today):
        """Return the (employee, employment) pairs that the filter settings let see."""
        return self._once(
            ("visible", employer.id, repr(settings), today),
            lambda: [
                pair
                for pair in self.pairs(employer)
                if passes(pair[1], settings, today)
            ],
        )

    def actual(self, employer, settings, today, day, kind):
        """Return those of ``visible`` with a row in an actual list on a day."""
        return self._once(
            (kind, employer.id, repr(settings), today, day),
            lambda: [
                (person, job)
                for person, job in self.visible(employer, settings, today)
                if job.runs_on(day) and kind not in job.missing
            ],
        )

    def people(self, employer):
        """Return the employees that the list of employees shows."""
        return self._once(
            ("people", employer.id),
            lambda: [
                person
                for person in employer.employees
                if not person.vanished and not person.unlisted
            ],
        )

    def pairs(self, employer):
        """Return every (employee, employment) pair of an employer."""
        return self._once(("pairs", employer.id), lambda: [*employer.employments()])

    def staff(self, employer, office):
        """Return the (employee, employments) pairs of an administration."""
        return self._once(
            ("staff", office.id), lambda: staff(self.pairs(employer), office)
        )

    def kept(self, key, basis, make):
        """Return what ``make`` worked out for a key, while its basis is the same.

        :param basis: what else than the records it is made of; compared one by one,
            objects by being the same one
        """
        with self._lock:
            known = self._kept.get(key)
            of = (self._now(), *basis)
            if not known or not all(map(_is_same, known[0], of)):
                self._kept[key] = known = (of, make())
            return known[1]

    def _now(self):
        return id(self._server.company), revision()

    def _once(self, key, make):
        with self._lock:
            now = self._now()
            if self._of != now:
                self._made, self._of = {}, now
            made = self._made
            if key not in made:
                made[key] = make()
            return made[key]

    def _by_id(self):
        found = {}
        for employer in self._server.company.employers:
            found[employer.id] = (employer, None, None, None)
            for office in employer.administrations:
                found[office.id] = (employer, office, None, None)
                found[office.journal_profile_id] = (employer, office, None, None)
            for person in employer.employees:
                found[person.id] = (employer, None, person, None)
                for job in person.employments:
                    found[job.id] = (employer, None, person, job)
        return found


def _is_same(one, other):
    return one is other or (isinstance(one, int | tuple) and one == other)


def staff(pairs, office):
    """Return the people with an employment in an administration, with those."""
    people = {}
    for person, job in pairs:
        if job.administration is office:
            people.setdefault(person.id, (person, []))[1].append(job)
    return [pair for pair in people.values() if not pair[0].unlisted]
