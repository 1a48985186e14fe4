# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All that tells whom in Odoo employments may be of; and what was found with it.

Whom one of them may be depends on all others that are undecided, and on all employees:
ten thousand of each take a second, and a page of a list shows eighty. So what was found
is kept by the digest of what it was found with, and by nothing else. The database makes
the digest of the very queries that read all of it: no column can decide something that
the digest lacks. Whatever is written makes another one, by whomever and however, and
what is undone makes the former one again.
"""

import re
from collections import defaultdict

from odoo.tools import SQL, Query, email_normalize
from odoo.tools.lru import LRU

from ...people import match
from ...people.known import Identity

#: An address without a name, comments or quotes around it.
PLAIN_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
EMPLOYEE_FIELDS = ("barcode", "birthday", "work_email", "private_email")
#: In which order each part is read, of columns that are in it.
ORDERS = (SQL("name, start_date, id"), SQL("name, start_date, id"), SQL("name, id"))
#: What was found last, by digest: ids and reasons, and nothing else of people. That is
#: 2 MB for ten thousand employments.
_FOUND = LRU(16)


def found_for(company):
    """{id of an employment: ``people.match.Finding``} of those that are not linked.

    :param company: res.company of the connections that the employments are of
    """
    key = _digest(company)
    found = _FOUND.get(key)
    if found is None:
        found = _FOUND[key] = find(company)
    return found


def find(company, more=()):
    """The same, worked out anew.

    :param more: ``people.match.Person`` of employments that are nowhere written
    """
    unlinked, linked, employees = (
        company.env.execute_query(SQL("%s ORDER BY %s", part, order))
        for part, order in zip(_parts(company), ORDERS, strict=True)
    )
    links, by_ref = _links(linked, {employee[0] for employee in employees})
    matcher = match.Matcher(
        match.Candidate(
            id_,
            number or None,
            (email_key(work_email), email_key(private_email)),
            birthday,
            name,
            tuple(links.get(id_, ())),
        )
        for id_, name, number, birthday, work_email, private_email in employees
    )
    people = [
        match.Person(Identity(*identity), email_keys(emails), is_open)
        for *identity, _start, emails, is_open in unlinked
    ]
    return match.suggestions([*people, *more], matcher, by_ref)


def email_keys(emails):
    """Addresses as they compare, each once."""
    return tuple(dict.fromkeys(email_key(email) for email in emails if email))


def email_key(email):
    """An e-mail address as it compares; what is no address compares as text."""
    if email and PLAIN_EMAIL.fullmatch(email):
        return email.casefold()  # reading it as a header would take fifty times as long
    return (email_normalize(email) or email or "").casefold()


def _links(linked, candidates):
    """Employments that are linked: by employee, and by Loket's reference of a person.

    An employment that Loket no longer gives still tells who somebody is, unless its
    employee was linked to somebody else since. The last ones count most.

    :param linked: rows of the query of them
    :param candidates: ids of the employees who may be suggested
    :return: ({id of an employee: list of Identity}, {reference: list of Identity})
    """
    links, past, by_ref = defaultdict(list), [], defaultdict(list)
    for *identity, _start, is_live, is_ours in linked:
        row = Identity(*identity)
        if is_live:
            links[row.employee_id].append(row)
        if is_ours and row.employee_ref:
            (by_ref[row.employee_ref] if is_live else past).append(row)
    for row in reversed(past):
        if row.employee_id not in links:
            by_ref[row.employee_ref].insert(0, row)
    return {id_: links[id_] for id_ in candidates & links.keys()}, by_ref


def _digest(company):
    """What tells whether all that is read is as it was, of each part."""
    # As text: read as a number, it would lose what is behind the fifteenth digit.
    digest = "(SELECT sum(hashtextextended(part::text, 0))::text FROM (%s) part)"
    parts = SQL(", ").join(SQL(digest, part) for part in _parts(company))
    return company.env.execute_query(SQL("SELECT %s", parts))[0]


def _parts(company):
    """All that is read: employments that are not linked, those that are, and employees.

    As the system: whom it may be doesn't depend on who looks. Who left counts too:
    without them, who comes back is there twice. What is not written yet is written
    first.

    :return: list of SQL, each of a query without an order
    """
    company.env.flush_all()
    ours = SQL(
        "SELECT id FROM res_company WHERE parent_path LIKE (%s)",
        SQL("SELECT parent_path || '%%' FROM res_company WHERE id = %s", company.id),
    )
    identity = SQL(
        "job.id, job.connection_id, job.employee_ref, job.employee_number, job.name, "
        "job.birthday, job.employee_id, job.start_date"
    )
    is_live = SQL("coalesce(job.in_loket AND link.active, FALSE)")
    jobs = SQL(
        "loket_employee job JOIN loket_connection link ON link.id = job.connection_id"
    )
    unlinked = SQL(
        """
        SELECT %s, ARRAY[
            job.snapshot->>'work_email', job.snapshot->>'email', job.email
        ], %s AND job.decision != 'ignore'
        FROM %s WHERE job.company_id = %s AND job.employee_id IS NULL
        """,
        *(identity, is_live, jobs, company.id),
    )
    linked = SQL(
        """
        SELECT %s, %s, job.company_id IN (%s)
        FROM %s WHERE job.employee_id IN (
            SELECT id FROM hr_employee WHERE company_id IN (%s)
            UNION ALL
            SELECT employee_id FROM loket_employee WHERE company_id IN (%s)
        )
        """,
        *(identity, is_live, ours, jobs, ours, ours),
    )
    return [unlinked, linked, _employees(company.env, ours)]


def _employees(env, companies):
    """The query of employees. Which of their fields is in which table, Odoo knows.

    :param companies: SQL of their ids
    """
    model_sudo = env["hr.employee"].sudo()  # see ``_parts``
    table = model_sudo._table
    query = Query(model_sudo.env, table, SQL.identifier(table))
    query.add_where(SQL("hr_employee.company_id IN (%s)", companies))
    return query.select(
        *(
            SQL(
                "%s AS %s",
                model_sudo._field_to_sql(table, name, query),
                SQL.identifier(name),
            )
            for name in ("id", "name", *EMPLOYEE_FIELDS)
        )
    )
