# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records that tell when one of them changed, so that an index knows when it is old."""

import itertools

_count = itertools.count()
_latest = [0]


def revision():
    """Return a number that is another one after any change of a record."""
    return _latest[0]


def _touch():
    _latest[0] = next(_count)


class Record:
    """A record whose assignments count as changes; so do those within its lists."""

    def __setattr__(self, name, value):
        if isinstance(value, list) and not isinstance(value, _List):
            value = _List(value)
        elif isinstance(value, dict) and not isinstance(value, _Dict):
            value = _Dict(value)
        elif isinstance(value, set):
            value = frozenset(value)  # adding to it would go unseen
        super().__setattr__(name, value)
        _touch()


def _touching(kind, name):
    method = getattr(kind, name)

    def change(self, *args, **named):
        outcome = method(self, *args, **named)
        _touch()
        return outcome

    return change


def _watched(kind, names):
    """Return a kind of list or dictionary whose own changes count as well."""
    return type(
        f"_{kind.__name__.title()}",
        (kind,),
        {name: _touching(kind, name) for name in names.split()},
    )


_List = _watched(
    list,
    "__delitem__ __iadd__ __imul__ __setitem__ append clear extend insert pop remove"
    " reverse sort",
)
_Dict = _watched(
    dict, "__delitem__ __ior__ __setitem__ clear pop popitem setdefault update"
)
