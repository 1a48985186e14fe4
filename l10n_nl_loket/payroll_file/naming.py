# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The name of the file: the upload dialog asks for year and period, so it has both."""


def file_name(client_number: int, year: int, period: int, version: int = 1) -> str:
    """``loket_<client number>_<year>_<period>.csv``; a later one says what it replaces.

    In Dutch, as the columns of the file: ``..._versie_2_vervangt_1.csv``.

    :param client_number: the ``aanslnr`` of the rows in the file
    :param year: of the period, as Loket counts
    :param period: its number in that year, from 1
    :param version: which of the files of that period, from 1
    """
    replaces = f"_versie_{version}_vervangt_{version - 1}" if version > 1 else ""
    return f"loket_{client_number}_{year}_{period}{replaces}.csv"
