# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writing about many people: a bad one stands alone, and none gets into a log."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg2

#: Classes of SQLSTATE that are no matter of what is written: connection, transaction
#: rolled back, resources, locks, somebody stopped it, the machine.
_OF_NO_RECORD = {"08", "25", "40", "53", "55", "57", "58"}

_about_people = ContextVar("about_people", default=False)


class _WithoutValues(logging.Filter):
    """Takes a statement that failed, and what the database says of it, out of the log.

    Both hold what was to be written: name, address, wage.
    """

    def filter(self, record):
        if _about_people.get() and record.levelno >= logging.WARNING:
            errors = [arg for arg in record.args or () if isinstance(arg, Exception)]
            kind = type(errors[0]).__name__ if errors else "unknown"
            record.msg = "bad query about people, which is not shown: %s"
            record.args, record.exc_info = (kind,), None
        return True


logging.getLogger("odoo.sql_db").addFilter(_WithoutValues())


@contextmanager
def no_person_in_the_log():
    """What fails in the database meanwhile is logged without the statement."""
    before = _about_people.set(True)
    try:
        yield
    finally:
        _about_people.reset(before)


def is_of_a_record(error):
    """Whether an error is of what was written, so that all else can go on.

    Else the whole transaction is lost, and done again: somebody else was quicker, the
    database went away.
    """
    if not isinstance(error, psycopg2.Error):
        return True
    if not error.pgcode:  # of psycopg2 itself: it can't write that, or is cut off
        return not isinstance(
            error, psycopg2.OperationalError | psycopg2.InterfaceError
        )
    return error.pgcode[:2] not in _OF_NO_RECORD


def is_aborted(cr):
    """Whether nothing can be done any more before a savepoint is gone back to.

    What was to be written before has failed on the way into a savepoint.
    """
    status = cr.connection.get_transaction_status()
    return status == psycopg2.extensions.TRANSACTION_STATUS_INERROR


def in_halves(cr, items, work, refuse):
    """Do work on all at once; what fails is halved until the bad ones stand alone.

    Each part is done in a savepoint, in the order of the items.

    :param items: a sequence or a recordset
    :param work: called with a part of the items; returns a list
    :param refuse: called with the items (one) and the error where one alone fails;
        returns a list too
    :return: the lists together, in the order of the items
    """
    if not items:
        return []
    try:
        with no_person_in_the_log(), cr.savepoint():
            return work(items)
    except Exception as error:
        if not is_of_a_record(error):
            raise
        half = len(items) // 2
        if not half:
            return refuse(items, error)
    # Out of the handler: an error that is being handled keeps all of its frames.
    return in_halves(cr, items[:half], work, refuse) + in_halves(
        cr, items[half:], work, refuse
    )
