# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of which company a worked day is, which component counts it, and who is told."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.l10n_nl_loket.payroll import (
    DayComponent,
    History,
    Kept,
    Source,
    Version,
    counted_days,
    doubts,
    moved,
    twins,
    whose_days,
)

from .office import (
    ANNA,
    BRAM,
    BRANCH,
    ELSEWHERE,
    MOTHER,
    OTHER_BRANCH,
    PATHS,
    STRANGER,
    SUB_BRANCH,
    day,
    hours,
    job,
    rules,
)

OURS, THEIRS, OTHERS, SUBS = (Source("wage", number) for number in (1, 2, 3, 4))
ALL = set(PATHS)


def component(source, company, number=120):
    return DayComponent(source, company, number)


class TestWhoseDays:
    def whose(self, *components):
        """{source: companies}, of those that do not count all"""
        return whose_days(components, PATHS, MOTHER)

    def test_one_of_the_company_counts_everybody(self):
        assert self.whose(component(OURS, MOTHER)) == {}

    def test_one_of_a_branch_counts_the_branch_and_what_is_below_it(self):
        expected = {THEIRS: {BRANCH, SUB_BRANCH}}
        assert self.whose(component(THEIRS, BRANCH)) == expected

    def test_of_one_code_the_nearest_counts(self):
        assert self.whose(
            component(OURS, MOTHER),
            component(THEIRS, BRANCH),
            component(SUBS, SUB_BRANCH),
        ) == {
            OURS: {MOTHER, OTHER_BRANCH, STRANGER},
            THEIRS: {BRANCH},
            SUBS: {SUB_BRANCH},
        }

    def test_of_other_codes_each_counts(self):
        components = [component(OURS, MOTHER, 120), component(THEIRS, BRANCH, 121)]
        assert self.whose(*components) == {THEIRS: {BRANCH, SUB_BRANCH}}

    def test_two_branches_leave_each_other_alone(self):
        components = [component(THEIRS, BRANCH), component(OTHERS, OTHER_BRANCH)]
        assert self.whose(*components) == {
            THEIRS: {BRANCH, SUB_BRANCH},
            OTHERS: {OTHER_BRANCH},
        }

    def test_of_two_of_one_company_with_one_code_the_first_counts(self):
        components = [component(THEIRS, MOTHER), component(OURS, MOTHER)]
        assert twins(components) == {THEIRS: OURS}
        assert self.whose(*components) == {THEIRS: set()}

    def test_a_code_that_is_none_is_nobodys_twin(self):
        components = [component(OURS, MOTHER, None), component(THEIRS, MOTHER, None)]
        assert twins(components) == {}


versions = st.dictionaries(
    st.dates(date(2026, 8, 25), date(2026, 10, 5)), st.sampled_from(sorted(ALL))
).filter(bool)
some_components = st.lists(
    st.tuples(
        st.sampled_from([MOTHER, BRANCH, OTHER_BRANCH, SUB_BRANCH]),
        st.sampled_from([120, 121]),
    ),
    max_size=6,
)


@given(versions, some_components)
def test_each_day_is_in_a_cell_once_if_a_component_covers_it_and_else_never(
    stays, pairs
):
    """However somebody moves, and whatever components there are."""
    components = [
        component(Source("wage", number), *pair) for number, pair in enumerate(pairs, 1)
    ]
    companies = History([(ANNA, start, company) for start, company in stays.items()])
    number_of = {one.source: one.number for one in components}
    worked = [hours(ANNA, number, 8) for number in range(1, 31)]
    by = rules(
        counted=whose_days(components, PATHS, MOTHER), companies=companies, offered=None
    )
    days = counted_days(worked, [one.source for one in components], (), by)
    counted = Counter((one.day, number_of[one.source]) for one in days)
    for booking in worked:
        company = companies.at(ANNA, booking.day)
        for code in (120, 121):
            covering = {
                one.company
                for one in components
                if one.number == code
                and (one.company == MOTHER or one.company in PATHS[company])
            }
            assert counted[booking.day, code] == bool(covering)
            # It is the one of the nearest company.
            nearest = max(covering, key=lambda one: len(PATHS[one]), default=None)
            for one in days:
                if one.day == booking.day and number_of[one.source] == code:
                    assert pairs[one.source.id - 1][0] == nearest


class TestDoubts:
    BEFORE = Version(ANNA, date(2025, 1, 1), MOTHER)
    OWN = {THEIRS: frozenset({BRANCH, SUB_BRANCH})}

    def told(self, *versions, **values):
        """{(reason, the other company)}"""
        found = doubts(versions, rules(**{"counted": self.OWN, **values}))
        return [(doubt.reason, doubt.employee, doubt.other) for doubt in found]

    def test_who_is_without_doubt_is_not_told(self):
        assert self.told(self.BEFORE) == []

    def test_what_was_changed_after_its_first_day_is_told(self):
        version = replace(self.BEFORE, was=BRANCH, changed_on=day(15))
        assert self.told(version) == [("company", ANNA, BRANCH)]
        (doubt,) = doubts([version], rules(counted=self.OWN))
        assert (doubt.start, doubt.company) == (date(2025, 1, 1), MOTHER)

    @pytest.mark.parametrize(("start", "is_told"), [(14, True), (15, False)])
    def test_what_was_changed_before_anybody_worked_moved_nothing(self, start, is_told):
        version = Version(ANNA, day(start), MOTHER, was=BRANCH, changed_on=day(15))
        assert bool(self.told(version)) == is_told

    def test_it_is_told_though_both_are_counted_alike_for_there_may_be_a_third(self):
        version = replace(self.BEFORE, was=OTHER_BRANCH, changed_on=day(15))
        assert self.told(version) == [("company", ANNA, OTHER_BRANCH)]

    def test_two_facts_that_contradict_are_told(self):
        version = replace(self.BEFORE, other=SUB_BRANCH)
        assert self.told(version) == [("company_differs", ANNA, SUB_BRANCH)]

    def test_what_the_components_do_not_tell_apart_is_not_told(self):
        versions = [
            replace(self.BEFORE, other=OTHER_BRANCH),
            replace(self.BEFORE, company=BRANCH, other=SUB_BRANCH),
        ]
        assert self.told(*versions) == []
        assert self.told(replace(self.BEFORE, other=BRANCH), counted={}) == []

    def test_who_is_paid_by_another_link_is_not_told_here(self):
        version = replace(self.BEFORE, other=BRANCH)
        jobs = {ANNA: [job(1, connection=ELSEWHERE)], BRAM: [job(2)]}
        assert self.told(version, jobs=jobs) == []
        both = {ANNA: [*jobs[ANNA], job(3)]}
        assert self.told(replace(version, employee=99), version, jobs=both) != []


class TestMoved:
    NOW = datetime(2026, 9, 15, 10)

    def test_what_it_was_is_remembered(self):
        kept = moved(Kept(MOTHER), BRANCH, self.NOW, is_meant=False)
        assert kept == Kept(BRANCH, MOTHER, self.NOW)

    def test_the_same_company_changes_nothing(self):
        kept = Kept(BRANCH, MOTHER, self.NOW)
        assert moved(kept, BRANCH, datetime(2026, 10, 1), is_meant=True) == kept

    def test_what_is_meant_leaves_no_doubt(self):
        kept = Kept(BRANCH, MOTHER, self.NOW)
        assert moved(kept, MOTHER, datetime(2026, 10, 1), is_meant=True) == Kept(MOTHER)

    def test_who_goes_back_worked_elsewhere_meanwhile(self):
        kept = Kept(BRANCH, MOTHER, self.NOW)
        later = datetime(2026, 9, 15, 17)
        expected = Kept(MOTHER, BRANCH, later)
        assert moved(kept, MOTHER, later, is_meant=False) == expected
