# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo, the files and Loket hold, each counted apart from the addon's report."""

from . import clerk, comparison
from .found import people_of
from .totals import totals


class Compared:
    """One administration: what it holds in each of the periods that were delivered."""

    def __init__(self, odoo, loket, connection, client_number):
        self._odoo, self._loket, self._connection = odoo, loket, connection
        self._client_number = client_number
        self._people, _linked = people_of(odoo, connection)
        self._names = _names(odoo, connection)
        self._periods = {}
        self.rows, self.last = [], []

    def add(self, title, period, bounds, data):
        """Compare all periods so far; one that was there before counts as it is now.

        :param period: (year, number)
        :param bounds: its first and last day
        :param data: bytes of its file
        """
        self._periods[period] = bounds, data
        odoo, file, loket = {}, {}, {}
        for (year, number), (days, written) in self._periods.items():
            there = self._loket.url, self._client_number, year, number
            booked = totals(self._odoo, self._connection, self._people, *days)
            _add(odoo, booked)
            _add(file, clerk.written(written))
            _add(loket, clerk.imported(*there))
        rows = comparison.compare(odoo, file, loket, self._names)
        of = {"administration": self._client_number, "periods": title}
        self.last = [{**of, **row} for row in rows]
        self.rows += self.last


def _add(whole, part):
    for key, value in part.items():
        whole[key] = whole.get(key, 0) + value


def _names(odoo, connection):
    """{component number or code of a unit: name}"""
    domain = [("connection_id", "=", connection)]
    components = odoo.find("loket.component", domain, ["code", "name"])
    units = odoo.find(
        "loket.cost.center",
        [*domain, ("kind", "=", "distribution_unit")],
        ["code", "name"],
    )
    return {int(row["code"]): row["name"] for row in components} | {
        row["code"]: row["name"] for row in units
    }
