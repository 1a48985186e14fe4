# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counted days, and the components that Loket offers in a year."""

from dataclasses import replace

from odoo.addons.l10n_nl_loket.payroll import (
    Catalogue,
    Component,
    History,
    Source,
    counted_days,
    days_by_hand,
)

from .office import (
    ANNA,
    BONUS,
    BRAM,
    BRANCH,
    CODES,
    ELSEWHERE,
    MOTHER,
    SICK,
    TRAVEL_DAYS,
    day,
    hours,
    job,
    rules,
    value,
)

#: Of a branch, while TRAVEL_DAYS is its mother's.
BRANCH_DAYS = Source("wage", 43)


class TestCountedDays:
    def counted(self, *booked, **values):
        """{(employee, day of the month)} that count."""
        days = counted_days(booked, [TRAVEL_DAYS], {SICK}, rules(**values))
        assert all(not one.is_hours and one.quantity == 1 for one in days)
        return [(one.employee, one.day.day) for one in days]

    def test_a_day_counts_once_however_much_is_booked(self):
        booked = [hours(ANNA, 1, 1), hours(ANNA, 1, 7), hours(ANNA, 2, 8)]
        assert self.counted(*booked) == [(ANNA, 1), (ANNA, 2)]

    def test_time_off_is_not_worked(self):
        assert self.counted(hours(ANNA, 1, 8, SICK)) == []

    def test_a_day_that_was_taken_back_does_not_count(self):
        assert self.counted(hours(ANNA, 1, 8), hours(ANNA, 1, -8)) == []

    def test_values_are_no_work(self):
        assert self.counted(value(ANNA, 1, 250)) == []

    def test_what_is_entered_by_hand_replaces_the_count_of_that_person(self):
        booked = [hours(ANNA, 1, 8), hours(BRAM, 1, 8)]
        by_hand = value(ANNA, 30, 5, TRAVEL_DAYS)
        assert self.counted(*booked, by_hand) == [(BRAM, 1)]

    def test_it_replaces_what_another_component_with_that_code_counted_too(self):
        """Of somebody who went from a branch to its mother: two of one cell."""
        codes = {**CODES, TRAVEL_DAYS: "120", BRANCH_DAYS: "0120", BONUS: "121"}
        two = [TRAVEL_DAYS, BRANCH_DAYS]
        by = rules(
            codes=codes,
            counted={TRAVEL_DAYS: {MOTHER}, BRANCH_DAYS: {BRANCH}},
            companies=History([(ANNA, day(1), BRANCH), (ANNA, day(2), MOTHER)]),
        )
        booked = [hours(ANNA, 1, 8), hours(ANNA, 2, 8), hours(ANNA, 3, 8)]
        for entry, total in (
            (value(ANNA, 30, 5, BRANCH_DAYS), 5),
            (value(ANNA, 30, 5, TRAVEL_DAYS), 5),
            (replace(value(ANNA, 30, 5, TRAVEL_DAYS), adds=True), 8),
            (value(ANNA, 30, 5, BONUS), 3),
        ):
            days = counted_days([*booked, entry], two, {SICK}, by)
            told = days_by_hand([*booked, entry], two, {SICK}, by)
            in_cell = entry.quantity if entry.source in two else 0
            assert sum(one.quantity for one in days) + in_cell == total
            if entry.source in two:
                (found,) = told.values()
                assert told == {(ANNA, entry.source): found}
                assert (found.counted, found.total) == (3, total)
            else:
                assert told == {}

    def test_it_replaces_nothing_of_another_component_that_has_no_code_either(self):
        by = rules(codes={TRAVEL_DAYS: "", BRANCH_DAYS: "reis"})
        booked = [hours(ANNA, 1, 8), value(ANNA, 30, 5, TRAVEL_DAYS)]
        two = [TRAVEL_DAYS, BRANCH_DAYS]
        (left,) = counted_days(booked, two, {SICK}, by)
        assert left.source == BRANCH_DAYS
        assert set(days_by_hand(booked, two, {SICK}, by)) == {(ANNA, TRAVEL_DAYS)}

    def test_entries_on_two_components_with_one_code_are_told_together(self):
        codes = {**CODES, TRAVEL_DAYS: "120", BRANCH_DAYS: "120"}
        entries = [
            value(ANNA, 30, 2, BRANCH_DAYS),
            replace(value(ANNA, 30, 1, TRAVEL_DAYS), adds=True),
        ]
        both = [*entries, hours(ANNA, 1, 8)]
        by = rules(codes=codes, counted={BRANCH_DAYS: ()})
        two = [TRAVEL_DAYS, BRANCH_DAYS]
        assert counted_days(both, two, {SICK}, by) == []
        ((key, days),) = days_by_hand(both, two, {SICK}, by).items()
        assert key == (ANNA, min(two, key=lambda one: one.id))
        assert (days.counted, days.by_hand, days.replaces) == (1, 3, True)

    def test_a_correction_by_hand_leaves_the_count(self):
        correction = replace(value(ANNA, 30, -1, TRAVEL_DAYS), adds=True)
        assert self.counted(hours(ANNA, 1, 8), correction) == [(ANNA, 1)]

    def test_an_entry_that_another_link_pays_replaces_nothing_here(self):
        jobs = {ANNA: [job(1), job(5, connection=ELSEWHERE, start=day(10))]}
        booked = [hours(ANNA, 9, 8), value(ANNA, 30, 5, TRAVEL_DAYS)]
        assert self.counted(*booked, jobs=jobs) == [(ANNA, 9)]

    def test_a_component_counts_the_days_of_its_own_companies_alone(self):
        booked = [hours(ANNA, 1, 8), hours(BRAM, 1, 8)]
        companies = History([(ANNA, day(1), MOTHER), (BRAM, day(1), BRANCH)])
        own = {TRAVEL_DAYS: {BRANCH}}
        assert self.counted(*booked, counted=own, companies=companies) == [(BRAM, 1)]
        of_another = {SICK: {BRANCH}}
        assert self.counted(*booked, counted=of_another) == [(ANNA, 1), (BRAM, 1)]

    def test_a_day_is_counted_by_the_company_of_that_day(self):
        booked = [hours(ANNA, number, 8) for number in (8, 9, 10, 11)]
        companies = History([(ANNA, day(1), BRANCH), (ANNA, day(10), MOTHER)])
        for company, days in ((BRANCH, [8, 9]), (MOTHER, [10, 11])):
            own = {TRAVEL_DAYS: {company}}
            found = self.counted(*booked, counted=own, companies=companies)
            assert found == [(ANNA, number) for number in days]

    def test_a_day_goes_with_the_project_of_most_of_its_hours(self):
        booked = [
            replace(hours(ANNA, 1, 3), project=1),
            replace(hours(ANNA, 1, 5), project=2),
        ]
        (counted,) = counted_days(booked, [TRAVEL_DAYS], {SICK}, rules())
        assert counted.project == 2

    def test_both_numbers_are_known_where_days_were_entered(self):
        booked = [hours(ANNA, n, 8) for n in (1, 2, 3)]
        for entry, expected in (
            (value(ANNA, 30, 5, TRAVEL_DAYS), (3, 5, True, 5)),
            (replace(value(ANNA, 30, -1, TRAVEL_DAYS), adds=True), (3, -1, False, 2)),
        ):
            everything = [*booked, entry]
            everything += counted_days(booked, [TRAVEL_DAYS], {SICK}, rules())
            found = days_by_hand(everything, [TRAVEL_DAYS], {SICK}, rules())
            days = found[ANNA, TRAVEL_DAYS]
            assert (days.counted, days.by_hand, days.replaces, days.total) == expected

    def test_where_nothing_was_counted_there_is_no_other_number(self):
        entry = value(ANNA, 30, 5, TRAVEL_DAYS)
        assert days_by_hand([entry], [TRAVEL_DAYS], {SICK}, rules()) == {}

    def test_a_day_that_another_link_pays_does_not_count_here(self):
        jobs = {ANNA: [job(1), job(5, connection=ELSEWHERE, start=day(10))]}
        booked = [hours(ANNA, 9, 8), hours(ANNA, 10, 8)]
        assert self.counted(*booked, jobs=jobs) == [(ANNA, 9)]


class TestCatalogue:
    OLD, NEW = Component("Old", True, "money"), Component("New", True, "hours")

    def test_a_year_that_was_fetched_has_its_own_components(self):
        catalogue = Catalogue([(2026, 1, self.NEW), (2025, 1, self.OLD)])
        assert catalogue.of(2025) == {1: self.OLD}
        assert catalogue.of(2026) == {1: self.NEW}

    def test_a_year_that_was_not_fetched_has_none_of_another_year(self):
        catalogue = Catalogue([(2026, 1, self.NEW), (2025, 1, self.OLD)])
        assert catalogue.of(2024) is None
        assert catalogue.of(2027) is None

    def test_without_any_list_nothing_is_known(self):
        assert Catalogue([]).of(2026) is None

    def test_the_newest_year_names_a_component(self):
        catalogue = Catalogue(
            [(2026, 1, self.NEW), (2025, 1, self.OLD), (2025, 2, self.OLD)]
        )
        assert catalogue.names() == {1: "New", 2: "Old"}
