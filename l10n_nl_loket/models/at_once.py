# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Of those who do one thing at once, some are told to do it again: in plain words."""

from contextlib import contextmanager
from weakref import WeakKeyDictionary

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.http import request
from odoo.service.model import (
    MAX_TRIES_ON_CONCURRENCY_FAILURE,
    PG_CONCURRENCY_EXCEPTIONS_TO_RETRY,
)

#: Somebody else was quicker. Odoo does the call again, up to so many times.
RACES = (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)

#: How often a call lost: it keeps its cursor while Odoo does it again.
_lost = WeakKeyDictionary()


def somebody_else(env):
    """What a person is told who was never the quicker one."""
    return env._(
        "Somebody else is working on this at the same time, so nothing was done. Wait "
        "a moment and try again."
    )


@contextmanager
def in_turn(env):
    """What waits for others in here is told in plain words once it is not tried again.

    :raise UserError: somebody else was quicker each time
    """
    try:
        yield
    except RACES as error:
        _lost[env.cr] = _lost.get(env.cr, 0) + 1
        if _lost[env.cr] < MAX_TRIES_ON_CONCURRENCY_FAILURE:
            raise
        del _lost[env.cr]
        raise UserError(somebody_else(env)) from error


class IrHttp(models.AbstractModel):
    """A call to this addon that lost each time says so, wherever it lost."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        if isinstance(exception, RACES) and _is_call_of_ours():
            plain = UserError(somebody_else(request.env))
            plain.__cause__ = exception
            exception = plain
        return super()._handle_error(exception)


def _is_call_of_ours():
    """Whether the request calls a method of a model that this addon brings."""
    name = (request.params or {}).get("model")
    model = request.env.registry.get(name) if isinstance(name, str) else None
    return model is not None and model._original_module == "l10n_nl_loket"
