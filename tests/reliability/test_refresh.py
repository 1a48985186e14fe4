# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Four processes race to renew one link, whose refresh tokens work once.

``./dev test --long tests/reliability/test_refresh.py`` renews 2,000 times, not 60.
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sandbox.server import Sandbox
from sandbox.tokens import Tokens
from tools.paths import REPO

from .report import kept

PROCESSES = 4
RENEWALS = 2_000 if os.environ.get("LOKET_LONG") else 60

BEGIN = """
connection = env["loket.connection"].create(
    {{
        "name": "Voorbeeld B.V.",
        "environment": "custom",
        "api_url": {api!r},
        "oauth_url": {oauth!r},
        "client_id": "odoo",
        "client_secret": "sandbox-secret",
    }}
)
env.cr.commit()
connection._loket_store_token({tokens!r})
env.cr.commit()
answer = connection.id
"""
RACE = """
import sys
sys.path.insert(0, {repo!r})
from tests.reliability import refresh
answer = refresh.race(env, {stop!r})
"""
END = """
connection = env["loket.connection"].search([])
employers = connection._gateway().employers()
token = env["loket.token"].search([])
answer = [len(employers), token.refresh_token, token.renewing_since, connection.state]
"""


class Watched(Tokens):
    """Notes each refresh token that is sent, and makes an end of it."""

    def __init__(self, stop):
        super().__init__()
        self.sent, self.refused, self._stop = Counter(), 0, stop

    def refresh(self, refresh_token, client_id):
        self.sent[refresh_token] += 1
        answer = super().refresh(refresh_token, client_id)
        if answer is None:
            self.refused += 1
        if len(self.sent) >= RENEWALS:
            self._stop.touch()
        return answer

    def usable(self):
        """The refresh tokens that work."""
        return set(self._refresh)


def test_no_refresh_token_is_sent_twice_and_the_last_one_works(
    new_installation, tmp_path
):
    odoo, stop = new_installation(), tmp_path / "stop"
    with Sandbox() as loket, ThreadPoolExecutor(PROCESSES) as pool:
        loket.tokens = tokens = Watched(stop)
        odoo.shell(
            BEGIN.format(
                api=loket.api_url, oauth=loket.oauth_url, tokens=loket.issue_tokens()
            )
        )
        script = RACE.format(repo=str(REPO), stop=str(stop))
        races = [pool.submit(odoo.shell, script) for _number in range(PROCESSES)]
        try:
            found = [race.result() for race in races]
        finally:
            stop.touch()
        employers, last, since, state = odoo.shell(END)

    asked = sum(one["asked"] for one in found)
    assert set(tokens.sent.values()) == {1}, "a token that was used was sent again"
    assert tokens.refused == 0
    assert len(tokens.sent) >= RENEWALS
    assert asked > len(tokens.sent), "nobody waited for another: it was no race"
    assert employers and tokens.usable() == {last}
    assert (since, state) == (0, "connected")
    kept(
        "racing refreshes",
        {
            "processes": PROCESSES,
            "renewed": len(tokens.sent),
            "asked": asked,
            "sent twice": 0,
            "refused": tokens.refused,
        },
    )
