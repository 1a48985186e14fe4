# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files that go into a sandbox Loket at random, and who judges what came of it.

``loket`` is what a period of Loket holds beside what it should; ``wire`` is what went
over the line. Neither shares anything with the addon on purpose: a file is read from
its bytes, and Loket from the sandbox's own store.
"""
