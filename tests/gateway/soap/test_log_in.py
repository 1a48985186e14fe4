# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From credentials to a link key, and what is left of either."""

import logging
import traceback

import pytest

from odoo.addons.l10n_nl_loket.gateway import (
    LoketError,
    LoketRefused,
    LoketUnavailable,
)
from odoo.addons.l10n_nl_loket.gateway.http import Patience
from odoo.addons.l10n_nl_loket.gateway.soap import SoapGateway, log_in

USER, PASSWORD, CODE = "loket-koppeling", "loket", "VOORBEELD"


def test_credentials_give_a_link_key_that_works(sandbox):
    key = log_in(sandbox.wsdl_url, f" {USER} ", PASSWORD, CODE, local=True)
    assert SoapGateway(wsdl_url=sandbox.wsdl_url, link_key=key, local=True).employers()


@pytest.mark.parametrize(
    ("credentials", "words"),
    [
        ((USER, "wrong", CODE), "user name or the password"),
        (("nobody", PASSWORD, CODE), "user name or the password"),
        ((USER, PASSWORD, "ELDERS"), "environment code"),
        (("geblokkeerd", PASSWORD, CODE), "blocked"),
        ((USER, PASSWORD, "  "), "environment code"),
        ((USER, "", CODE), "password"),
        ((USER, "a\x01b", CODE), "character"),
    ],
)
def test_a_refused_log_in_says_why(sandbox, credentials, words):
    with pytest.raises(LoketRefused, match=words):
        log_in(sandbox.wsdl_url, *credentials, local=True)
    assert sum("LogIn" in line for line in sandbox.requests) <= 1


@pytest.mark.parametrize("trouble", ["error500", "cut", "rate_limit", "not_available"])
def test_a_log_in_is_never_repeated(sandbox, trouble, pauses):
    sandbox.faults.add(trouble, path="LogIn")
    with pytest.raises(LoketUnavailable):
        log_in(sandbox.wsdl_url, USER, PASSWORD, CODE, sleep=pauses.append, local=True)
    assert sum("LogIn" in line for line in sandbox.requests) == 1
    assert pauses == []


@pytest.mark.parametrize(
    "trouble",
    ["wrong password", "error500", "cut", "html", "wrong_json", "latency", "forbidden"],
)
def test_user_name_and_password_are_left_nowhere(sandbox, caplog, trouble):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="odoo.addons.l10n_nl_loket.gateway")
    user, password, code = "user-to-hide", "password-to-hide", "code-to-hide"
    if trouble != "wrong password":
        sandbox.faults.add(trouble, path="LogIn")
    patience = Patience(connect=0.3, read=0.3, attempts=1)

    with pytest.raises(LoketError) as caught:
        log_in(sandbox.wsdl_url, user, password, code, patience=patience, local=True)

    error = caught.value
    assert error.__cause__ is None and error.__context__ is None
    told = "".join(traceback.format_exception(error)) + caplog.text + repr(error)
    told += "".join(sandbox.requests)
    assert "to-hide" not in told
    frames = [frame for frame, _line in traceback.walk_tb(error.__traceback__)]
    inside = [f for f in frames if f.f_code.co_name in ("post_xml", "send", "_call")]
    assert inside == []


def test_the_link_key_is_left_nowhere(stub, link, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="odoo.addons.l10n_nl_loket.gateway")
    link.employers()
    assert "the-link-key" in stub.posts()[0][3]
    stub.reply = (500, "<html>oops the-link-key</html>")
    with pytest.raises(LoketUnavailable) as caught:
        link.employers()
    assert "the-link-key" not in caplog.text + str(caught.value)
    assert "Authorization" not in stub.posts()[0][2]


def test_no_link_key_is_refused_without_a_request(stub):
    with pytest.raises(LoketRefused, match="Connect to Loket"):
        SoapGateway(wsdl_url=stub.wsdl_url, link_key=None, local=True).employers()
    assert stub.seen == []
