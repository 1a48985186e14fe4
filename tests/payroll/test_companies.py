# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of which company a worked day is, which component counts it, and who is told."""

from collections import Counter
from dataclasses import astuple, replace
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
from odoo.addons.l10n_nl_loket.payroll_file.periods import Period

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
        both = [component(OTHERS, MOTHER), component(SUBS, MOTHER)]
        assert twins([*components, *both]) == {SUBS: OTHERS}


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


SEPTEMBER = Period(2026, 9, day(1), day(30))


class TestDoubts:
    BEFORE = Version(
        ANNA, date(2025, 1, 1), MOTHER, of_department=None, in_odoo=MOTHER, today=MOTHER
    )
    OWN = {THEIRS: frozenset({BRANCH, SUB_BRANCH})}
    NOON = datetime(2026, 9, 15, 12)

    def doubts(self, *versions, since=datetime(2026, 9, 1), **values):
        by = rules(**{"counted": self.OWN, **values})
        return list(doubts(versions, by, PATHS, SEPTEMBER, since))

    def told(self, *versions, **values):
        """(reason, employee, the other company) of each"""
        found = self.doubts(*versions, **values)
        return [(doubt.reason, doubt.employee, doubt.other) for doubt in found]

    def version(self, start, company, **values):
        """One of whom Odoo has the same company everywhere."""
        values = {"in_odoo": company, "today": company, **values}
        return replace(self.BEFORE, start=start, company=company, **values)

    def test_who_is_without_doubt_is_not_told(self):
        assert self.told(self.BEFORE) == []

    # === CHANGED WITHOUT A NEW VERSION === #

    def test_what_was_changed_after_its_first_day_is_told(self):
        version = replace(self.BEFORE, was=BRANCH, changed_on=self.NOON)
        assert self.told(version) == [("company", ANNA, BRANCH)]
        (doubt,) = self.doubts(version)
        assert (doubt.start, doubt.company) == (date(2025, 1, 1), MOTHER)

    @pytest.mark.parametrize(("start", "is_told"), [(14, True), (15, False)])
    def test_what_was_changed_before_anybody_worked_moved_nothing(self, start, is_told):
        version = self.version(day(start), MOTHER, was=BRANCH, changed_on=self.NOON)
        assert bool(self.told(version)) == is_told

    @pytest.mark.parametrize(("hour", "is_told"), [(11, True), (12, True), (13, False)])
    def test_what_the_last_file_knew_is_not_told(self, hour, is_told):
        version = replace(self.BEFORE, was=BRANCH, changed_on=self.NOON)
        assert bool(self.told(version, since=datetime(2026, 9, 15, hour))) == is_told

    def test_it_is_told_though_both_are_counted_alike_for_there_may_be_a_third(self):
        version = replace(self.BEFORE, was=OTHER_BRANCH, changed_on=self.NOON)
        assert self.told(version) == [("company", ANNA, OTHER_BRANCH)]

    def test_it_is_told_of_days_before_the_period_too(self):
        versions = (
            replace(self.BEFORE, was=BRANCH, changed_on=self.NOON),
            self.version(day(1), MOTHER),
        )
        assert self.told(*versions) == [("company", ANNA, BRANCH)]

    # === TWO FACTS THAT CONTRADICT === #

    def test_a_department_of_another_company_is_told(self):
        version = replace(self.BEFORE, of_department=SUB_BRANCH)
        assert self.told(version) == [("company_differs", ANNA, SUB_BRANCH)]

    def test_a_branch_may_use_a_department_of_the_companies_above_it(self):
        version = self.version(day(1), SUB_BRANCH, of_department=MOTHER)
        assert self.told(version) == []

    def test_but_one_that_somebody_left_tells_where_that_was(self):
        versions = (
            self.version(day(15), BRANCH, of_department=BRANCH),
            self.version(date(2025, 1, 1), BRANCH, of_department=MOTHER),
        )
        assert self.told(*versions) == [("company_differs", ANNA, MOTHER)]

    def test_what_odoo_has_for_that_version_alone_is_told(self):
        versions = (
            self.version(date(2025, 1, 1), MOTHER, in_odoo=BRANCH),
            self.version(day(15), MOTHER),
        )
        assert self.told(*versions) == [("company_differs", ANNA, BRANCH)]

    def test_what_odoo_gave_to_all_versions_is_no_fact_of_those_before(self):
        versions = (
            self.version(date(2025, 1, 1), MOTHER, in_odoo=BRANCH, today=BRANCH),
            self.version(day(15), BRANCH),
        )
        assert self.told(*versions) == []

    def test_that_the_last_one_is_not_of_the_company_of_today_is_told(self):
        version = self.version(day(1), MOTHER, in_odoo=BRANCH, today=BRANCH)
        assert self.told(version) == [("company_differs", ANNA, BRANCH)]

    @pytest.mark.parametrize(
        ("begins", "ends", "is_told"),
        [
            (date(2025, 1, 1), day(1), False),
            (date(2025, 1, 1), day(2), True),
            (day(30), None, True),
            (day(1, month=10), None, False),
        ],
    )
    def test_it_is_told_of_days_of_the_file(self, begins, ends, is_told):
        versions = [
            self.version(date(2024, 1, 1), MOTHER),
            replace(self.BEFORE, start=begins, of_department=BRANCH),
        ]
        if ends:
            versions.append(self.version(ends, MOTHER))
        assert bool(self.told(*versions)) == is_told

    def test_days_before_the_first_version_are_of_that_one(self):
        """As of who came into Odoo after the period, and worked in it."""
        version = self.version(day(1, month=10), MOTHER, of_department=BRANCH)
        assert self.told(version) == [("company_differs", ANNA, BRANCH)]

    @pytest.mark.parametrize(
        ("days", "is_told"),
        [
            ({"end": date(2026, 8, 31)}, False),
            ({"end": day(1)}, True),
            ({"start": day(9)}, True),
            ({"start": day(10)}, False),
        ],
    )
    def test_it_is_told_of_days_that_somebody_is_employed(self, days, is_told):
        versions = (
            replace(self.BEFORE, of_department=BRANCH),
            self.version(day(10), MOTHER),
        )
        jobs = {ANNA: [job(1, **days), job(2, connection=ELSEWHERE)]}
        assert bool(self.told(*versions, jobs=jobs)) == is_told
        after = {ANNA: [job(1, start=day(1, month=10))]}
        assert self.told(versions[0], jobs=after) == []

    def test_what_is_counted_alike_hides_no_other_contradiction(self):
        version = self.version(
            day(1), BRANCH, of_department=SUB_BRANCH, in_odoo=MOTHER, today=MOTHER
        )
        assert self.told(version) == [("company_differs", ANNA, MOTHER)]

    def test_of_two_contradictions_one_is_told(self):
        version = self.version(
            day(1), BRANCH, of_department=OTHER_BRANCH, in_odoo=MOTHER, today=MOTHER
        )
        assert self.told(version) == [("company_differs", ANNA, OTHER_BRANCH)]

    def test_what_the_components_do_not_tell_apart_is_not_told(self):
        for version in (
            replace(self.BEFORE, of_department=OTHER_BRANCH),
            self.version(day(1), BRANCH, of_department=SUB_BRANCH),
        ):
            assert self.told(version) == []
        assert self.told(replace(self.BEFORE, of_department=BRANCH), counted={}) == []

    @pytest.mark.parametrize(
        ("starts", "company", "is_told"),
        [
            (day(2), BRANCH, True),
            (day(30), BRANCH, True),
            (day(1, month=10), BRANCH, True),
            (date(2025, 6, 1), BRANCH, False),  # before the period
            (day(1), BRANCH, False),
            (day(8), MOTHER, False),
        ],
    )
    def test_days_of_an_archived_version_that_count_as_of_the_first_are_told(
        self, starts, company, is_told
    ):
        archived = self.version(date(2025, 1, 1), company, is_archived=True)
        told = self.doubts(archived, self.version(starts, MOTHER))
        expected = [("company_differs", ANNA, day(1), MOTHER, BRANCH)]
        assert [astuple(one) for one in told] == (expected if is_told else [])

    def test_an_archived_version_after_another_is_none(self):
        archived = self.version(day(8), BRANCH, is_archived=True)
        assert self.told(self.BEFORE, archived) == []
        assert self.told(archived) == []

    def test_who_has_archived_versions_only_hides_nobody(self):
        gone = self.version(day(1), BRANCH, is_archived=True)
        before = self.version(date(2025, 1, 1), MOTHER, is_archived=True)
        versions = (before, self.version(day(8), BRANCH))
        bram = [replace(one, employee=BRAM) for one in versions]
        assert self.told(gone, *bram) == [("company_differs", BRAM, MOTHER)]

    # === WHOSE === #

    def test_each_of_several_people_is_told(self):
        doubtful = replace(self.BEFORE, of_department=BRANCH)
        versions = [
            replace(version, employee=employee)
            for employee in (ANNA, BRAM)
            for version in (doubtful, self.version(day(1, month=10), MOTHER))
        ]
        assert self.told(*versions) == [
            ("company_differs", ANNA, BRANCH),
            ("company_differs", BRAM, BRANCH),
        ]
        no_doubt = [replace(one, of_department=None) for one in versions[:2]]
        assert self.told(*no_doubt, *versions[2:]) == [
            ("company_differs", BRAM, BRANCH)
        ]

    def test_who_is_paid_by_another_link_is_not_told_here(self):
        version = replace(self.BEFORE, of_department=BRANCH)
        jobs = {ANNA: [job(1, connection=ELSEWHERE)], BRAM: [job(2)]}
        assert self.told(version, jobs=jobs) == []
        both = {ANNA: [*jobs[ANNA], job(3)]}
        assert self.told(replace(version, employee=99), version, jobs=both) == [
            ("company_differs", ANNA, BRANCH)
        ]


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
