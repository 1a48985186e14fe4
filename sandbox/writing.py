# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that are sent for a period: what Loket takes, and what it says to the rest.

A record is taken whole or not at all; what is wrong with one stops no other. Where the
contract is silent on the answer, faults play each of the published behaviours.
"""

import json
from decimal import Decimal

from werkzeug.wrappers import Response

from .envelopes import detail
from .errors import Refusal, bad_request, json_response, message
from .period_data import COLLECTIVE, LINK_USER, Key, Place, Value

_MAX_AMOUNT = Decimal(100_000_000)
_MAX_HOURS = Decimal(1000)
_MAX_COMMENT = 1000
_RULE, _NOT_FOUND = "BrokenBusinessRule", "NotFound"
_FIELDS = {
    "payrollPeriod", "shift", "payslipType", "payslipText", "distributionUnit",
    "costCenter", "costUnit", "payrollComponents",
}  # fmt: skip
_COMPONENT_FIELDS = {"payrollComponent", "value", "isSupplement"}
_METHODS = (None, "overwrite", "doNotOverwrite", "addUp")


def patch_collective(call):
    """Store values of many employments: the collective PATCH."""
    items = _body(call, list)
    if not all(isinstance(item, dict) for item in items):
        raise bad_request("The body is not a list of objects", call.version)
    return _store(call, [_Item(call, item, item.get("employmentId")) for item in items])


def patch_one(call):
    """Store values of one employment."""
    item = dict(_body(call, dict))
    if item.pop("processingMethod", None) not in _METHODS[:2]:
        raise bad_request("This sandbox only overwrites", call.version)
    return _store(call, [_Item(call, {"employmentId": 0, **item}, call.job.id)])


def period_ready(call):
    """Tell the office that a period is ready for payroll; the sandbox keeps it."""
    sent = _body(call, dict)
    comment = sent.get("userComment")
    year, number = divmod(sent.get("payrollPeriodId") or 0, 100)
    addresses = sent.get("emailAddressPeriodReadyForPayroll")
    if not call.office.has_period(year, number):
        raise bad_request(
            f"Periode {number} van {year} bestaat niet.",
            call.version,
            ["payrollPeriodId"],
        )
    if not isinstance(addresses, list) or not addresses or not all(
        isinstance(address, str) and address.count("@") == 1 for address in addresses
    ):  # fmt: skip
        raise bad_request(
            "Geef een geldig e-mailadres op.",
            call.version,
            ["emailAddressPeriodReadyForPayroll"],
        )
    if comment is not None and not 0 < len(comment) <= _MAX_COMMENT:
        raise bad_request(
            "[userComment] has an invalid length", call.version, ["userComment"]
        )
    call.server.company.ready.append(
        {"client_number": call.office.client_number, **sent}
    )
    return json_response(detail({}, call.version), 202)


def _body(call, kind):
    if call.request.mimetype != "application/json":
        raise Refusal(415)
    try:
        sent = json.loads(call.request.get_data(), parse_float=Decimal)
    except ValueError:
        raise bad_request("The body is not JSON", call.version) from None
    if not isinstance(sent, kind):
        raise bad_request("The body is of the wrong type", call.version)
    return sent


def _store(call, items):
    """Store what is right, and answer as Loket might."""
    faults, path = call.server.faults, call.request.path
    messages = [said for item in items for said in item.messages]
    good = [item for item in items if not item.messages]
    half = faults.take("half_stored", path)
    for item in good[: len(good) // 2] if half else good:
        call.server.company.period_data.put(
            item.place,
            item.key,
            item.values,
            text=item.text,
            by=LINK_USER,
            origin=COLLECTIVE,
        )
    if half:
        raise Refusal(500)
    if messages and (not good or faults.take("refused_in_part", path)):
        return _refusal(call, messages)
    if not messages:
        return Response(status=200)
    body = {**detail({}, call.version), "messages": messages}
    return json_response(body)


def _refusal(call, messages):
    if call.server.faults.take("plain_refusal", call.request.path):
        text = "\r\n".join(said["description"] for said in messages)
        return Response(text, status=400, content_type="text/plain; charset=utf-8")
    return json_response({**detail({}, call.version), "messages": messages}, 400)


class _Item:
    """One record that was sent; ``messages`` say what is wrong with it."""

    def __init__(self, call, sent, employment_id):
        self.call, self.sent, self.messages = call, sent, []
        self.employment_id = employment_id
        self.place = self.key = self.text = None
        self.values = {}
        found = call.server.index.find(str(employment_id).lower())
        if not found or found[0] is not call.employer or not found[3]:
            self._say("Het dienstverband is onbekend.", "employmentId", _NOT_FOUND)
            return
        self.job = found[3]
        self.office = self.job.administration
        if unknown := set(sent) - _FIELDS - {"employmentId"}:
            self._say(f"Onbekende velden: {', '.join(sorted(unknown))}.", "")
        self._read_place()
        if self.place:
            self._read_key()
            self._read_components()

    def _say(self, text, field, kind=_RULE):
        said = message(text, [field] if field else [], kind)
        said["id"] = str(self.employment_id) if self.employment_id else None
        self.messages.append(said)

    def _get(self, field, part, kind=int):
        """Return a part of an object that was sent, or None and a message."""
        value = self.sent.get(field)
        value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        self._say(f"[{field}] is verplicht.", f"{field}.{part}")
        return None

    def _read_place(self):
        year = self._get("payrollPeriod", "year")
        number = self._get("payrollPeriod", "periodNumber")
        if year is None or number is None:
            return
        if not self.office.has_period(year, number):
            self._say(f"Periode {number} van {year} bestaat niet.", "payrollPeriod")
            return
        self.place = Place(self.office.id, year, number)
        first, last = self.office.period_bounds(year, number)
        if self.job.start_date > last or (
            self.job.end_date and self.job.end_date < first
        ):
            self._say("Het dienstverband is niet actief in de periode.", "employmentId")
        refuses = self.call.server.faults.is_on("closed_periods")
        if refuses and self.office.is_approved(year * 100 + number):
            self._say(f"Periode {number} van {year} is verloond.", "payrollPeriod")

    def _read_key(self):
        shift = self._get("shift", "shiftNumber")
        if shift is not None and shift not in self.office.shifts:
            self._say(f"Ploeg {shift} bestaat niet.", "shift.shiftNumber")
        kind = self._get("payslipType", "key")
        if kind not in (None, 1, 2):
            self._say(f"Strooksoort {kind} bestaat niet.", "payslipType.key")
        centers = range(1, len(self.office.cost_centers) + 1)
        center = self._booked_on("costCenter", "Kostenplaats", centers)
        cost_unit = self._booked_on("costUnit", "Kostendrager", ())
        self.text = self.sent.get("payslipText")
        if self.text is not None and not 0 < len(self.text) <= 25:
            self._say("[payslipText] has an invalid length", "payslipText")
        unit = self._unit()
        self.key = Key(self.job.id, shift, kind, unit, center, cost_unit)

    def _unit(self):
        units = {unit.id for unit in self.call.employer.distribution_units}
        if not units and self.sent.get("distributionUnit") is None:
            return None
        unit = self._get("distributionUnit", "key", str)
        if unit is not None and unit.lower() not in units:
            self._say("De verdelingseenheid bestaat niet.", "distributionUnit.key")
        return unit and unit.lower()

    def _booked_on(self, field, word, known):
        if self.sent.get(field) is None:
            return None
        key = self._get(field, "key")
        if key is not None and key not in known:
            self._say(f"{word} {key} bestaat niet.", f"{field}.key")
        return key

    def _read_components(self):
        sent = self.sent.get("payrollComponents")
        if not isinstance(sent, list) or not sent:
            self._say("[payrollComponents] is verplicht.", "payrollComponents")
            return
        known = {item.key: item for item in self.office.components_of(self.place.year)}
        for item in sent:
            self._read_component(item, known)

    def _read_component(self, item, known):
        item = item if isinstance(item, dict) else {}
        code = (item.get("payrollComponent") or {}).get("key")
        field = f"payrollComponents[{code}]"
        component = known.get(code)
        if component is None:
            self._say(f"Component {code} is onbekend.", field)
            return
        if not component.collective:
            self._say(f"Component {code} kan niet collectief gemuteerd worden.", field)
        if code in self.values:
            self._say(f"Component {code} komt dubbel voor.", field)
        if set(item) != _COMPONENT_FIELDS or not isinstance(item["isSupplement"], bool):
            self._say(f"Component {code}: waarde of kenmerk ontbreekt.", field)
            return
        if item["isSupplement"]:
            self._say(f"Component {code} kan geen aanvulling zijn.", field)
        self.values[code] = self._value(code, component, item["value"], field)

    def _value(self, code, component, value, field):
        if value is None:
            if self._refuses_null(code):
                self._say(f"Component {code}: er is niets te verwijderen.", field)
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._say(f"Component {code}: de waarde is geen getal.", field)
            return None
        number = Decimal(value)
        if component.is_hours and not 0 <= number < _MAX_HOURS:
            self._say(f"Component {code}: uren liggen tussen 0 en 999,99.", field)
        elif abs(number) > _MAX_AMOUNT:
            self._say(f"Component {code}: het bedrag is te groot.", field)
        return Value(number)

    def _refuses_null(self, code):
        if not self.key or not self.call.server.faults.is_on("absent_null"):
            return False
        rows = self.call.server.company.period_data.rows(self.place)
        row = rows.get(self.key)
        return row is None or code not in row.values
