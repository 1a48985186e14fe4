# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What happens in Loket between two nights, to the people of a sandbox."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

OLD_NAMES = ("Aa", "Bol", "Cuypers", "Drost", "Evers", "Faber", "Groot", "Haan")
NEW_NAMES = (("van", "Ommen"), (None, "Pronk"), ("d'", "Hooghe"), ("van der", "Tak"))
ABROAD = ((2, "BE", "België", "Turnhout"), (3, "DE", "Duitsland", "Kleve"))
HOME = (1, "NL", "Nederland")


class World:
    """The first employer of a sandbox, whose people live on.

    :param company: of the sandbox
    :param dice: random.Random
    :param today: the day of the first night
    """

    def __init__(self, company, dice, today):
        self.employer = company.employers[0]
        self.main, self.other = self.employer.administrations[:2]
        self.dice, self.today = dice, today
        self.story = []
        self._undo = []
        self._numbers = 5000
        for index, person in enumerate(self.employer.employees):
            # No two of one name, so that a name tells who somebody is.
            person.last_name = f"{person.last_name} {OLD_NAMES[index % 8]}{index}"
            for job in person.employments:
                job.commission_until = None if job.permanent else today + timedelta(500)

    # === TIME === #

    def next_day(self):
        """Time goes by, and what was a fault of one night is over."""
        self.today += timedelta(days=self.dice.choice((1, 1, 1, 7, 30)))
        while self._undo:
            self._undo.pop()()
        self.story.append(f"-- {self.today}")

    def happen(self, kinds):
        """A few things happen, of these kinds (names of methods)."""
        for _count in range(self.dice.choice((0, 1, 2, 2, 3))):
            kind = self.dice.choice(kinds)
            what = getattr(self, kind)()
            if what:
                self.story.append(f"{kind}: {what}")

    # === WHO === #

    def _somebody(self, accepts=lambda person, job: True):
        """A person with one employment only, and that; (None, None): nobody fits."""
        fitting = [
            (person, person.employments[0])
            for person in self.employer.employees
            if len(person.employments) == 1
            and not person.vanished
            and accepts(person, person.employments[0])
        ]
        return self.dice.choice(fitting) if fitting else (None, None)

    def _working(self):
        return self._somebody(
            lambda _person, job: (
                job.start_date <= self.today
                and (not job.end_date or job.end_date > self.today)
            )
        )

    def _number(self, office):
        return 1 + max(
            job.payroll_id
            for person in self.employer.employees
            for job in person.employments
            if job.administration is office
        )

    def _new_job(self, like, **facts):
        self._numbers += 1
        step = self.dice.randrange(6)
        office = facts.get("administration", like.administration)
        return replace(
            like,
            **{
                "id": str(uuid.UUID(int=self.dice.getrandbits(128), version=4)),
                "payroll_id": self._number(office),
                "department": self.employer.departments[step],
                "function": self.employer.functions[step],
                "distribution_unit": self.employer.distribution_units[step],
                "end_date": None,
                "commission_until": None,
                "permanent": True,
                "missing": frozenset(),
                "changes": {},
                "gross_wage": float(self.dice.randrange(2500, 6000, 25)),
                "hours_per_week": float(self.dice.choice((40, 32, 24, 16))),
                "on_call": False,
                "hourly": False,
                **facts,
            },
        )

    # === NAME AND ADDRESS === #

    def move(self):
        """Somebody lives elsewhere; now and then abroad."""
        person, _job = self._somebody()
        place = self.dice.randrange(10**6)
        if place % 5 == 0:
            *country, town = self.dice.choice(ABROAD)
        else:
            country, town = HOME, f"Stad {place}"
        person.street, person.house_number = f"Laan {place}", place % 90 + 1
        person.house_number_addition = self.dice.choice((None, "bis"))
        person.location = self.dice.choice((None, None, f"Gebouw {place}"))
        person.postal_code, person.city = f"{place % 8999 + 1000} ZZ", town
        person.country = tuple(country)
        return f"{person.number} to {person.street}, {person.country[1]}"

    def marry(self):
        """Somebody marries, and wears the names in some order."""
        person, _job = self._somebody()
        person.partner_prefix, person.partner_last_name = self.dice.choice(NEW_NAMES)
        person.name_format = self.dice.choice((1, 2, 3, 4))
        return f"{person.number}, {person.partner_last_name}, {person.name_format}"

    def divorce(self):
        """Somebody has the own name again."""
        person, _job = self._somebody(lambda person, _job: person.partner_last_name)
        if not person:
            return None
        person.partner_prefix = person.partner_last_name = None
        person.name_format = 1
        return person.number

    def new_contact_data(self):
        """E-mail and telephone are others, or none."""
        person, _job = self._somebody()
        place = self.dice.randrange(10**6)
        person.email = self.dice.choice((None, f"nieuw{place}@thuis.example.nl"))
        person.mobile = self.dice.choice((None, f"06-{place:08}"))
        person.phone = self.dice.choice((None, f"071-{place:07}"))
        return f"{person.number}, {person.email}, {person.mobile}, {person.phone}"

    def correct_birthday(self):
        """Only the birth date was wrong."""
        person, _job = self._somebody()
        person.birthday += timedelta(days=1)
        return person.number

    def unknown_gender(self):
        """Loket has a word for the gender that says nothing to anybody."""
        person, _job = self._somebody()
        person.gender_word = "Anders benoemd"
        return person.number

    # === EMPLOYMENTS === #

    def end(self):
        """An end is given, or another one."""
        person, job = self._working()
        if not job:
            return None
        job.end_date = self.today + timedelta(days=self.dice.randrange(-20, 60))
        job.end_date = max(job.end_date, job.start_date)
        return f"{person.number} on {job.end_date}"

    def withdraw_end(self):
        """An end is withdrawn."""
        person, job = self._somebody(lambda _person, job: job.end_date)
        if not job:
            return None
        job.end_date = None
        return person.number

    def prolong(self):
        """A temporary contract runs on for longer."""
        person, job = self._somebody(lambda _person, job: not job.permanent)
        if not job:
            return None
        job.commission_until += timedelta(days=90)
        return person.number

    def other_shift(self):
        """Another shift, other hours, another wage: only the first is taken over."""
        person, job = self._working()
        if not job or not job.hours_per_week:
            return None
        job.shift = 3 - job.shift
        job.gross_wage += 100
        job.hours_per_week = float(self.dice.choice((40, 32, 24, 16)))
        return person.number

    def other_shift_ahead(self):
        """Another shift, department and unit, entered before they hold."""
        person, job = self._working()
        if not job:
            return None
        day = self.today + timedelta(days=self.dice.randrange(1, 12))
        step = self.dice.randrange(6)
        job.changes[day] = {
            "shift": 3 - job.shift,
            "department": self.employer.departments[step],
            "distribution_unit": self.employer.distribution_units[step],
        }
        return f"{person.number}, from {day}"

    def other_department(self):
        """Another department and unit."""
        person, job = self._working()
        if not job:
            return None
        step = self.dice.randrange(6)
        job.department = self.employer.departments[step]
        job.distribution_unit = self.employer.distribution_units[step]
        return f"{person.number}, {job.department.description}"

    def hire(self):
        """Somebody new begins, lately or today."""
        return self._hire(-self.dice.randrange(0, 100))

    def hire_ahead(self):
        """Somebody new will begin."""
        return self._hire(self.dice.randrange(1, 40))

    def _hire(self, days, **facts):
        _person, like = self._somebody()
        number = 1 + max(person.number for person in self.employer.employees)
        start = self.today + timedelta(days=days)
        last_name = f"Nieuw{number}"
        person = replace(
            self.employer.employees[0],
            id=str(uuid.UUID(int=self.dice.getrandbits(128), version=4)),
            number=number,
            first_name=f"Nico{number}",
            initials="N.",
            prefix=self.dice.choice((None, "van", "d'")),
            last_name=last_name,
            partner_prefix=None,
            partner_last_name=None,
            name_format=1,
            gender_word=None,
            birthday=date(1970, 1, 1) + timedelta(days=number),
            street=f"Nieuweweg {number}",
            location=None,
            country=HOME,
            email=f"{last_name.lower()}@thuis.example.nl",
            work_email=None,
            employments=[self._new_job(like, start_date=start, **facts)],
        )
        self.employer.employees.append(person)
        return f"{number} from {start}, {facts}"

    def hire_on_call(self):
        """Somebody begins on a contract of zero hours."""
        return self._hire(0, hours_per_week=0.0, on_call=True, calculates_hours=False)

    def rehire(self):
        """Somebody who leaves comes back, by a second employment."""
        person, job = self._somebody(lambda _person, job: job.end_date)
        if not job:
            return None
        start = max(job.end_date, self.today) + timedelta(self.dice.randrange(1, 30))
        person.employments.append(self._new_job(job, start_date=start))
        return f"{person.number} from {start}"

    def transfer(self):
        """Somebody goes over to the other administration, from one day to the next."""
        person, job = self._working()
        if not job:
            return None
        office = self.other if job.administration is self.main else self.main
        job.end_date = self.today + timedelta(days=self.dice.randrange(-10, 20))
        job.end_date = max(job.end_date, job.start_date)
        start = job.end_date + timedelta(days=1)
        new = self._new_job(job, start_date=start, administration=office)
        person.employments.append(new)
        return f"{person.number} from {start} to {office.name}"

    # === WHAT IS WRONG, FOR A NIGHT === #

    def _for_a_night(self, record, **facts):
        before = {name: getattr(record, name) for name in facts}
        for name, value in facts.items():
            setattr(record, name, value)

        def undo():
            # What happened since stays.
            for name, value in before.items():
                if getattr(record, name) == facts[name]:
                    setattr(record, name, value)

        self._undo.append(undo)

    def row_missing(self):
        """A list lacks a row."""
        person, job = self._working()
        if not job:
            return None
        kind = self.dice.choice(("hours", "wages", "organization"))
        self._for_a_night(job, missing=frozenset({kind}))
        return f"{person.number}, {kind}"

    def list_empty(self):
        """A list has no rows at all."""
        kind = self.dice.choice(("hours", "wages", "organization"))
        for person in self.employer.employees:
            for job in person.employments:
                self._for_a_night(job, missing=frozenset({kind}))
        return kind

    def stranger(self):
        """Another person stands under an employment."""
        person, job = self._somebody()
        facts = {
            "id": str(uuid.UUID(int=self.dice.getrandbits(128), version=4)),
            "first_name": "Vreemde",
            "last_name": f"Vogel{person.number}",
            "birthday": date(1950, 1, 1),
            "city": "Elders",
        }
        self._for_a_night(person, **facts)
        return f"{person.number}, employment {job.payroll_id}"

    def other_name_and_birthday(self):
        """Name and birth date are others at once, under one reference."""
        person, _job = self._somebody()
        self._for_a_night(
            person,
            first_name="Vreemde",
            last_name=f"Vogel{person.number}",
            birthday=date(1950, 1, 1),
        )
        return person.number

    def swapped_numbers(self):
        """Two people have each other's payroll number."""
        person, job = self._somebody()
        other, job2 = self._somebody(
            lambda _person, other: (
                other is not job and other.administration is job.administration
            )
        )
        if not other:
            return None
        numbers = job.payroll_id, job2.payroll_id
        self._for_a_night(job, payroll_id=numbers[1])
        self._for_a_night(job2, payroll_id=numbers[0])
        return f"{person.number} and {other.number}"

    def vanish(self):
        """Loket gives somebody no longer; now and then for good."""
        person, job = self._somebody(
            lambda _person, job: job.administration is self.main
        )
        if self.dice.random() < 0.5:
            job.vanished = True
        else:
            self._for_a_night(job, vanished=True)
        return person.number

    def vanish_many(self):
        """Loket gives half of all people no longer."""
        return self._all("vanish", 0.5, vanished=True)

    def all_addresses_null(self):
        """Nobody has an address."""
        none = dict.fromkeys(
            ("street", "house_number", "house_number_addition", "location")
        )
        return self._all_people(**none, postal_code=None, city=None, country=None)

    def one_name(self):
        """Nearly everybody has one and the same name."""
        return self._all_people(first_name="Jan", last_name="Jansen", name_format=1)

    def all_ended(self):
        """Nearly everybody ends on one day."""
        day = self.today + timedelta(days=5)
        return self._all("end", 0.8, end_date=day)

    def _mass(self, share):
        return [
            person
            for person in self.employer.employees
            if len(person.employments) == 1
            and person.employments[0].administration is self.main
            and person.employments[0].start_date < self.today
            and not person.vanished
            and self.dice.random() < share
        ]

    def _all_people(self, **facts):
        people = self._mass(0.9)
        for person in people:
            self._for_a_night(person, **facts)
        return f"{len(people)} people: {facts}"

    def _all(self, what, share, **facts):
        people = self._mass(share)
        for person in people:
            self._for_a_night(person.employments[0], **facts)
        return f"{what} {len(people)} people: {facts}"


ORDINARY = (
    "move", "marry", "divorce", "new_contact_data", "correct_birthday",
    "unknown_gender", "end", "withdraw_end", "prolong", "other_shift",
    "other_shift_ahead", "other_department", "hire", "hire_ahead", "hire_on_call",
    "rehire", "transfer",
)  # fmt: skip
WRONG = (
    "row_missing", "list_empty", "stranger", "other_name_and_birthday",
    "swapped_numbers", "vanish", "vanish_many", "all_addresses_null", "one_name",
    "all_ended",
)  # fmt: skip
