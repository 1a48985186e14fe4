# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Loket.nl that runs on this machine: OAuth, REST v2, SOAP and the upload page.

It refuses what Loket would refuse, so a client that works against it follows the
published contract. Start it with ``python -m sandbox`` or, in a test, with
``sandbox.server.Sandbox``. What can happen in Loket is in ``faults`` and ``events``,
and every record of ``company`` may be changed at any time. It imports nothing of the
addon: it is its judge.
"""
