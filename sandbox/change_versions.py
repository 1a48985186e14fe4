# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loket's count of changes of the employers' people: one number, that only grows."""

import dataclasses
import threading

from .data import Administration, Named
from .watched import revision

_FIRST = 70_429_274_999_853


class Versions:
    """The number of each employment and employer of a ``server.Sandbox``.

    They are worked out when they are asked for: any change of an employment or its
    person since, and any that came or went, has a higher number than all before. Names
    of departments and the values of periods are not of it.
    """

    def __init__(self, server):
        self._server = server
        self._lock = threading.Lock()
        self._last = _FIRST
        self._seen = {}  # employment id -> (employer id, what it was)
        self._of_employment, self._of_employer = {}, {}
        self._looked = None  # at which company, as of which of its changes

    def of_employers(self):
        """Return (employer, number) of all employers, as they are now."""
        self.refresh()
        return [
            (employer, self._of_employer[employer.id])
            for employer in self._server.company.employers
        ]

    def of_employment(self, employment_id):
        """Return the number of an employment as it was at the last ``refresh``."""
        return self._of_employment[employment_id]

    def refresh(self):
        """Give higher numbers to what changed since."""
        with self._lock:
            looked = (id(self._server.company), revision())
            if looked == self._looked:
                return
            self._looked = looked
            now = {
                job.id: (employer.id, _facts(person), _facts(job))
                for employer in self._server.company.employers
                for person, job in employer.employments()
            }
            for employer in self._server.company.employers:
                self._of_employer.setdefault(employer.id, self._last)
            for ref in {**self._seen, **now}:
                if self._seen.get(ref) != now.get(ref):
                    self._grow(ref, now.get(ref) or self._seen[ref])
            self._seen = now

    def _grow(self, ref, facts):
        self._last += 1
        self._of_employment[ref] = self._of_employer[facts[0]] = self._last


def _facts(record):
    """Return all fields of a record, others that it refers to by their ids."""
    return repr(
        {
            item.name: _plain(getattr(record, item.name))
            for item in dataclasses.fields(record)
            if item.name != "employments"
        }
    )


def _plain(value):
    if isinstance(value, Administration | Named):
        return value.id
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
