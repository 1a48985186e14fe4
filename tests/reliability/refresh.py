# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What each of several processes does that race to renew one link.

Runs in an Odoo of its own, until the file ``stop`` is there.
"""

from pathlib import Path

from odoo.addons.l10n_nl_loket.gateway import oauth
from odoo.addons.l10n_nl_loket.gateway.rest.oauth import AccessToken


def race(env, stop):
    """Ask for a token in place of the current one, again and again.

    :return: how often it was asked for, and in how many of these another had got it
    """
    connection = env["loket.connection"].search([])
    store = env["loket.token"]._store(connection)
    asked = own = 0

    def refresh(token):
        nonlocal own
        own += 1
        return oauth.refresh(
            connection.oauth_url,
            connection.client_id,
            connection.client_secret,
            token,
            local=True,
        )

    while not Path(stop).exists():
        before = store.load()
        after = AccessToken(store, refresh).renewed()
        assert after != before.access_token
        asked += 1
    return {"asked": asked, "another's": asked - own}
