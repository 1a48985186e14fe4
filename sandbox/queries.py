# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ``filter`` and ``orderBy`` parameters of Loket's lists.

Operators eq ne lk gt ge lt le, joined by and / or (and binds first), names and values
case-insensitive, nested names with a dot, strings and dates in single quotes.
"""

import operator
import re

from .errors import bad_request

_TOKEN = re.compile(r"\s*('[^']*'|\S+)")
_COMPARE = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "lk": lambda value, part: str(part) in str(value),
}
_UNKNOWN = object()


def asks(args):
    """Return whether a query filters or sorts."""
    return any(args[name] for name in args if name.lower() in ("filter", "orderby"))


def select(records, args, version):
    """Return ``records`` filtered and sorted as the query asks."""
    query = {name.lower(): value for name, value in args.items()}
    if query.get("filter"):
        matches = _parse(query["filter"], version)
        records = [record for record in records if matches(record)]
    for term in reversed([t.strip() for t in query.get("orderby", "").split(",") if t]):
        name = term.lstrip("-")
        if records and _get(records[0], name) is _UNKNOWN:
            raise bad_request(f"'{name}' is not a property", version, ["orderBy"])
        records = sorted(
            records,
            key=lambda record, name=name: _sortable(_get(record, name)),
            reverse=term.startswith("-"),
        )
    return records


def _parse(text, version):
    tokens = _TOKEN.findall(text)
    groups = [[]]
    for start in range(0, len(tokens), 4):
        part = tokens[start : start + 3]
        if len(part) < 3 or part[1].lower() not in _COMPARE:
            raise bad_request(f"The filter '{text}' is not valid", version, ["filter"])
        groups[-1].append((part[0], _COMPARE[part[1].lower()], _literal(part[2])))
        joint = tokens[start + 3 : start + 4]
        if joint and joint[0].lower() not in ("and", "or"):
            raise bad_request(f"The filter '{text}' is not valid", version, ["filter"])
        if joint and joint[0].lower() == "or":
            groups.append([])

    def matches(record):
        return any(all(_holds(record, *term) for term in group) for group in groups)

    def _holds(record, name, compare, wanted):
        value = _get(record, name)
        if value is _UNKNOWN:
            raise bad_request(f"'{name}' is not a property", version, ["filter"])
        value = value.lower() if isinstance(value, str) else value
        try:
            return compare(value, wanted)
        except TypeError:  # null compared with a number or a date
            return False

    return matches


def _literal(text):
    lowered = text.lower()
    if text.startswith("'"):
        return lowered[1:-1]
    if lowered in ("null", "true", "false"):
        return {"null": None, "true": True, "false": False}[lowered]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return lowered


def _get(record, path):
    value = record
    for name in path.split("."):
        if value is None:
            return None
        if not isinstance(value, dict):
            return _UNKNOWN
        lowered = {key.lower(): key for key in value}
        if name.lower() not in lowered:
            return _UNKNOWN
        value = value[lowered[name.lower()]]
    return value


def _sortable(value):
    return (
        value is not None,
        str(value).lower() if isinstance(value, str) else value or 0,
    )
