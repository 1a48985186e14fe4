# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether anything in Odoo refers to a record: then it is not removed by the way."""

#: Fields of whatever model that refer to a record by its model and number.
LOOSE = {
    "mail.activity": ("res_model", []),
    "mail.message": ("model", [("message_type", "in", ("comment", "email"))]),
    "ir.attachment": ("res_model", [("res_field", "=", False)]),
}
#: What tells of nights that are over, or that a booking was touched; it goes by itself.
LOGS = ("loket.booking.mark", "loket.sync.run.line")


def hangs_on(records_sudo, without=None):
    """Whether any record refers to one of these, whoever may see that.

    What came into being with it, and goes with it, is a part of it: the working
    schedules that other addons keep of an employee.

    :param records_sudo: of one model, as superuser
    :param without: {model: ids that don't count}
    """
    env = records_sudo.with_context(active_test=False).env
    without = {records_sudo._name: records_sudo.ids, **(without or {})}
    for model in env.values():
        if model._abstract or model._transient or not model._auto:
            continue
        for name, field in model._fields.items():
            refers = field.type in ("many2one", "many2many") and (
                field.comodel_name == records_sudo._name
            )
            if not (refers and field.store) or model._name in LOGS:
                continue
            others = [("id", "not in", without.get(model._name, []))]
            is_part = field.type == "many2one" and field.ondelete == "cascade"
            if is_part and model._log_access:
                others += [
                    ("create_date", "not in", records_sudo.mapped("create_date"))
                ]
            if model.search_count([(name, "in", records_sudo.ids), *others], limit=1):
                return True
    return any(
        env[model].search_count(
            [
                (name, "=", records_sudo._name),
                ("res_id", "in", records_sudo.ids),
                *more,
            ],
            limit=1,
        )
        for model, (name, more) in LOOSE.items()
    )
