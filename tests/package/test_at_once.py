# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two clerks at one payroll file: real transactions beside each other."""

import pytest

from tools.paths import REPO
from tools.versions import ADDON

from .conftest import Installation

# Each call in a transaction of its own, done again as Odoo's server does it again.
CLERKS = """
import logging
import os
import threading
import time
from odoo.exceptions import UserError
from odoo.service.model import retrying

for name in ("odoo.sql_db", "odoo.service.model"):
    logging.getLogger(name).setLevel(logging.CRITICAL)  # tells who had to wait

employee = env["hr.employee"].create({"name": "Anna de Boer"})
connection = env["loket.connection"].create(
    {"name": "Voorbeeld B.V.", "client_id": "odoo", "client_number": 5555,
     "period_type": "month", "employer_ref": "employer",
     "administration_ref": f"administration-{time.time()}",
     "distribution": "none",
     "recipient_ids": [
        (0, 0, {"name": name, "email": f"{name}@example.com"})
        for name in ("bureau", "office")
     ]}
)
wage = env["hr.wage.component"].create({"name": "Bonus", "code": f"B{time.time()}"})
env["loket.component.mapping"].create(
    {"connection_id": connection.id, "wage_component_id": wage.id,
     "component_code": "200"}
)
env["hr.wage.entry"].create(
    {"employee_id": employee.id, "wage_component_id": wage.id, "value": 250,
     "date": "2026-10-15"}
)
env["loket.employee"].create(
    {"connection_id": connection.id, "employee_ref": "e", "employment_ref": "m",
     "name": "Anna de Boer", "payroll_number": 7,
     "decision": "link", "employee_id": employee.id, "start_date": "2020-01-01"}
)
vals = {"connection_id": connection.id, "year": 2026, "period": 10}
export = env["loket.export"].create(vals)
env.cr.commit()

mailed, refused = [], set()

def send(mails, **options):
    time.sleep(0.3)  # time enough for the other to get here
    for mail in mails:
        name = mail.recipient_ids.name
        if name in refused:
            mail.write({"state": "exception", "failure_reason": "mailbox full"})
        else:
            mailed.append(name)
            mail.state = "sent"

type(env["mail.mail"]).send = send
type(env["ir.mail_server"])._connect__ = lambda server, **how: None  # as in a test

def call(work):
    '''What was in the way of some work, or None.'''
    with env.registry.cursor() as cr:
        own = env(cr=cr)
        try:
            retrying(lambda: work(own), own)
        except UserError as error:
            cr.rollback()
            return str(error)
        cr.commit()

def at_once(*works):
    '''What was in the way of each, done side by side.'''
    answers = [None] * len(works)
    def worker(place, work):
        answers[place] = call(work)
    threads = [
        threading.Thread(target=worker, args=each) for each in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    env.cr.rollback()
    env.invalidate_all()
    return answers

def on(method, record=None):
    record = record or export
    return lambda own: getattr(record.with_env(own), method)()

def files():
    return env["loket.export"].search(
        [("connection_id", "=", connection.id), ("attachment_id", "!=", False)]
    )
"""


@pytest.fixture(scope="module")
def shell(new_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("clerks")
    made = Installation(new_database("clerks"), folder, addons=REPO)
    made.install(ADDON)
    return lambda script: made.shell(f"{CLERKS}\n{script}")


def test_two_who_make_one_draft_make_one_file(shell):
    answers, states, attachments = shell("""
answers = at_once(on("action_generate"), on("action_generate"))
attachments = env["ir.attachment"].search_count(
    [("res_model", "=", "loket.export"), ("res_id", "=", export.id)]
)
answer = [answers, export.state, attachments]
""")

    assert (states, attachments) == ("done", 1)
    assert sorted(answer is None for answer in answers) == [False, True]
    assert "Make again" in "".join(filter(None, answers))


def test_of_two_drafts_made_at_once_one_counts(shell):
    answers, counts, changes = shell("""
other = env["loket.export"].create(vals)
env.cr.commit()
answers = at_once(on("action_generate"), on("action_generate", other))
made = files()
answer = [answers, made.mapped("is_latest"), [one.changes for one in made]]
""")

    assert answers == [None, None]
    assert sorted(counts) == [False, True]
    assert changes[counts.index(True)] == "Nothing changed since the last file."


def test_two_who_do_not_see_each_others_draft_make_one_that_counts(shell):
    answers, counts = shell("""
both = threading.Barrier(2, timeout=5)

def make(own):
    draft = own["loket.export"].create(vals)
    try:
        both.wait()  # the first time; who does it again does not wait
    except threading.BrokenBarrierError:
        pass
    draft.action_generate()

def first(own):
    make(own)
    both.abort()

answers = at_once(first, first)
answer = [answers, files().mapped("is_latest")]
""")

    assert answers == [None, None]
    assert sorted(counts) == [False, True]


def test_a_file_that_was_made_since_this_one_began_is_seen(shell):
    counts = shell("""
seen = []

def late(own):
    own["loket.export"].search_count([])  # from here on it sees the database as it is
    if not seen:
        seen.append(call(lambda other: (
            other["loket.export"].create(vals).action_generate()
        )))
    own["loket.export"].create(vals).action_generate()

assert call(late) is None
answer = files().mapped("is_latest")
""")

    assert sorted(counts) == [False, True]


def test_files_of_two_periods_at_once_see_each_other(shell):
    seen = shell("""
seen = {}

def of_period(period, wait):
    def make(own):
        draft = own["loket.export"].create({**vals, "period": period})
        time.sleep(wait)
        draft.action_generate()
        domain = [("connection_id", "=", connection.id), ("state", "!=", "draft")]
        seen[period] = own["loket.export"].search_count(domain)
        time.sleep(0.5)
    return make

wage_entry = env["hr.wage.entry"].search([("employee_id", "=", employee.id)])
wage_entry.copy({"date": "2026-11-10"})
env.cr.commit()
answers = at_once(of_period(10, 0), of_period(11, 0.2))
answer = [answers, seen]
""")

    assert seen == [[None, None], {"10": 1, "11": 2}]


def test_two_who_send_at_once_mail_once(shell):
    answers, mailed, state, kept = shell("""
call(on("action_generate"))
answers = at_once(*[on("action_send")] * 3)
answer = [answers, mailed, export.state, export.recipient_ids.mapped("state")]
""")

    assert answers == [None] * 3
    assert sorted(mailed) == ["bureau", "office"]
    assert (state, kept) == ("sent", ["sent", "sent"])


def test_who_has_it_is_known_when_all_else_was_undone(shell):
    undone, mailed, state = shell("""
call(on("action_generate"))

def broken(own):
    export.with_env(own).action_send()
    raise UserError("something after it")

undone = call(broken)
env.cr.rollback()
before = export.state
call(on("action_send"))
env.cr.rollback()
env.invalidate_all()
answer = [[undone, before], mailed, export.state]
""")

    assert undone == ["something after it", "done"]
    assert sorted(mailed) == ["bureau", "office"]
    assert state == "sent"


def test_who_waited_for_one_that_failed_mails_who_is_left(shell):
    answers, mailed = shell("""
call(on("action_generate"))

def broken(own):
    export.with_env(own).action_send()
    raise UserError("something after it")

answers = at_once(broken, on("action_send"))
answer = [answers, mailed]
""")

    assert answers == ["something after it", None]
    assert sorted(mailed) == ["bureau", "office"]


def test_a_failed_send_leaves_its_trace(shell):
    error, state, kept, told = shell("""
call(on("action_generate"))
refused |= {"bureau", "office"}
error = call(on("action_send"))
env.cr.rollback()
env.invalidate_all()
answer = [error, export.state, export.recipient_ids.mapped("reason"),
          str(export.message_ids[0].body)]
""")

    assert "bureau, office: mailbox full" in error
    assert state == "done"
    assert kept == ["mailbox full"] * 2
    assert "bureau, office: mailbox full" in told


def test_of_two_the_one_who_was_refused_is_mailed_again(shell):
    mailed, state = shell("""
call(on("action_generate"))
refused.add("office")
call(on("action_send"))
first = list(mailed)
refused.clear()
call(on("action_send"))
env.cr.rollback()
env.invalidate_all()
answer = [[first, mailed], export.state]
""")

    assert mailed == [["bureau"], ["bureau", "office"]]
    assert state == "sent"


def test_a_recipient_who_is_not_committed_yet_is_mailed(shell):
    mailed, kept = shell("""
call(on("action_generate"))
env.cr.rollback()
env.invalidate_all()
connection.recipient_ids = env["res.partner"].create(
    {"name": "new", "email": "new@example.com"}
)
export.action_send()
answer = [mailed, export.recipient_ids.mapped("name")]
env.cr.commit()
""")

    assert (mailed, kept) == (["new"], ["new"])


def test_a_file_that_is_gone_from_the_disk_is_not_mailed(shell):
    errors, mailed, state = shell("""
call(on("action_generate"))
env.cr.rollback()
env.invalidate_all()
os.unlink(export.attachment_id._full_path(export.attachment_id.store_fname))
errors = [call(on(name)) for name in ("action_send", "action_download")]
env.cr.rollback()
answer = [errors, mailed, export.state]
""")

    assert all("storage" in error for error in errors)
    assert (mailed, state) == ([], "done")


def test_a_file_that_is_replaced_while_it_is_sent_is_not_sent(shell):
    answers, mailed = shell("""
call(on("action_generate"))
other = env["loket.export"].create(vals)
env.cr.commit()

def replace(own):
    other.with_env(own).action_generate()
    time.sleep(0.5)

def send_later(own):
    time.sleep(0.2)
    export.with_env(own).action_send()

answers = at_once(replace, send_later)
answer = [answers, mailed]
""")

    assert answers[0] is None and "A later file" in answers[1]
    assert mailed == []


def test_a_later_one_in_one_transaction_counts_however_it_was_made(shell):
    counts = shell("""
drafts = env["loket.export"].create([vals, vals, vals])
for draft in drafts[:2]:
    draft.action_generate()
file = env["ir.attachment"].create({"name": "x"})
env["loket.export"].create({**vals, "state": "done", "attachment_id": file.id})
file = env["ir.attachment"].create({"name": "x"})
drafts[2].write({"state": "done", "attachment_id": file.id})
counts = files().sorted(lambda one: one.attachment_id.id).mapped("is_latest")
answer = counts[-4:]
env.cr.rollback()
""")

    assert counts == [False, False, False, True]


def test_the_database_lets_one_count(shell):
    answer = shell("""
call(on("action_generate"))
other = env["loket.export"].create(vals)
env.cr.commit()

def cheat(own):
    other.with_env(own).action_generate()
    own.cr.execute("UPDATE loket_export SET is_latest = true WHERE id = %s",
                   [export.id])
    own.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

try:
    answer = call(cheat)
except Exception as error:
    answer = type(error).__name__
env.cr.rollback()
""")

    assert answer == "ValidationError" or "at the same time" in answer


def test_who_always_loses_is_told_in_plain_words(shell):
    answer, tries = shell("""
import odoo.service.model
odoo.service.model.random.uniform = lambda *_bounds: 0
tries = []

def overtaken(own):
    tries.append(1)
    own["loket.export"].search_count([])  # from here on it sees the database as it is
    call(lambda other: export.with_env(other).write({"accept_left_out": True}))
    export.with_env(own).action_check()

answer = [call(overtaken), len(tries)]
""")

    assert answer.startswith("Somebody else is working on this")
    assert tries == 5


# A Loket that takes values, slowly, and tells what it holds.
LOKET = """
from types import SimpleNamespace
from odoo.addons.l10n_nl_loket.gateway import PeriodData, PeriodStatus, WriteReply

stored, calls, failure = {}, [], []

def write(employer_ref, year, period, values):
    calls.append("write")
    time.sleep(0.5)  # time enough for the other to get here
    stored.update({value.component: value for value in values})
    if failure:
        raise failure.pop()
    return WriteReply(is_refused=False)

class Data:
    write = staticmethod(write)
    rows, write_rows = PeriodData.rows, PeriodData.write_rows
    status = lambda *args: PeriodStatus(key=1, words="")
    read = read_one = lambda *args: list(stored.values())

data = Data()
gateway = SimpleNamespace(period_data=data, hidden_by_filter=lambda ref: [])
type(connection)._gateway = lambda self: gateway
env["loket.export"].browse(export.id).action_generate()
env.cr.commit()
"""


def test_two_who_send_one_file_into_loket_do_so_one_after_the_other(shell):
    answers, calls, sendings, state = shell(f"""{LOKET}
answers = at_once(on("action_push"), on("action_push"))
answer = [answers, calls, len(export.sending_ids), export.push_state]
""")

    assert sorted(answer is None for answer in answers) == [False, True]
    assert "right now" in "".join(filter(None, answers))
    assert (calls, sendings, state) == (["write"], 1, "stored")


def test_what_was_sent_is_known_when_the_answer_never_came(shell):
    body, before, then, states, calls = shell(f"""{LOKET}
failure.append(SystemExit("killed"))
with env.registry.cursor() as cr:
    try:
        export.with_env(env(cr=cr)).action_push()
    except SystemExit:
        cr.rollback()
env.cr.rollback()
env.invalidate_all()
body, before = export.sending_ids.body, export.push_state
states = export.sending_ids.mapped("state")
call(on("action_push"))
env.cr.rollback()
env.invalidate_all()
answer = [body, before, export.push_state, states, calls]
""")

    assert [(cell[0], cell[-2], cell[-1]) for cell in body] == [("m", 200, "250.00")]
    assert (before, then) == ("partial", "stored")
    assert states == ["asked"]
    assert calls == ["write"], "what is there already is not sent again"


def test_a_file_that_was_made_meanwhile_is_the_one_to_send(shell):
    told, calls = shell(f"""{LOKET}
with env.registry.cursor() as cr:
    old = export.with_env(env(cr=cr))
    old.is_latest  # by what is committed until now
    other = env["loket.export"].create(vals)
    other.action_generate()
    env.cr.commit()
    try:
        old.action_push()
    except UserError as error:
        told = str(error)
    cr.rollback()
answer = [told, calls]
""")

    assert "later file" in told
    assert not calls
