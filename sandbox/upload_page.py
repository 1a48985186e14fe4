# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The page "Collectieve mutaties": the dialog in which a clerk uploads the file."""

import datetime
from decimal import Decimal

from .importing import Choices, ImportRefused, import_file
from .pages import page


def upload_page(server, request):
    """Show the dialog (GET) or import the file and show what came in (POST)."""
    if request.method == "GET":
        return page("upload.html", **_form(server, {}))
    form = request.form
    try:
        outcome = _import(server, form, request.files.get("bestand"))
    except ImportRefused as refused:
        messages = refused.messages
        return page("upload.html", 422, messages=messages, **_form(server, form))
    return page("upload.html", outcome=outcome, **_form(server, form))


def _form(server, chosen):
    return {
        "employers": server.company.employers,
        "form": chosen,
        "today": datetime.date.today(),
    }


def _is_number(text):
    """Whether it is digits 0 to 9: ``²`` is a digit to Python, but no number."""
    return text.isascii() and text.isdigit()


def _import(server, form, upload):
    messages = []
    number = form.get("administratie", "")
    found = server.company.administration(int(number)) if _is_number(number) else None
    if not found:
        raise ImportRefused(["Kies een werkgever en administratie."])
    employer, office = found
    year, period = form.get("jaar", ""), form.get("periode", "")
    if not (_is_number(year) and 2000 <= int(year) <= 9999):
        raise ImportRefused([f"'{year}' is geen jaar."])
    if not (_is_number(period) and 1 <= int(period) <= office.period_count(int(year))):
        messages.append(f"'{period}' is geen periode van {year}.")
    if form.get("bestandstype") != "CSV":
        messages.append("Kies bij bestandstype CSV.")
    if form.get("actie") not in ("Overschrijven", "Toevoegen"):
        messages.append("Kies een actie.")
    if form.get("verdelingseenheid") not in ("Ja", "Nee"):
        messages.append("Kies bij verdelingseenheid Ja of Nee.")
    if upload is None or not upload.filename:
        messages.append("Kies een bestand.")
    elif not upload.filename.lower().endswith(".csv"):
        messages.append("Het bestand moet op .csv eindigen.")
    if messages:
        raise ImportRefused(messages)
    choices = Choices(
        int(year),
        int(period),
        form["actie"] == "Overschrijven",
        form["verdelingseenheid"] == "Ja",
    )
    return import_and_keep(
        server.company, employer, office, choices, upload.read(), upload.filename
    )


def import_and_keep(company, employer, office, choices, data, file_name):
    """Import a file and return what came in, which the company keeps as well."""
    rows = import_file(company, employer, office, data, choices)
    outcome = _outcome(employer, office, choices, rows, file_name)
    company.imports.append(outcome)
    return outcome


def _outcome(employer, office, choices, rows, file_name):
    descriptions = {
        item.key: item.description for item in office.components_of(choices.year)
    }
    people = {
        job.payroll_id: person
        for person, job in employer.employments()
        if job.administration is office
    }
    totals = {}
    for values in rows.values():
        for code, value in values.items():
            totals[code] = totals.get(code, Decimal()) + (value or Decimal())
    return {
        "file_name": file_name,
        "administration": office.name,
        "client_number": office.client_number,
        "year": choices.year,
        "period": choices.period,
        "action": "Overschrijven" if choices.overwrite else "Toevoegen",
        "row_count": len(rows),
        "components": [(code, descriptions[code]) for code in totals],
        "totals": totals,
        "rows": [(people[key[0]], key, values) for key, values in rows.items()],
    }
