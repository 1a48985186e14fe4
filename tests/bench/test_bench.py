# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bench runs, and our way gives what the bound gives. No time is asked.

Each row checks by itself that ours is right: a job whose check fails has no rows.
"""

import pytest

from bench import __main__ as bench
from bench import results
from bench.jobs import JOBS
from bench.measure import Meter, Row, Spent, Target, measured
from tools import odoo, postgres

#: These take longest, and run what others run as well.
LONG = {"growth"}


@pytest.fixture(scope="module")
def rows():
    """{job: what was measured, once, of the smallest companies}"""
    postgres.ensure()
    odoo.configure()
    jobs = [job for job in JOBS if job not in LONG]
    return dict(bench.measure(jobs, "tiny", 1))


@pytest.mark.parametrize("job", [job for job in JOBS if job not in LONG])
def test_each_job_runs_and_gives_what_its_bound_gives(rows, job):
    assert rows[job], "see what it printed"
    for row in rows[job]:
        assert row["ours"]["queries"] > 0
        assert row["targets"], "what is wanted of it"


def test_what_calls_loket_counts_the_calls(rows):
    unchanged, _latency, quiet, changed = rows["night"]

    assert unchanged["ours"]["calls"] == changed["ours"]["calls"] > 6
    assert 0 < quiet["ours"]["calls"] < 6


def test_a_quiet_night_takes_no_more_statements_than_it_may(rows):
    _unchanged, _latency, quiet, _changed = rows["night"]

    assert [target["kept"] for target in quiet["targets"]] == [True]


def test_a_pair_is_measured_in_turn_and_the_median_counts():
    order, costs = [], iter([9, 1, 5])

    class Counting(Meter):
        def measure(self, work):
            result = work()
            seconds = next(costs) if result == "ours" else 2
            return Spent(seconds, 1, 0, seconds, 10), result

    row = Row(
        "something",
        lambda: order.append("ours") or "ours",
        (Target("ratio seconds", 2), Target("memory", 100), Target("queries", 0)),
        "the least",
        lambda: order.append("bound") or "bound",
        before=lambda side: order.append(f"before {side}"),
    )

    found = measured(row, Counting(), 3)

    assert order == ["before ours", "ours", "before bound", "bound"] * 3
    assert found["ours"]["seconds"] == 5 and found["bound"]["seconds"] == 2
    assert [(one["value"], one["kept"]) for one in found["targets"]] == [
        (2.5, False), (10, True), (1, False),
    ]  # fmt: skip


def test_what_takes_minutes_is_measured_piece_by_piece_in_turn():
    order = []
    costs = {"ours": [1, 2, 4], "bound": [3, 3]}

    class Counting(Meter):
        def measure(self, work):
            side = work()
            memory = len(order)
            return Spent(costs[side].pop(0) if side else 99, 1, 2, 1, memory), side

    def pieces(side, number):
        for _piece in range(number):
            order.append(side)
            yield side

    row = Row(
        "something",
        lambda: pieces("ours", 3),
        (Target("ratio seconds", 1.5),),
        "the least",
        lambda: pieces("bound", 2),
        before=lambda side: order.append(f"before {side}"),
        check=lambda ours, bound: order.append((ours, bound)),
        in_pieces=True,
    )

    found = measured(row, Counting(), 1)

    assert order == [
        "before ours", "before bound",
        "ours", "bound", "ours", "bound", "ours",
        ("ours", "bound"),
    ]  # fmt: skip
    assert found["ours"]["seconds"] == 7 and found["bound"]["seconds"] == 6
    assert found["ours"]["queries"] == 3 and found["bound"]["calls"] == 4
    assert found["ours"]["memory"] == 7 and found["bound"]["memory"] == 6


def test_a_run_that_is_wrong_is_no_measurement():
    row = Row(
        "wrong",
        lambda: 1,
        bound=lambda: 2,
        check=lambda ours, bound: _same(ours, bound),
    )

    with pytest.raises(AssertionError):
        measured(row, Meter(), 1)


def _same(ours, bound):
    assert ours == bound


def test_memory_is_the_peak_above_idle_also_when_it_is_given_back():
    meter = Meter()
    meter.measure(lambda: None)

    spent, _result = meter.measure(lambda: len(bytearray(64 << 20)))

    assert 50 < spent.memory < 100


def test_the_page_shows_what_was_measured():
    assert results.PAGE.read_text() == results.page(), "./dev bench --page writes it"


def test_what_is_kept_tells_size_machine_day_and_command_and_no_names():
    for job, sizes in results.read().items():
        for size, found in sizes.items():
            assert found["command"].startswith("./dev bench") and size and job
            assert found["date"] and set(found["machine"]) == {
                "cores",
                "python",
                "odoo",
            }
            assert "/home" not in str(found) and "/root" not in str(found)


def test_jobs_that_are_measured_apart_stand_beside_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results.json")

    results.keep("push", "small", "./dev bench --job push", [])
    results.keep("night", "full", "./dev bench --job night --size full", [])
    results.keep("push", "full", "./dev bench --job push --size full", [])

    assert {job: list(sizes) for job, sizes in results.read().items()} == {
        "night": ["full"],
        "push": ["small", "full"],
    }


def test_a_part_of_a_job_that_is_measured_alone_leaves_the_others(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(results, "RESULTS", tmp_path / "results.json")

    def kept(*rows, **options):
        rows = [{"what": what, "seconds": seconds} for what, seconds in rows]
        results.keep("growth", "full", "./dev bench", rows, **options)
        found = results.read(results.RESULTS)["growth"]["full"]["rows"]
        return [(row["what"], row["seconds"]) for row in found]

    kept(("ten", 1), ("hundred", 2))
    assert kept(("hundred", 3), ("thousand", 4), is_whole=False) == [
        ("ten", 1),
        ("hundred", 3),
        ("thousand", 4),
    ]
    assert kept(("ten", 5)) == [("ten", 5)]
