# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The name of the file: the upload dialog asks for year and period, so it has both."""


def file_name(client_number: int, year: int, period: int) -> str:
    """``loket_<client number>_<year>_<period>.csv``.

    :param client_number: the ``aanslnr`` of the rows in the file
    :param year: of the period, as Loket counts
    :param period: its number in that year, from 1
    """
    return f"loket_{client_number}_{year}_{period}.csv"
