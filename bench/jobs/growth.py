# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How nights grow with the people, and previews with the lines of 10,000 people.

Each in a process and on a database of its own, once: memory is that of the first time.
"""

from bench import data
from bench.jobs.night import Nights
from bench.jobs.preview import Preview
from bench.loket import Loket
from bench.measure import Row

#: (what grows, to how much), in the order of ``PARTS``
PARTS = {
    "tiny": (("people", 100), ("lines", 3_000)),
    "small": (("people", 100), ("people", 300), ("lines", 5_000), ("lines", 20_000)),
    "medium": (("people", 1_000), ("lines", 100_000)),
    "full": (
        ("people", 1_000), ("people", 10_000), ("people", 100_000),
        ("lines", 100_000), ("lines", 1_000_000), ("lines", 10_000_000),
    ),
}  # fmt: skip


def rows(bench):
    """Yield the row of one part of this job."""
    what, number = PARTS[bench.size][bench.part]
    yield from {"people": _night, "lines": _preview}[what](bench, number)


def _night(bench, people):
    with Loket(people) as loket:
        bench.meter.calls = loket.count
        nights = Nights(bench, loket, people)
        yield Row(
            f"growth: unchanged night, {people:,} people",
            nights.unchanged,
            before=nights.forget_count,
            rounds=1,
            grows=("people", people),
        )
        yield Row(
            f"growth: 1 % changed, {people:,} people",
            nights.changed,
            before=nights.change,
            rounds=1,
        )
        yield Row(
            f"growth: everybody is worked out, {people:,} people",
            nights.unchanged,
            before=nights.forget_all,
            rounds=1,
        )


def _preview(bench, lines):
    people = data.SIZES[bench.size].people
    with bench.env(keep=True) as env:
        link, _types, _wages = data.payroll_company(env, data.Size(people, lines))
        link_id = link.id
    bench.analyze()
    yield Row(
        f"growth: preview, {lines:,} lines",
        bench.undone(Preview(bench, link_id).look),
        rounds=1,
        grows=("lines", lines),
    )
