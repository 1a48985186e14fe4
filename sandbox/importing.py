# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads an uploaded payroll file as strictly as Loket does; all of it or nothing.

Rules: ASCII without BOM, CRLF after every line, semicolons, decimal comma, the header
``aanslnr;persnr;ploeg[;verdelingseenheid]`` and each component once, rows as long as
the header, one row per key, known numbers only, hours from 0 to below 1000.
Written from the published description of the file, without the addon's own code.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from .period_data import BY_IMPORT, Key, Place, Value, own_unit

KEY_COLUMNS = ("aanslnr", "persnr", "ploeg")
UNIT_COLUMN = "verdelingseenheid"
_VALUE = re.compile(r"-?\d{1,9}(,\d{1,2})?")
_WHOLE = re.compile(r"\d{1,9}")
_MAX_AMOUNT = Decimal(100_000_000)
_MAX_HOURS = Decimal(1000)


class ImportRefused(Exception):
    """The file was not imported; ``messages`` are Dutch, one per fault found."""

    def __init__(self, messages):
        super().__init__("; ".join(messages))
        self.messages = messages


@dataclass(frozen=True)
class Choices:
    """What the clerk chose in the dialog."""

    year: int
    period: int
    overwrite: bool
    with_unit: bool


def import_file(company, employer, office, data, choices):
    """Store a file's values and return {row key: {component: value}}.

    Overwriting replaces the components of the file in the records of the file; other
    components and records stay, also what came over the API. Adding refuses values
    that are there already.
    """
    reader = _Reader(employer, office, choices)
    rows = reader.read(data)
    place = Place(office.id, choices.year, choices.period)
    stored = company.period_data.rows(place)
    keys = {key: reader.record(key, place) for key in rows}
    if len(set(keys.values())) < len(keys):
        raise ImportRefused(["Een persnr staat met en zonder eigen eenheid erin."])
    if not choices.overwrite:
        _refuse_existing(rows, {key: stored.get(keys[key]) for key in rows})
    for key, values in rows.items():
        given = {
            code: Value(value) for code, value in values.items() if value is not None
        }
        company.period_data.put(place, keys[key], given, origin=BY_IMPORT)
    return rows


def _refuse_existing(rows, stored):
    messages = [
        f"persnr {key[0]}, component {code}: deze loontransactie komt reeds voor"
        for key, values in rows.items()
        for code, value in values.items()
        if value is not None and stored[key] and code in stored[key].values
    ]
    if messages:
        raise ImportRefused(messages)


class _Reader:
    def __init__(self, employer, office, choices):
        self.office, self.with_unit = office, choices.with_unit
        self.components = {
            item.key: item for item in office.components_of(choices.year)
        }
        self.units = {unit.code: unit for unit in employer.distribution_units}
        self.payroll_ids = {
            job.payroll_id: job
            for _person, job in employer.employments()
            if job.administration is office
        }
        self.messages = []

    def read(self, data):
        lines = self._lines(data)
        codes = self._header(lines[0].split(";"))
        rows = {}
        for number, line in enumerate(lines[1:], start=2):
            self._row(number, line.split(";"), codes, rows)
        if not lines[1:]:
            self.messages.append("Het bestand heeft geen regels met gegevens.")
        if self.messages:
            raise ImportRefused(self.messages)
        return rows

    def record(self, key, place):
        """Return the key of the record of a row: his own unit if none is given."""
        payroll_id, shift, code = key
        job = self.payroll_ids[payroll_id]
        unit = self.units.get(code) or own_unit(job, self.office, *place[1:])
        return Key(job.id, shift, 1, unit and unit.id)

    def _lines(self, data):
        if not data:
            raise ImportRefused(["Het bestand is leeg."])
        if data.startswith(b"\xef\xbb\xbf"):
            raise ImportRefused(["Het bestand begint met een BOM; sla het op zonder."])
        try:
            text = data.decode("ascii")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise ImportRefused(
                [f"Regel {line}: alleen numerieke waardes kunnen geïmporteerd worden."]
            ) from None
        if not text.endswith("\r\n") or re.search(r"(?<!\r)\n|\r(?!\n)", text):
            raise ImportRefused(["Elke regel moet eindigen met CR LF."])
        return text[:-2].split("\r\n")

    def _header(self, header):
        keys = [*KEY_COLUMNS, *([UNIT_COLUMN] if self.with_unit else [])]
        if header[: len(keys)] != keys:
            raise ImportRefused(
                [f"De eerste regel moet beginnen met {';'.join(keys)}."]
            )
        if header[len(keys) : len(keys) + 1] == [UNIT_COLUMN]:
            raise ImportRefused(
                ["Het bestand heeft een verdelingseenheid: kies bij dit veld Ja."]
            )
        words = header[len(keys) :]
        if not words:
            raise ImportRefused(["Het bestand heeft geen componenten."])
        codes = []
        for word in words:
            if not re.fullmatch(r"[1-9]\d{0,3}", word):
                self.messages.append(f"'{word}' is geen nummer van een component.")
                continue
            component = self.components.get(int(word))
            if component is None:
                self.messages.append(f"Component {word} is onbekend.")
            elif not component.collective:
                self.messages.append(
                    f"Component {word} kan niet collectief gemuteerd worden."
                )
            if int(word) in codes:
                self.messages.append(f"Component {word} komt dubbel voor.")
            codes.append(int(word))
        if self.messages:
            raise ImportRefused(self.messages)
        return codes

    def _row(self, number, fields, codes, rows):
        key_size = 4 if self.with_unit else 3
        if len(fields) != key_size + len(codes):
            self.messages.append(
                f"Regel {number}: {len(fields)} velden, maar de eerste regel heeft er "
                f"{key_size + len(codes)}."
            )
            return
        key = self._key(number, fields[:key_size])
        values = {
            code: self._value(number, code, text)
            for code, text in zip(codes, fields[key_size:], strict=True)
        }
        if key is None:
            return
        if key in rows:
            self.messages.append(f"Regel {number}: persnr {key[0]} komt dubbel voor.")
        rows[key] = values

    def _key(self, number, fields):
        before = len(self.messages)

        def whole(position, name, *, required=True):
            text = fields[position]
            if not text and not required:
                return None
            if not _WHOLE.fullmatch(text):
                self.messages.append(f"Regel {number}: {name} '{text}' is geen getal.")
                return None
            return int(text)

        client = whole(0, "aanslnr")
        person = whole(1, "persnr")
        shift = whole(2, "ploeg", required=False)
        unit = whole(3, UNIT_COLUMN, required=False) if self.with_unit else None
        office = self.office
        checks = (
            (
                client in (None, office.client_number),
                f"aanslnr {client} hoort niet bij de gekozen administratie",
            ),
            (
                person is None or person in self.payroll_ids,
                f"persnr {person} is onbekend",
            ),
            (
                shift is None or shift in office.shifts,
                f"ploeg {shift} bestaat niet",
            ),
            (
                unit is None or unit in self.units,
                f"verdelingseenheid {unit} bestaat niet",
            ),
        )
        self.messages += [
            f"Regel {number}: {text}." for good, text in checks if not good
        ]
        if len(self.messages) > before:
            return None
        return person, 1 if shift is None else shift, unit

    def _value(self, number, code, text):
        if not text:
            return None
        where = f"Regel {number}, component {code}"
        if not _VALUE.fullmatch(text):
            self.messages.append(f"{where}: '{text}' is geen getal met een komma.")
            return None
        value = Decimal(text.replace(",", "."))
        component = self.components[code]
        if component.is_hours and not 0 <= value < _MAX_HOURS:
            self.messages.append(f"{where}: uren liggen tussen 0 en 999,99.")
        elif abs(value) > _MAX_AMOUNT:
            self.messages.append(f"{where}: het bedrag is te groot.")
        return value
