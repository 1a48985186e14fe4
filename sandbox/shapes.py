# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every field that Loket's published specification gives a resource.

``shapes.json`` holds one record per resource with all properties of the schema
(REST v2), nullable ones as null. Replies start from it, so that a client meets as many
fields as it would at Loket, not only those it reads.
"""

import json
import pickle
from pathlib import Path

# Unpickling makes a copy in a fraction of the time that ``copy.deepcopy`` takes.
_SHAPES = {
    resource: pickle.dumps(shape)
    for resource, shape in json.loads(
        Path(__file__).with_name("shapes.json").read_text("utf-8")
    ).items()
}


def shaped(resource, values):
    """Return the full record of ``resource`` with ``values`` laid over it."""
    return _overlay(pickle.loads(_SHAPES[resource]), values, resource)


def _overlay(base, values, where):
    for key, value in values.items():
        if key not in base:
            raise KeyError(f"{where}.{key} is not a field of the specification")
        if isinstance(value, dict) and isinstance(base[key], dict):
            _overlay(base[key], value, f"{where}.{key}")
        else:
            base[key] = value
    return base
