# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random companies through random nights: what happens in Loket, and what follows.

``world`` changes the people of a sandbox Loket, ``model`` says what Odoo should hold
after each night. The model shares nothing with the addon on purpose: it is written
from what the manual promises, naively, to be read.
"""
