# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How an event is written: a function that makes its changes through ``Changes``."""

from dataclasses import dataclass
from typing import Any

EVENTS = {}  # name -> Event


@dataclass(frozen=True)
class Event:
    """Something that can happen; ``text`` says what, for people."""

    text: str
    play: Any


def event(text):
    """Register a function of (company, changes, value) under its name."""

    def register(function):
        EVENTS[function.__name__] = Event(text, function)
        return function

    return register


class Changes:
    """Changes of records, kept so that they can be taken back."""

    def __init__(self):
        self._before = []

    def set(self, record, **values):
        """Change fields of a record."""
        for name, value in values.items():
            self._before.append((record, name, getattr(record, name)))
            setattr(record, name, value)

    def undo(self):
        """Give every changed field its first value again."""
        while self._before:
            record, name, value = self._before.pop()
            setattr(record, name, value)


def everybody(company):
    """Return all employees of all employers."""
    return [person for employer in company.employers for person in employer.employees]


def somebody(company, value):
    """Return (employer, employee) of an employee number; the default is 108.

    A company without 108 has its last employee instead.

    :raise ValueError: nobody has the number
    """
    for employer in company.employers:
        for person in employer.employees:
            if str(person.number) == (value or "108"):
                return employer, person
    if value:
        raise ValueError(f"No employee {value}")
    return company.employer, company.employer.employees[-1]


def chosen(company, value):
    """Return the employees that a value means: one number, or all."""
    return [somebody(company, value)[1]] if value else everybody(company)
