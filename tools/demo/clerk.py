# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the clerk does in Loket: upload the file on the page, and read what came in."""

import csv
import io
import re
from decimal import Decimal

import requests

TIMEOUT = 30  # seconds


def upload(url, name, data, client_number, year, period):
    """Upload with *Overschrijven* and distribution unit *Ja*; raise if refused."""
    answer = requests.post(
        f"{url}/collectieve-mutaties",
        data={
            "administratie": client_number,
            "jaar": year,
            "periode": period,
            "bestandstype": "CSV",
            "actie": "Overschrijven",
            "verdelingseenheid": "Ja",
        },
        files={"bestand": (name, data, "text/csv")},
        timeout=TIMEOUT,
    )
    if not answer.ok:
        said = re.findall(r"<li>(.*?)</li>", answer.text)
        raise ValueError(f"Loket refused {name}: {' '.join(said)}")


def imported(url, client_number, year, period):
    """What Loket has now: {(component code, distribution unit): total}."""
    answer = requests.get(
        f"{url}/_sandbox/payroll-period-data",
        params={"client_number": client_number, "year": year, "period": period},
        timeout=TIMEOUT,
    )
    totals = {}
    for cell in answer.json()["cells"]:
        key = (cell["component"], str(cell["distribution_unit"]))
        totals[key] = totals.get(key, Decimal()) + Decimal(cell["value"])
    return totals


def written(data):
    """What the bytes of a file say: {(component code, distribution unit): total}."""
    header, *rows = csv.reader(io.StringIO(data.decode("ascii")), delimiter=";")
    unit = header.index("verdelingseenheid")
    totals = {}
    for row in rows:
        for code, text in zip(header[unit + 1 :], row[unit + 1 :], strict=True):
            if text:
                key, number = (int(code), row[unit]), Decimal(text.replace(",", "."))
                totals[key] = totals.get(key, Decimal()) + number
    return totals


def enter(url, client_number, year, period, **cell):
    """Somebody enters one value of a period in Loket itself."""
    place = {"client_number": client_number, "year": year, "period": period}
    requests.post(
        f"{url}/_sandbox/payroll-period-data", json={**place, **cell}, timeout=TIMEOUT
    ).raise_for_status()


def change(url, path, **values):
    """Change something about the staff in Loket."""
    requests.patch(
        f"{url}/_sandbox/{path}", json=values, timeout=TIMEOUT
    ).raise_for_status()


def staff(url, client_number):
    """The administration with that client number and its people."""
    answer = requests.get(f"{url}/_sandbox/company", timeout=TIMEOUT).json()
    return next(one for one in answer if one["client_number"] == client_number)
