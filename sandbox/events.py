# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can happen in Loket: changes of the company, to be played and taken back.

They show in every list, over REST and SOAP, for they are in the records themselves.
Those that say "broken" are what no contract allows; all others a Loket could do.
"""

from . import event_registry, events_payroll, events_people  # noqa: F401

Changes = event_registry.Changes
EVENTS = event_registry.EVENTS
