# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import split_every

from ..in_halves import in_halves
from ..walls import hidden
from .employee_provision import EmployeeProvision
from .forgetting import forget
from .hanging import hangs_on
from .loket_employee import LINKED
from .person_preview import preview_of

#: Employments that are carried out at once; more than that is done in the background.
BATCH = 50


def _contracts(employee_sudo):
    """The versions of an employee, archived ones too."""
    return employee_sudo.with_context(active_test=False).version_ids


def _made_with(employee_sudo, records_sudo):
    """Whether all of these came into being when the employee did."""
    made_on = employee_sudo.create_date
    return all(record_sudo.create_date == made_on for record_sudo in records_sudo)


class LoketEmployee(models.Model):
    """What a person decides about employments, and carrying it out."""

    _inherit = "loket.employee"

    # With wage entries in it, which HR officers alone may not see.
    preview = fields.Html(
        compute="_compute_preview",
        sanitize=False,
        groups="l10n_nl_loket.group_user",
    )

    # === DECIDING === #

    def action_add(self):
        """Decide to add, and do it.

        Of many, those who may be in Odoo already are left to decide on one by one.
        """
        unlinked = rows = self._unlinked()
        if len(rows) > 1:
            findings = rows._findings()
            rows = rows.filtered(lambda row: not findings[row].may_be_double)
        if not rows:
            raise UserError(
                self.env._(
                    "All of these may be in Odoo already: see why beside them. Link "
                    "them, or add them one by one."
                )
            )
        rows.write({"decision": "add"})
        return rows._carry_out(len(unlinked - rows), self - unlinked)

    def action_link_suggestion(self):
        """Link every row of the selection that has a strong suggestion to it.

        A weak one is for a person to look at, one by one.
        """
        unlinked = self._unlinked()
        findings = unlinked._findings_seen()
        suggested = {
            row: finding.employee_id
            for row, finding in findings.items()
            if finding.employee_id and finding.is_strong
        }
        if not suggested:
            raise UserError(
                self.env._(
                    "None of these has a suggestion that is sure enough. Link them one "
                    "by one."
                )
            )
        for row, employee_id in suggested.items():
            row.write({"decision": "link", "employee_id": employee_id})
        rows = self.browse().union(*suggested)
        return rows._carry_out(len(unlinked - rows), self - unlinked)

    def action_ignore(self):
        """Decide not to import; remembered until someone decides otherwise.

        :raise UserError: all of these are linked
        """
        rows = self._unlinked()
        rows.write({"decision": "ignore"})
        # As superuser: nobody writes these by hand.
        rows.sudo().write({"is_queued": False, "problem": False, "vanished_on": False})
        self.connection_id._end_deciding()
        self.connection_id._end_waiting()
        return self._tell_skipped(self - rows)

    def action_reset(self):
        """Undo the decision. The employee in Odoo stays as it is."""
        self.action_checked()
        # As superuser, checked above: nobody writes these by hand.
        self.sudo().write(
            {"checks": False, "to_come": False, "is_queued": False, "problem": False}
        )
        self._forget_what_waits()
        return self.write({"decision": "pending", "employee_id": False})

    def action_undo(self):
        """Undo the decision; of *Add*, ask what becomes of the employee that it made.

        Asked only while nothing hangs on the employee: else the employee stays.
        """
        self.check_access("write")
        if len(self) != 1 or not self._may_remove_employee():
            return self.action_reset()
        view = self.env.ref("l10n_nl_loket.loket_employee_view_form_undo")
        return {
            **self.get_formview_action(),
            "name": self.env._("Undo"),
            "views": [(view.id, "form")],
            "target": "new",
        }

    def _may_remove_employee(self):
        """Whether *Add* made the employee, and nothing has come to hang on it since."""
        self.ensure_one()
        # As superuser: whatever hangs on it counts, whoever may see that.
        row_sudo = self.sudo()
        employee_sudo = row_sudo.employee_id
        if not (row_sudo.made_employee and employee_sudo) or employee_sudo.user_id:
            return False
        contracts_sudo = _contracts(employee_sudo)
        # A contract of later, and whom to pay where, somebody entered.
        if employee_sudo.bank_account_ids or not _made_with(
            employee_sudo, contracts_sudo
        ):
            return False
        own = {
            "hr.employee": employee_sudo.ids,
            "hr.version": contracts_sudo.ids,
            "loket.employee": row_sudo.ids,
        }
        # Odoo removes the resource with it; a day off of its own would be everybody's.
        parts = employee_sudo, contracts_sudo, employee_sudo.resource_id
        return not any(hangs_on(part_sudo, own) for part_sudo in parts)

    def action_undo_adding(self):
        """Undo *Add*, and remove the employee that it made.

        :raise UserError: something hangs on the employee by now
        """
        self.check_access("write")
        self.ensure_one()
        if not self._may_remove_employee():
            raise UserError(
                self.env._(
                    "%(name)s is not removed: Add did not make this employee, or "
                    "something hangs on it by now, such as hours. Undo keeps the "
                    "employee.",
                    name=self.name,
                )
            )
        # As superuser: what this very decision made, and nobody has used since.
        employee_sudo = self.sudo().employee_id
        contact_sudo = employee_sudo.work_contact_id
        contracts_sudo = _contracts(employee_sudo)
        is_own_contact = _made_with(employee_sudo, contact_sudo)
        self.action_reset()
        employee_sudo.unlink()
        contracts_sudo.unlink()  # Odoo would leave them, and the wage, behind
        if is_own_contact and not hangs_on(contact_sudo):
            contact_sudo.unlink()
        return {"type": "ir.actions.act_window_close"}

    def action_forget(self):
        """Forget these people, as when the employee is deleted: the number stays.

        For who is in a payroll file, and so can't be deleted.

        :raise UserError: somebody is employed still
        """
        self.check_access("write")
        rows_sudo = self.sudo()  # checked above; what is kept is not for users
        employees_sudo = (rows_sudo - rows_sudo._linked_to_others()).employee_id
        if any(employees_sudo.mapped("active")):
            raise UserError(
                self.env._(
                    "Of employees nothing is forgotten. Archive the employee first."
                )
            )
        # A person may have had more than one employment.
        rows_sudo |= employees_sudo.loket_employee_ids
        forget(rows_sudo, employees_sudo)
        return True

    def action_take_over(self):
        """Take department and work e-mail over from Loket, where they are to check.

        As the person who asks, as if it were typed into the list. What Loket tells may
        be no department of Odoo, or more than one: such a row stays on the list.

        :raise UserError: nothing of these can be taken over
        """
        self.check_access("write")
        rows = self.filtered(
            lambda row: (
                (row.check_department or row.check_email)
                and row.employee_id
                and not (row.is_other_person or row._linked_to_others())
            )
        )
        taken = self.browse()
        for company, same_company in rows.grouped("company_id").items():
            # As superuser: whoever looks, the same department is meant.
            provision = EmployeeProvision(company.sudo())
            for row in same_company:
                taken |= row._take_over(provision)
        if not taken:
            raise UserError(
                self.env._(
                    "Nothing of these can be taken over by itself: what Loket tells is "
                    "not exactly one department of Odoo. Map its unit, or choose the "
                    "department here."
                )
            )
        self.connection_id._end_checking()
        message = self.env._("Taken over: %(count)s.", count=len(taken))
        left = self.filtered("to_check")
        if left:
            names = self.env["loket.sync.run"]._first_names(left.mapped("name"))
            message += " " + self.env._("Still to check: %(names)s.", names=names)
        kind = "warning" if left else "success"
        return self.connection_id[:1]._tell_person(message, kind)

    def _take_over(self, provision):
        """Write what Loket tells of department and e-mail, as far as that is clear.

        :param provision: EmployeeProvision of the company
        :return: this row where anything was written, else none
        """
        row_sudo = self.sudo()  # what is kept is not for users; the employee is
        vals = {}
        if self.check_email and self.email:
            vals["work_email"] = self.email
        if self.check_department:
            department = provision.department_to_take(row_sudo)
            if department:
                vals["department_id"] = department.id
        if not vals:
            return self.browse()
        self.employee_id.write(vals)
        if "work_email" in vals:
            row_sudo.check_email = False
        if "department_id" in vals:
            row_sudo._end_department_check()
        return self

    def action_checked(self):
        """All is right, or is put right: take it off the list."""
        self.check_access("write")
        rows_sudo = self.sudo()  # checked above; what is kept is not for users
        for row_sudo in rows_sudo:
            if row_sudo.checks:
                row_sudo.checks = {
                    kind: {**entry, "seen": True}
                    for kind, entry in row_sudo.checks.items()
                }
        rows_sudo.write({"check_department": False, "check_email": False})
        self.connection_id._end_checking()
        return True

    def _unlinked(self):
        """The rows that may still be decided on, for those who may decide.

        :raise AccessError: deciding is not this user's
        :raise UserError: there are none
        """
        self.check_access("write")
        rows = self.filtered(lambda row: not row.employee_id)
        if not rows:
            raise UserError(self.env._("All of these are linked already."))
        return rows

    # === CARRYING OUT === #

    def _tell_skipped(self, rows):
        """Tell the person for whom of these nothing was done; True: for all it was."""
        return self.connection_id[:1]._tell_skipped(self - rows, rows)

    def _carry_out(self, undecided=0, skipped=()):
        """Carry out what was just decided, and tell the person.

        :param undecided: how many still wait for a decision, for they have a suggestion
        :param skipped: those who were selected too, and whom it is not for
        :return: an action: how it went or, for many, the connection with its progress
        """
        if len(self) <= BATCH:
            self.action_apply()
            return self._tell_result(undecided, skipped)
        self.sudo().is_queued = True  # as superuser: nobody writes it by hand
        self._wake_cron()
        back = self.connection_id[:1]._back_action()
        if not (undecided or skipped):
            return back
        message = self._left_in_words(undecided, skipped)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "warning", "message": message, "next": back},
        }

    def _left_in_words(self, undecided, skipped):
        """For whom of a selection nothing was done; see ``_carry_out``."""
        parts = []
        if undecided:
            parts.append(
                self.env._("Left to decide on one by one: %(count)s.", count=undecided)
            )
        if skipped:
            parts.append(self.connection_id[:1]._skipped_in_words(skipped))
        return " ".join(parts)

    def _tell_result(self, undecided, skipped):
        """A notification of how it went; after linking, the list of what to check."""
        problems = self.filtered("problem")
        message = self.env._(
            "Added or linked: %(done)s of %(all)s.",
            done=len(self - problems),
            all=len(self),
        )
        if len(self) == 1 and problems:
            message = problems.problem
        elif problems:
            message += " " + self.env._("The filter Problems shows what is left.")
        if undecided or skipped:
            message += " " + self._left_in_words(undecided, skipped)
        to_check = self.filtered("to_check")
        if to_check:
            message += " " + self.env._("To check: %(count)s.", count=len(to_check))
        # After adding, the list of whom to add stays.
        to_check = to_check.filtered(lambda row: row.decision == "link")
        done = self - problems
        if self.env.context.get("loket_test") and done._are_first():
            following = done[0].action_preview()
        elif to_check:
            following = to_check.connection_id[:1].action_check_employees()
        else:
            following = {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problems or undecided or skipped else "success",
                "message": message,
                "next": following,
            },
        }

    def _are_first(self):
        """Whether nobody but these is linked yet, at their connection."""
        connection = self.connection_id
        return bool(self) and connection.employees_linked <= len(self)

    def action_apply(self):
        """Carry out the decisions. One bad row is shown and never stops the others.

        Add makes an employee; link takes name and address over and leaves department
        and e-mail. Needs no rights on employees: deciding is the right.
        """
        self.check_access("write")
        rows_sudo = self.sudo()  # checked above; employees are not the user's to write
        rows_sudo.filtered("is_queued").is_queued = False
        # Who may be somebody else by now waits for an answer to that first.
        rows_sudo = rows_sudo.filtered(lambda row: not row.is_other_person)
        decided_sudo = rows_sudo.filtered(lambda row: row.decision in LINKED)
        # Before anything is written: a wrong link overwrites somebody with a stranger.
        refused_sudo = decided_sudo._refuse_wrong_links()
        clashing_sudo = (rows_sudo - refused_sudo)._flag_clashes()
        sound_sudo = decided_sudo - refused_sudo - clashing_sudo
        for same_company_sudo in sound_sudo.grouped("company_id").values():
            same_company_sudo._apply_in_halves()
        rows_sudo.connection_id._end_deciding()
        return True

    def _apply_in_halves(self):
        """All at once; what fails is halved until the bad rows stand alone."""
        in_halves(self.env.cr, self, type(self)._apply, type(self)._keep_from_applying)

    def _keep_from_applying(self, error):
        """What could not be carried out is told on the row."""
        self.problem = self._explain(error)
        return []

    def _apply(self):
        """Carry out the decisions of rows of one company; returns nothing to keep."""
        for row in self:
            row._check_appliable()
        provision = EmployeeProvision(self.company_id)
        self.filtered(lambda row: not row.employee_id)._add_employees(provision)
        problems = self._transfer(provision)
        self.write({"problem": False, "to_apply": False})
        for row, problem in problems.items():
            row.problem = problem
        return []

    def _check_appliable(self):
        """Refuse a decision that lacks what it takes.

        :raise UserError: it says what is lacking, or wrong
        """
        if problem := self._beyond_walls():
            raise UserError(problem)
        if self.employee_id:
            return
        if self.decision == "link":
            raise UserError(
                self._lt("%(name)s: choose the employee to link to.", name=self.name)
            )
        if not self.snapshot:
            raise UserError(
                self._lt(
                    "%(name)s: Loket's data is not here yet. Synchronise first.",
                    name=self.name,
                )
            )
        if not self._live():
            raise UserError(
                self._lt(
                    "%(name)s: Loket does not give this employment, so nobody is "
                    "added. Synchronise, or choose not to import it.",
                    name=self.name,
                )
            )

    # === WHAT COMES OF IT === #

    @api.depends("connection_id", "employee_id", "payroll_number")
    @api.depends_context("lang")
    def _compute_preview(self):
        """What the file of the last full period would tell, of what is booked now."""
        for row in self:
            is_linked = row.connection_id and row.employee_id
            row.preview = preview_of(row) if is_linked else False

    def action_preview(self):
        """Show what the payroll file would tell of this person.

        Of the first one of a connection, this is its test.
        """
        self.check_access("write")
        self.ensure_one()
        # As superuser, checked above: nobody writes it by hand.
        self.connection_id.sudo().tested_on = fields.Datetime.now()
        view = self.env.ref("l10n_nl_loket.loket_employee_view_form_preview")
        return {
            **self.get_formview_action(),
            "name": self.env._("Preview"),
            "views": [(view.id, "form")],
            "target": "new",
            "context": {},
        }

    def action_decide_others(self):
        """On with the others, from the preview of one."""
        self.check_access("read")
        return self.connection_id.action_employees()

    # === IN THE BACKGROUND === #

    @api.model
    def _wake_cron(self, at=None):
        """Let the scheduler carry out what is queued, now or at a time (UTC)."""
        cron = self.env.ref("l10n_nl_loket.ir_cron_loket_apply")
        cron.sudo()._trigger(at)  # waking it is nobody's right but the system's

    @api.model
    def _cron_apply(self):
        """Carry out what is queued, as the person who asked for it.

        While the connection is being synchronised, or somebody edits an employee, it
        waits: reported as remaining, the scheduler would try again at once.
        """
        cron = self.env["ir.cron"]
        queued = self.search([("is_queued", "=", True)])
        cron._commit_progress(remaining=len(queued))
        for batch in queued._in_batches():
            try:
                batch._apply_queued()
            except (LockError, OperationalError):
                self.env.cr.rollback()
                self._wake_cron(fields.Datetime.now() + timedelta(minutes=1))
                cron._commit_progress(remaining=0)
                return
            if not cron._commit_progress(len(batch)):
                return

    def _in_batches(self):
        """These in batches, each of one connection and of one person who asked."""
        groups = self.grouped(lambda row: (row.connection_id, row._asker()))
        for rows in groups.values():
            yield from split_every(BATCH, rows.ids, self.browse)

    def _apply_queued(self):
        """Carry out what of one batch is queued still; see ``_in_batches``.

        Each in the name of who asked for it by now: somebody else may have decided anew
        since the batch was made.

        :raise LockError: the connection is being synchronised
        :raise psycopg2.OperationalError: somebody edits one of the employees
        """
        queued = self.exists().filtered("is_queued")
        for batch in queued._in_batches():
            batch.connection_id.lock_for_update(allow_referencing=True)
            user = batch[0]._asker()
            # In that person's name and language, whoever the scheduler runs as.
            rows_sudo = batch.with_user(user).with_context(lang=user.lang).sudo()
            rows_sudo._apply_as_asked()

    def _asker(self):
        """Whose decision this is: who made it, else who is told of the connection."""
        return self.asked_by_id or self.connection_id._responsible() or self.env.user

    def _apply_as_asked(self):
        """Carry out what somebody asked before, as far as that person still may.

        As superuser, in the name of who asked: between asking and now the role or the
        company may have been taken away.
        """
        refused_sudo = self.filtered(lambda row: not row._may_be_asked())
        for row_sudo in refused_sudo:
            row_sudo.write(
                {
                    "is_queued": False,
                    "problem": self._lt(
                        "%(name)s: %(user)s decided this, and may not decide on it any "
                        "more. Somebody else is to decide.",
                        name=row_sudo.name,
                        user=row_sudo.asked_by_id.name,
                    ),
                }
            )
        (self - refused_sudo).action_apply()

    def _may_be_asked(self):
        """Whether who asked may write this employment, and see its employee, today."""
        user = self.asked_by_id
        if not user:  # of before it was kept who asks
            return True
        # With the rights of that person, over all companies of that person.
        row = self.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )
        # As superuser: it is looked for; whether it may be seen is asked after that.
        employee = row.sudo().employee_id.with_env(row.env)
        is_there = user.active or row.env.su
        return is_there and row.has_access("write") and not hidden(employee)

    # === BEYOND THE WALLS === #

    def _linked_to_others(self):
        """Those of these that are linked to an employee of another company.

        It is refused when it is written; it may be there from before, or the employee
        may have moved. Nothing of such an employee is written.
        """
        return self.filtered(
            lambda row: (
                row.employee_id
                and row.company_id not in row.employee_id.company_id.parent_ids
            )
        )

    def _beyond_walls(self):
        """Why nothing of the employee of this employment is written, or None."""
        if not self._linked_to_others():
            return None
        return self._lt(
            "%(name)s is linked to an employee of another company, so nothing of it is "
            "taken over. Undo the decision, and link or add the right employee.",
            name=self.name,
        )
