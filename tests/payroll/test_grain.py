# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Between two cuts the rules say the same of every day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll import Coverage, FileDays, History, grain
from odoo.addons.l10n_nl_loket.payroll.landing import _remarks, destination
from odoo.addons.l10n_nl_loket.payroll_file.periods import Period

from .office import (
    ANNA,
    BRANCH,
    ELSEWHERE,
    HERE,
    MOTHER,
    OFFICE,
    SHOP,
    TRAVEL_DAYS,
    day,
    hours,
    job,
    rules,
)

FIRST, LAST = day(1), day(30)
DAYS = [day(number) for number in range(1, 31)]
some_day = st.dates(date(2026, 8, 25), date(2026, 10, 5))
maybe_day = st.none() | some_day
some_shifts = st.dictionaries(some_day, st.integers(0, 3), max_size=2)


@st.composite
def some_job(draw):
    start, end = draw(maybe_day), draw(maybe_day | st.just(date.max))
    return job(
        draw(st.integers(1, 3)),
        connection=draw(st.sampled_from([HERE, ELSEWHERE])),
        start=start,
        end=end,
        id=draw(st.integers(1, 99)),
        in_loket=draw(st.booleans()),
        gone_since=draw(maybe_day),
        is_chosen=draw(st.booleans()),
        projects=frozenset(draw(st.sets(st.integers(1, 2)))),
        shifts=tuple(
            sorted(
                draw(st.dictionaries(some_day, st.integers(0, 3), max_size=2)).items()
            )
        ),
    )


some_jobs = st.lists(some_job(), max_size=3)
some_versions = st.dictionaries(
    some_day, st.sampled_from([SHOP, OFFICE, None]), max_size=3
)


@given(some_jobs, some_jobs, some_versions, st.booleans(), st.integers(0, 3))
def test_what_the_rules_say_changes_on_a_cut_only(
    jobs, undecided, versions, with_unit, project
):
    by = rules(
        jobs={ANNA: jobs} if jobs else {},
        undecided={ANNA: undecided} if undecided else {},
        history=History([(ANNA, start, of) for start, of in versions.items()]),
        with_unit=with_unit,
    )
    found = grain(by, FIRST, LAST)
    cuts = found.own.get(ANNA, ())
    assert list(cuts) == sorted({cut for cut in cuts if FIRST < cut <= LAST})
    booking = replace(hours(ANNA, 1, 8), project=project)
    said = []
    for one in DAYS:
        booked = replace(booking, day=one)
        place = destination(booked, by)
        said.append((place, _remarks(booked, place, by)))
        alike = replace(booked, project=project if project in found.projects else 0)
        assert destination(alike, by) == place
    for (_before, one), (after, other) in pairwise(zip(DAYS, said, strict=True)):
        assert after in cuts or other == one


def test_somebody_of_whom_nothing_changes_is_not_told_apart():
    versions = [(ANNA, date(2025, 1, 1), SHOP), (ANNA, day(10), SHOP)]
    found = grain(rules(history=History(versions)), FIRST, LAST)
    assert (found.cuts, found.own) == ((), {})


def test_departments_matter_only_where_a_file_tells_them():
    versions = History([(ANNA, date(2025, 1, 1), SHOP), (ANNA, day(10), OFFICE)])
    cuts = [
        grain(rules(history=versions, with_unit=with_unit), FIRST, LAST).own
        for with_unit in (True, False)
    ]
    assert cuts == [{ANNA: (day(10),)}, {}]


def test_companies_matter_only_where_a_component_asks_for_them():
    moved = History([(ANNA, date(2025, 1, 1), MOTHER), (ANNA, day(10), BRANCH)])
    cuts = [
        grain(rules(companies=moved, counted=counted), FIRST, LAST).own
        for counted in ({TRAVEL_DAYS: {BRANCH}}, {})
    ]
    assert cuts == [{ANNA: (day(10),)}, {}]


def test_who_is_told_apart_has_the_cuts_of_everybody_too():
    jobs = {ANNA: [job(1, end=day(9))]}
    found = grain(rules(jobs=jobs), FIRST, LAST, common=[FIRST, day(20), day(1, 10)])
    assert found.cuts == (day(20),)
    assert found.own == {ANNA: (day(10), day(20))}


def test_of_whom_each_booking_stays_needs_no_cuts():
    found = grain(rules(jobs={ANNA: [job(1, end=day(9))]}), FIRST, LAST, apart=[ANNA])
    assert (found.own, found.apart) == ({}, {ANNA})


@given(st.lists(st.tuples(some_day, some_day, st.booleans()), max_size=4))
def test_a_day_is_of_another_file_than_the_one_before_on_a_turn_only(spans):
    files = []
    for number, (one, other, is_now) in enumerate(spans):
        days = Period(2026, number + 1, min(one, other), max(one, other))
        later = replace(days, end=days.end + timedelta(days=9)) if is_now else None
        files.append(FileDays(days, later, number))
    coverage = Coverage(files)
    turns = set(coverage.turns())
    for before, after in pairwise(DAYS):
        assert after in turns or coverage.owner(after) == coverage.owner(before)
