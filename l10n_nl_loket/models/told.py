# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Telling somebody, in that person's language, whoever caused it; and only once."""

from .translated import translated


def as_read_by(records, user):
    """These records in the language of whom something is for.

    :param user: maybe nobody: then they stay in the language they are in
    """
    # As superuser: users are not the user's to read.
    return records.with_context(lang=user.sudo().lang or records.env.lang)


def keep_activity(record, kind, user, vals, is_news=True):
    """One open activity of a kind for somebody, which tells the latest.

    :param record: with the rights to write what is another's
    :param kind: external id of the type of activity
    :param vals: what it says, in the language of ``user``
    :param is_news: whether to tell it who has seen, and closed, what was told
    """
    activities = record.activity_search([kind], user_id=user.id)
    if activities:
        activities[0].write(vals)
    elif is_news:
        record.activity_schedule(kind, user_id=user.id, **vals)


def keep_in_chatter(record, user, sentence, **values):
    """Keep a sentence with a record, for whoever looks after it; it mails nobody.

    :param user: in whose language it is: a message can't be read in another one
    :param sentence: a Text
    """
    reader = as_read_by(record, user)
    reader._message_log(body=str(translated(reader.env, sentence)), **values)
