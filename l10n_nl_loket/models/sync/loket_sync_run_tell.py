# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a synchronisation tells: in the run, on the connection, and whom by activity."""

from odoo import api, fields, models

from ...people import brake
from ...words import joined
from ..connection.loket_connection import CHECK, DECIDE, SALARIED, TROUBLE, WAITS
from ..plain_html import plain_html
from ..told import as_read_by, keep_activity
from ..translated import translated

#: The activities that ask something of whoever is told.
ASKED = [TROUBLE, WAITS, DECIDE, CHECK, SALARIED]

#: Of how many people a message tells the names.
NAMED = 10


class LoketSyncRun(models.Model):
    """Telling what a synchronisation did, and what keeps it from more."""

    _inherit = "loket.sync.run"

    def _tell_outcomes(self, plan, outcomes):
        """Keep what was done in the run, and tell the person what is new.

        :param plan: people.night.Plan
        :param outcomes: an Outcome of each row that does not stay as it is
        """
        still = plan.still + len(plan.rows) - len(outcomes)
        Line = self.env["loket.sync.run.line"]
        lines = [vals for outcome in outcomes for vals in Line._outcome_vals(outcome)]
        Line.create([{**vals, "run_id": self.id} for vals in lines])
        updated = {
            vals["loket_employee_id"]
            for vals in lines
            if vals["kind"] in ("updated", "back")
        }
        failed = sum(bool(outcome.problem or outcome.plan.held) for outcome in outcomes)
        created = len(plan.of("new"))
        connection = self.connection_id
        faults, words = self._faults(plan), self._new_words(plan)
        is_partial = failed or faults or any(outcome.plan.kept for outcome in outcomes)
        is_read = not plan.of("unreadable") or created or still or plan.of("known")
        untold = [connection._nobody_can_act()]
        now = fields.Datetime.now()
        self.write(
            {
                "stop": now,
                "state": ("partial" if is_partial else "done") if is_read else "failed",
                "created": created,
                "updated": len(updated),
                "unchanged": still + sum(one.is_unchanged for one in outcomes),
                "failed": failed,
                "to_check": sum(bool(outcome.to_check) for outcome in outcomes),
                "message": joined("\n", (self.message, *faults, *words, *untold)),
            }
        )
        self._hand_over(connection)
        connection.last_error = joined("\n", (*faults, *untold))
        if is_read:
            connection.last_sync_date = now
        is_news = self._has_new_unreadable(plan) or plan.lacking or not is_read
        if faults:
            summary = self._lt("Loket: the answer is not whole")
            self._tell(connection, TROUBLE, summary, joined("\n", faults), is_news)
        else:
            connection.activity_unlink([TROUBLE])  # what was wrong before is over
        self._tell_words(words)
        self._tell_what_waits(outcomes)
        self._tell_what_to_check(outcomes)
        connection._end_deciding()
        if created:
            self._tell(
                connection,
                DECIDE,
                self._lt("Loket: decide on new employments"),
                self._lt("%(count)s new employments to decide on.", count=created),
            )

    def _faults(self, plan):
        """What is wrong with Loket's answer as a whole, each in a sentence."""
        faults = []
        unreadable = plan.of("unreadable")
        if unreadable:
            faults.append(
                self._lt(
                    "%(count)s employments can't be read: %(names)s. They stay as they "
                    "are. Show the problems, and correct them in Loket.",
                    count=len(unreadable),
                    names=self._names(unreadable),
                )
            )
        parts = self.env["loket.sync.run.line"]._part_names()
        for part, plans in plan.lacking.items():
            faults.append(
                self._lt(
                    "Loket does not give %(part)s of %(count)s employments that had it "
                    "before: %(names)s. The last known values stay. Check the rights "
                    "of the Loket user.",
                    part=parts[part],
                    count=len(plans),
                    names=self._names(plans),
                )
            )
        return faults

    def _has_new_unreadable(self, plan):
        """Whether somebody can't be read of whom nobody was told yet; it is kept.

        Of those without a reference only the number is known.
        """
        connection = self.connection_id
        refs = {
            row_plan.ref or str(index)
            for index, row_plan in enumerate(plan.of("unreadable"))
        }
        told = set(connection.told_unreadable or [])
        if refs != told:
            connection.told_unreadable = sorted(refs) or False
        return not refs <= told

    def _names(self, people):
        """The names of the first of these, and how many more there are.

        :param people: whatever has a name
        """
        return self._first_names(
            [translated(self.env, person.name) for person in people]
        )

    def _first_names(self, names):
        """The first of these names, and how many more there are."""
        text = joined(", ", names[:NAMED])
        if len(names) <= NAMED:
            return text
        return self._lt(
            "%(names)s and %(count)s more", names=text, count=len(names) - NAMED
        )

    def _new_words(self, plan):
        """A sentence on each word that says nothing, which nobody was told of yet."""
        connection = self.connection_id
        told = set(connection.told_words or [])
        sentences = []
        for word, name in plan.unknown_words.items():
            key = f"{word.choice}: {word.word}"
            if key in told:
                continue
            told.add(key)
            sentences.append(
                self._lt(
                    "Loket has a word for the %(choice)s that is not known here: "
                    "%(word)s (of %(name)s). The last known value stays.",
                    choice=translated(self.env, word.choice),
                    word=word.word,
                    name=name,
                )
            )
        if sentences:
            connection.told_words = sorted(told)
        return sentences

    def _tell_words(self, sentences):
        """Tell of words that say nothing: once, until somebody has seen it."""
        connection = self.connection_id
        user = connection._responsible()
        if sentences and user and connection._is_of_loket(user):
            summary = self._lt("Loket: a word that is not known")
            note = joined("\n", sentences)
            connection.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=user.id,
                **self._activity_vals(connection, user, summary, note),
            )

    def _tell_what_waits(self, outcomes):
        """Tell of what was not taken over, when there is more of it than before."""
        Line = self.env["loket.sync.run.line"]
        held, others, is_news = {}, [], False
        for outcome in outcomes:
            plan = outcome.plan
            for label in Line._held_in_words(outcome):
                held.setdefault(label, []).append(plan)
            if plan.is_other_person:
                others.append(plan)
            before = plan.row and (plan.row.held or {})
            is_news |= bool(plan.held.keys() - (before or {}).keys())
            is_news |= plan.is_other_person and not plan.row.other_person
            is_news |= bool(plan.vals.get("vanished_on"))
        if not is_news:
            self.connection_id._end_waiting()
            return
        sentences = [
            self._lt(
                "Not taken over, for it would change for too many people at once: "
                "%(field)s, of %(count)s people: %(names)s. If it is right, let it "
                "pass on the connection.",
                field=label,
                count=len(plans),
                names=self._names(plans),
            )
            for label, plans in held.items()
        ]
        if others:
            sentences.append(
                self._lt(
                    "Loket may tell of another person than before, so nothing of it is "
                    "taken over: %(names)s. Decide on each employment.",
                    names=self._names(others),
                )
            )
        gone = self.connection_id.loket_employee_ids.filtered("vanished_on")
        if gone:
            sentences.append(
                self._lt(
                    "Loket no longer gives: %(names)s. Say that they have left, or "
                    "check the rights and the filter of the Loket user.",
                    names=self._names(gone),
                )
            )
        summary = self._lt("Loket: what was not taken over")
        self._tell(self.connection_id, WAITS, summary, joined("\n", sentences))

    def _tell_what_to_check(self, outcomes):
        """Tell whom a person has to look at, when that is more than before.

        Those of tonight are named first, for of many only the first are named.
        """
        connection = self.connection_id
        tonight = self.env["loket.employee"].union(
            *(outcome.row for outcome in outcomes if outcome.to_check)
        )
        if not tonight:
            connection._end_checking()
            return
        others = self.env["loket.employee"].search(
            [
                ("connection_id", "=", connection.id),
                ("to_check", "=", True),
                ("in_loket", "=", True),
            ]
        )
        rows = tonight | others
        note = self._lt(
            "%(count)s employments to check: %(names)s. Check the employees on the "
            "connection: the reason is beside each.",
            count=len(rows),
            names=self._names(rows),
        )
        self._tell(
            connection,
            CHECK,
            self._lt("Loket: employees to check"),
            note,
        )

    def _refuse(self, vanished):
        """Say that too many are missing, so that nothing was changed.

        :param vanished: the rows (people.known.Row) that are missing
        """
        for row in vanished:
            waits = {**(row.held or {}), brake.GONE: False}
            self.env["loket.employee"].browse(row.id).held = waits
        message = self._lt(
            "Loket's answer lacks %(count)s employments that were there before: "
            "%(names)s. Nothing was changed. Check the rights and the filter of the "
            "Loket user; if it is right, let it pass on the connection.",
            count=len(vanished),
            names=self._names(vanished),
        )
        untold = self.connection_id._nobody_can_act()
        kept = joined("\n", (message, untold))
        self.write(
            {
                "stop": fields.Datetime.now(),
                "state": "failed",
                "failed": len(vanished),
                "message": kept,
            }
        )
        self.connection_id.last_error = kept
        self._tell(
            self.connection_id,
            TROUBLE,
            self._lt("Loket: employments have vanished"),
            message,
        )

    @api.model
    def _hand_over(self, connection):
        """What asks somebody who can't act on it goes to who is told in that place."""
        # As the system: the activities are not of who synchronises.
        activities_sudo = connection.sudo().activity_search(ASKED)
        user = activities_sudo and connection._responsible()
        if user and user.active:
            activities_sudo.filtered(
                lambda activity: (
                    activity.user_id != user
                    and not connection._can_act(activity.user_id)
                )
            ).user_id = user

    @api.model
    def _tell(self, connection, kind, summary, note, is_news=True):
        """Tell whoever is responsible for a connection: once, not every night.

        :param kind: external id of the type of activity
        :param is_news: whether to tell it who has seen, and closed, what was told
        """
        user = connection._responsible()
        if not user:
            return
        self._hand_over(connection)
        vals = self._activity_vals(connection, user, summary, note)
        # As the system: an activity is for its person, whoever synchronises.
        keep_activity(connection.sudo(), kind, user, vals, is_news)

    @api.model
    def _activity_vals(self, connection, user, summary, note):
        """What an activity says, in the language of whom it is for.

        Who has no role in Loket is told whom to ask, and nothing of people.

        :param user: whom it is for, whoever synchronises
        :param summary: a sentence; ``note`` too, in lines
        """
        note = note if connection._is_of_loket(user) else ""
        note = joined("\n", (note, connection._nobody_can_act()))
        reader = as_read_by(self, user).env
        return {
            "summary": translated(reader, summary),
            "note": plain_html(translated(reader, note)),
        }
