# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The log of the whole job, at its most talkative, tells of no person and no secret."""

import contextlib
import re

import pytest

from sandbox import link_keys, oauth
from sandbox.data import Employee
from tools import database, odoo, postgres
from tools.demo import clerk, job, services, setup_link
from tools.demo.client import OdooError

CLIENT = {"client_id": "odoo-7d1e", "client_secret": "Client-4b2a-geheim"}
LOG_IN = {
    "username": "koppeling-7d1e",
    "password": "Wachtwoord-9f3c",
    "environment_code": "VOORBEELD",
}
#: What goes wrong with a night: with answers, and with people in them.
TROUBLE = (
    "error500",
    "forbidden",
    "unauthorized",
    "cut",
    "html",
    "wrong_json",
    "half_page",
    "missing_field",
    "nul_character",
    "half_surrogate",
    "huge_numbers",
    "huge_texts",
    "odd_dates",
    "double_person",
    "other_person",
    "shuffled_numbers",
    "swapped_payroll_numbers",
    "one_name",
    "no_employees",
    "unknown_country",
)
#: What goes wrong while values go into Loket, or are read back.
PUSH_TROUBLE = (
    "error500",
    "forbidden",
    "unauthorized",
    "rate_limit",
    "cut",
    "html",
    "wrong_json",
    "half_page",
    "lost_answer",
    "half_stored",
    "refused_in_part",
    "plain_refusal",
    "closed_component",
    "closed_periods",
    "hiding_filter",
    "null_values",
)
#: What the bodies of these calls have, and no sentence.
BODIES = ("payrollComponents", "isSupplement", "employmentId", "_embedded")
#: What says who somebody is, or what somebody earns.
PERSONAL = (
    "last_name",
    "partner_last_name",
    "email",
    "work_email",
    "phone",
    "mobile",
    "work_phone",
    "postal_code",
)


class Watch:
    """Collects what must not be in the log, while it comes into being."""

    def __init__(self, loket):
        self._loket = loket
        self.people, self.secrets = set(), {*CLIENT.values()}
        self.secrets |= {LOG_IN["username"], LOG_IN["password"]}
        self._follow(loket.tokens, "_access", "_refresh", "_codes")
        keys = loket.link_keys
        keys.issue = self._noted(keys.issue)

    def _follow(self, tokens, *names):
        secrets = self.secrets

        class Noted(dict):
            def __setitem__(self, secret, value):
                secrets.add(secret)
                super().__setitem__(secret, value)

        for name in names:
            setattr(tokens, name, Noted(getattr(tokens, name)))

    def _noted(self, issue):
        def noted():
            key = issue()
            self.secrets.add(key)
            return key

        return noted

    def look(self):
        """Note who is in Loket now."""
        for employer in self._loket.company.employers:
            for person in employer.employees:
                self.people |= set(self._of(person))

    def _of(self, person: Employee):
        for name in PERSONAL:
            yield getattr(person, name)
        yield str(person.birthday)
        if person.street:
            yield f"{person.street} {person.house_number}"
        for employment in person.employments:
            if employment.gross_wage:
                yield f"{employment.gross_wage:.2f}"

    def found_in(self, text):
        """What of it is in a text."""
        words = {*self.people, *self.secrets, *BODIES}
        words = [str(word) for word in words if word]
        words = [word[:200] for word in words if len(word) > 3]
        return sorted(
            word
            for word in words
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
        )


@pytest.mark.parametrize("protocol", ["rest", "soap"])
def test_the_log_of_the_whole_job_tells_of_no_person_and_no_secret(
    protocol, tmp_path, monkeypatch
):
    monkeypatch.setitem(oauth.CLIENTS, CLIENT["client_id"], CLIENT["client_secret"])
    monkeypatch.setitem(
        link_keys.WEB_SERVICE_USERS, LOG_IN["username"], LOG_IN["password"]
    )
    monkeypatch.setattr(setup_link, "CLIENT", CLIENT)
    monkeypatch.setattr(setup_link, "LOG_IN", LOG_IN)
    log = tmp_path / "odoo.log"
    talk = ("--log-level=debug", f"--logfile={log}")
    with (
        _database(f"loket_log_{protocol}") as name,
        services.mail_catcher() as (smtp_port, messages),
        services.sandbox() as loket,
        services.running_odoo(name, smtp_port, talk) as client,
    ):
        watch = Watch(loket)
        watch.look()
        client.login("admin", "admin")
        job.do(client, loket, messages, tmp_path / "out", protocol)
        if protocol == "rest":
            _fail_to_push(client, loket)
        _fail(client, loket, watch, protocol)
    text = log.read_text(errors="replace")
    assert protocol == "soap" or "GET /loket/oauth/callback?..." in text
    assert "call loket.connection" in text, "the log is not as talkative as it can be"
    assert watch.found_in(text) == []
    assert watch.found_in("x Wachtwoord-9f3c.") == ["Wachtwoord-9f3c"], (
        "it is looked for"
    )


def _fail_to_push(client, loket):
    """All that goes wrong with a file that goes straight into Loket."""
    domain = [("push_question", "!=", False)]
    (file,) = client.find("loket.export", domain, ["year", "period"])
    in_file = [("export_id", "=", file["id"]), ("verdict", "=", "different")]
    (line,) = client.find("loket.export.line", in_file, ["payroll_number"])
    for number, fault in enumerate(PUSH_TROUBLE):
        clerk.enter(
            loket.url,
            setup_link.PUSHED,
            file["year"],
            file["period"],
            payroll_number=line["payroll_number"],
            component=1,
            value=str(number),
        )
        loket.faults.add(fault)
        for method in ("action_compare", "action_push", "action_push_anyway"):
            with contextlib.suppress(OdooError):
                client.call("loket.export", method, [file["id"]])
        loket.faults.clear()
        client.call("loket.export", "action_push", [file["id"]])
    states = client.find(
        "loket.export.sending", [("export_id", "=", file["id"])], ["state"]
    )
    assert {"lost", "refused", "taken"} <= {one["state"] for one in states}


def _fail(client, loket, watch, protocol):
    """All that goes wrong: on connecting, and in the nights after."""
    row, *_others = client.find("loket.connection", [], order="id")
    connection = row["id"]

    def call(method):
        with contextlib.suppress(OdooError):
            client.call("loket.connection", method, [connection])

    for fault in TROUBLE:
        loket.faults.add(fault)
        watch.look()
        call("action_sync")
        call("action_fetch")
        loket.faults.clear()
    wrong = {"password": "fout-9f3c", "client_secret": "fout-4b2a"}
    watch.secrets |= set(wrong.values())
    typed = CLIENT if protocol == "rest" else LOG_IN
    bad = {name: wrong.get(name, text) for name, text in typed.items()}
    with contextlib.suppress(OdooError):
        if url := client.connect(connection, **bad):
            client.consent(url, *setup_link.CONSENT)
    loket.tokens.expire_access()
    call("action_sync")
    loket.tokens.revoke_all()
    loket.link_keys.revoke_all()
    call("action_sync")
    with contextlib.suppress(OdooError):
        if url := client.connect(connection, **typed):
            client.consent(url, *setup_link.CONSENT)
    call("action_sync")
    call("action_disconnect")


@contextlib.contextmanager
def _database(name):
    """Odoo with its demonstration data and the addon."""
    postgres.ensure()
    odoo.configure()
    database.create(name, demo=True)
    try:
        yield name
    finally:
        database.drop(name)
