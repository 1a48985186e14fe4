# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Nights: nothing changed, one call says so, one person in a hundred changed."""

from bench import data
from bench.loket import Bare, Loket
from bench.measure import Row, Target

LATENCY = 0.15
#: The lists of a night, below the employer, and the version of each.
LISTS = (
    ("employees/employments", "2019-12-16"),
    ("employees", "2021-03-29"),
    ("actualworkinghours", "2018-01-01"),
    ("actualwages", "2018-01-01"),
    ("actualorganizationalentities", "2018-01-01"),
    ("actualworkinghours", "2018-01-01"),  # of a day in the past
)
PAGES = "the same pages by a bare HTTP client, one after the other, parsed"


def rows(bench):
    """Yield the rows of this job."""
    people = data.SIZES[bench.size].people
    with Loket(people) as loket:
        bench.meter.calls = loket.count
        nights = Nights(bench, loket, people)
        yield Row(
            f"unchanged night, {people:,} people",
            nights.unchanged,
            (
                Target("ratio processor", 3),
                Target("queries", 60),
                Target("memory", 100),
            ),
            PAGES,
            nights.pages,
            before=nights.forget_count,
            check=nights.check,
        )
        loket.latency(LATENCY)
        yield Row(
            f"the same with {LATENCY * 1000:.0f} ms latency",
            nights.unchanged,
            (Target("ratio seconds", 0.5),),
            PAGES,
            nights.pages,
            before=nights.forget_count,
            check=nights.check,
            rounds=1,
        )
        loket.latency(0)
        nights.forget_count()
        nights.unchanged()  # which leaves what the next is held against
        yield Row(
            "quiet night",
            nights.quiet,
            (Target("queries", 10),),
            "one HTTP call",
            nights.one_call,
            check=nights.check_quiet,
        )
        yield Row(
            "1 % changed",
            nights.changed,
            (Target("ratio processor", 1.5),),
            "the unchanged night",
            nights.unchanged,
            before=nights.change,
        )


class Nights:
    """A connection to a sandbox whose people are all linked, and unchanged since."""

    def __init__(self, bench, loket, people):
        self._bench, self._loket, self._people = bench, loket, people
        # What that takes of memory is not of the nights that are measured.
        bench.apart(self._prepare)
        with bench.env() as env:
            link = env["loket.connection"].search([])
            self._link_id, self._employer = link.id, link.employer_ref
        self._changes, self._few = 0, max(people // 100, 1)
        self.quiet()  # so that Odoo has read what each process reads once
        self.check_quiet()
        self._bare = Bare(loket)

    def _prepare(self):
        """Make the people, and do a first night, which leaves nothing to do."""
        with self._bench.env(keep=True) as env:
            link = data.connection_to(env, self._loket)
            data.told(env, link)
            data.employees(env, link)
        self._bench.analyze()
        self._run(None)

    def _run(self, expected):
        """One night, as the scheduler runs it.

        :param expected: how many are to be unchanged; None: whatever there is
        :return: how many were
        """
        with self._bench.env() as env:
            env["loket.connection"]._cron_sync()
            run = env["loket.sync.run"].search([], limit=1)
            problem = run.state not in ("done", "partial") and run.message
            if problem or expected not in (None, run.unchanged):
                raise AssertionError(
                    f"{run.state}: {run.unchanged} unchanged of {expected}, "
                    f"{run.updated} updated; {run.message}"
                )
            return run.unchanged

    def forget_count(self, _side=None):
        """Let Loket's count be another than the last, so that the next night reads."""
        with self._bench.env(keep=True) as env:
            link = env["loket.connection"].browse(self._link_id)
            link.quiet_basis = {**link.quiet_basis, "version": 1}

    def forget_all(self, _side=None):
        """Let nothing be known of an earlier night, so that the next works out all."""
        with self._bench.env(keep=True) as env:
            env["loket.connection"].browse(self._link_id).quiet_basis = False

    def unchanged(self):
        """A night that reads all, and finds nothing to do."""
        return self._run(self._people)

    def quiet(self):
        """A night that is told that nothing changed."""
        with self._bench.env() as env:
            env["loket.connection"]._cron_sync()

    def check_quiet(self, _ours=None, _bound=None):
        """The last night was told that nothing changed."""
        with self._bench.env() as env:
            assert env["loket.sync.run"].search([], limit=1).is_quiet

    def change(self, side):
        """Before our side, give one in a hundred another telephone number in Loket."""
        self.forget_count()
        if side == "bound":
            return
        self._changes += 1
        for number in range(self._few):
            self._loket.ask(
                "PATCH",
                f"employees/{101 + number}",
                json={"mobile": f"06-{self._changes:08}"},
            )

    def changed(self):
        """A night that finds those."""
        return self._run(self._people - self._few)

    def pages(self):
        """The pages of a night; how many people of the administration are in them."""
        found = 0
        for number, (path, version) in enumerate(LISTS):
            for row in self._bare.pages(
                f"/providers/employers/{self._employer}/{path}", version
            ):
                if not number:
                    found += row["payrollAdministration"]["clientNumber"] == 5555
        return found

    def one_call(self):
        """What a quiet night asks."""
        return self._bare.ask("GET", "/providers/employers/lastmodifiedversionnumbers")

    def check(self, ours, bound):
        """Everybody whom the pages hold was looked at, and is unchanged."""
        assert ours == bound, f"{ours} unchanged, the pages hold {bound}"
