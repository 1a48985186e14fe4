# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Piecework for Loket (test)",
    "summary": "A third kind of booking: pieces that somebody made",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "license": "LGPL-3",
    "author": "l10n_nl_loket contributors",
    "depends": ["l10n_nl_loket"],
    "data": ["piecework.xml"],
}
