# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pages of a list that are asked for before their turn, a few at a time.

Loket answers in tenths of a second, and most of that is waiting. Threads do nothing but
one plain try each; whoever reads the list takes what came of it when its turn comes,
and does the rest as ever: tokens, patience, checks. So the pages come in their order,
and no more of them are kept than are under way.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from .http import Reply, once
from .wire import Session

#: How many pages are under way at once, the one whose turn it is among them.
AT_ONCE = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Try:
    """A request that is under way, or was answered."""

    token: str = field(repr=False)
    """What it was let in with."""
    session: Session = field(repr=False)
    reply: "Future[tuple[Reply | Exception, float]]" = field(repr=False)

    def outcome(self) -> tuple[Reply | Exception, float]:
        """What came of it, waiting for it, and the seconds that it took."""
        return self.reply.result()

    def close(self, _done: object) -> None:
        """Close its session."""
        self.session.close()


class Ahead:
    """The tries of one list. Use as a context manager: what is left over is ended.

    :param spare: sessions that are in no use; they come from there, and go back
    """

    def __init__(self, spare: list[Session]):
        self._spare = spare
        self._tries: dict[int, Try] = {}
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> "Ahead":  # noqa: PYI034 (Python 3.10 has no Self)
        return self

    def __exit__(self, *_details: object) -> None:
        self.keep((), "")
        if self._threads:
            self._threads.shutdown(wait=False)

    def keep(self, numbers: Iterable[int], token: str) -> None:
        """End all tries but those of these pages with this token."""
        wanted = set(numbers)
        for number, one in list(self._tries.items()):
            if number not in wanted or one.token != token:
                del self._tries[number]
                one.session.end()
                # Closed by its own thread, which may be reading from it.
                one.reply.add_done_callback(one.close)

    def begin(self, number: int, token: str, ask: Callable[[Session], Reply]) -> None:
        """Ask for a page now, unless that is done already.

        :param ask: tries it once over a session, in another thread
        """
        if number in self._tries:
            return
        self._threads = self._threads or ThreadPoolExecutor(AT_ONCE, "loket-page")
        session = self._spare.pop() if self._spare else Session()
        self._tries[number] = Try(
            token=token,
            session=session,
            reply=self._threads.submit(_timed, lambda: ask(session)),
        )

    def take(self, number: int, token: str) -> tuple[Reply | Exception, float] | None:
        """What came of the try of a page; None: there is none with this token."""
        one = self._tries.get(number)
        if one is None or one.token != token:
            return None
        outcome = one.outcome()
        del self._tries[number]
        self._spare.append(one.session)
        return outcome


def _timed(ask: Callable[[], Reply]) -> tuple[Reply | Exception, float]:
    start = time.monotonic()
    came: Reply | Exception
    try:
        came = once(ask)
    except Exception as error:  # noqa: BLE001 (raised where its turn comes)
        came = error
    return came, time.monotonic() - start
