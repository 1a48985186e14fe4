# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of the files of a period the last one counts; the database now sees to it."""


def migrate(cr, version):
    cr.execute(
        """
        WITH one AS (
            SELECT id, attachment_id = max(attachment_id) OVER (
                PARTITION BY connection_id, client_number, year, period
            ) AS counts
            FROM loket_export
            WHERE is_latest
        )
        UPDATE loket_export
        SET is_latest = one.counts
        FROM one
        WHERE loket_export.id = one.id AND NOT one.counts
        """
    )
