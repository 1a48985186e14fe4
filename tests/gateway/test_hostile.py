# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server that answers without end, in size, time or depth, whatever is asked."""

import gzip
import json
import time
import tracemalloc
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketError,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    RestGateway,
    SoapGateway,
    TokenSet,
    log_in,
    oauth,
)
from odoo.addons.l10n_nl_loket.gateway.http import MAX_REPLY, MAX_SMALL_REPLY, Patience
from odoo.addons.l10n_nl_loket.gateway.rest import oauth as oauth_module
from odoo.addons.l10n_nl_loket.gateway.soap import description
from odoo.addons.l10n_nl_loket.gateway.soap.xml import PACKAGED

from .loket_stub import MemoryTokens, page
from .raw_server import RawServer, drip, http
from .soap.stub import employers

MEGABYTE = 1 << 20
#: What any hostile reply may take of memory, beside what is there.
MOST_MEMORY = 40 * MEGABYTE
HURRY = Patience(connect=0.3, read=0.3, attempts=2, pause=0, total=0.5)
TOKENS = TokenSet(access_token="access-1", refresh_token="r-1", expires_at=2**40)


def wsdl(url):
    return PACKAGED.read_bytes().replace(b"https://loket.invalid/soap", url.encode())


def ask_rest(server, patience):
    RestGateway(
        api_url=f"{server.url}/v2",
        oauth_url=server.url,
        client_id="odoo",
        client_secret="s",
        tokens=MemoryTokens(TOKENS),
        local=True,
        patience=patience,
        sleep=time.sleep,
    ).employers()


def ask_soap(server, patience, monkeypatch):
    monkeypatch.setattr(description, "_fetched", lambda *_asked: wsdl(server.url))
    ask_description(server, patience)


def ask_log_in(server, patience, monkeypatch):
    monkeypatch.setattr(description, "_fetched", lambda *_asked: wsdl(server.url))
    log_in(
        f"{server.url}/?wsdl", "user", "password", "code", local=True, patience=patience
    )


def ask_description(server, patience):
    SoapGateway(
        wsdl_url=f"{server.url}/?wsdl",
        link_key="key",
        local=True,
        patience=patience,
        sleep=time.sleep,
    ).employers()


def ask_tokens(server, patience, monkeypatch):
    monkeypatch.setattr(oauth_module, "Patience", lambda: patience or Patience())
    oauth.refresh(server.url, "odoo", "s", TOKENS, local=True)


#: What is asked, and how much it may be answered.
ASKED = {
    "rest": (ask_rest, MAX_REPLY),
    "soap": (ask_soap, MAX_REPLY),
    "log-in": (ask_log_in, MAX_SMALL_REPLY),
    "description": (ask_description, MAX_SMALL_REPLY),
    "tokens": (ask_tokens, MAX_SMALL_REPLY),
}


@pytest.fixture
def server():
    with RawServer() as stub:
        yield stub


@pytest.fixture(params=ASKED)
def asked(request, server, monkeypatch):
    """Something that is asked of ``server``."""
    ask, limit = ASKED[request.param]
    takes_patch = ask.__code__.co_argcount == 3

    def run(patience=None):
        ask(server, patience, *([monkeypatch] if takes_patch else []))

    return SimpleNamespace(name=request.param, run=run, limit=limit)


def bomb(size):
    """A gzip of ``size`` blanks, made without them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return (
        b"".join(packer.compress(b" " * MEGABYTE) for _each in range(size // MEGABYTE))
        + packer.flush()
    )


BOMB = bomb(1000 * MEGABYTE)
GZIP = ["Content-Encoding: gzip"]


def most_memory(action):
    """What an action took of memory at the most."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "status",
    ["200 OK", "302 Found", "401 Unauthorized", "404 Not Found", "500 Error"],
)
def test_a_small_reply_that_unpacks_to_a_gigabyte_is_refused(server, asked, status):
    server.reply = http(
        BOMB, status=status, headers=[*GZIP, "Location: http://127.0.0.1/elsewhere"]
    )

    def run():
        with pytest.raises(LoketBadReply, match="larger than"):
            asked.run()

    assert most_memory(run) < MOST_MEMORY


@pytest.mark.parametrize(
    "packing", ["deflate", "br", "gzip, gzip", "gzip, gzip, gzip", "x", "gzip,deflate"]
)
def test_a_packing_that_nobody_asked_for_is_refused(server, asked, packing):
    server.reply = http(gzip.compress(BOMB), headers=[f"Content-Encoding: {packing}"])
    with pytest.raises(LoketBadReply, match="was not asked for"):
        asked.run()


@pytest.mark.parametrize("has_length", [True, False])
def test_a_large_reply_is_refused(server, asked, has_length):
    server.reply = http(b" " * (asked.limit + 1), length=has_length)
    with pytest.raises(LoketBadReply, match=f"than {asked.limit // MEGABYTE} MB"):
        asked.run()


def test_a_reply_without_end_is_refused(server, asked):
    def pieces():
        yield http(length=False)
        while True:
            yield b" " * MEGABYTE

    server.reply = pieces

    def run():
        with pytest.raises(LoketBadReply, match="larger than"):
            asked.run()

    assert most_memory(run) < MOST_MEMORY


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"{}") * 2, gzip.compress(b"{}") + b"x", b"no gzip at all"],
)
def test_what_can_not_be_unpacked_is_a_bad_reply(server, asked, packed):
    server.reply = http(packed, headers=GZIP)
    with pytest.raises(LoketBadReply, match="can't be unpacked"):
        asked.run()


def test_half_a_packed_reply_is_no_reply(server, asked):
    server.reply = http(gzip.compress(b"{}" * 9)[:-9], headers=GZIP, length=False)
    with pytest.raises(LoketUnavailable):
        asked.run(HURRY)


HEAD = http(b" " * 500)


@pytest.mark.parametrize(
    "reply",
    [
        drip(HEAD),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 50),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * 500),
        lambda: iter([HEAD[:-500], *drip(b" " * 500)()]),
        lambda: iter([http(length=False), *drip(b" " * 500)()]),
        lambda: iter([HEAD[:-500], *slow(b" " * 500)]),
        lambda: iter([http(length=False), *slow(b" " * 500)]),
    ],
)
def test_a_byte_now_and_then_is_given_up_in_time(server, asked, reply):
    server.reply = reply
    started = time.monotonic()
    with pytest.raises(LoketUnavailable, match="did not answer"):
        asked.run(HURRY)
    assert time.monotonic() - started < 2


def slow(data):
    """A byte at a time, each just before anybody would give up."""
    for number in range(len(data)):
        time.sleep(0.2)
        yield data[number : number + 1]


def test_all_tries_together_end_in_time(server, asked):
    if asked.name in ("tokens", "log-in"):
        pytest.skip("is asked once")
    patience = Patience(connect=5, read=5, attempts=1000, pause=0.05, total=1)
    server.reply = http(status="500 Error")
    started = time.monotonic()
    with pytest.raises(LoketUnavailable):
        asked.run(patience)
    assert 0.1 < time.monotonic() - started < 2
    assert len(server.requests) > 2


def test_a_pause_that_is_longer_than_what_is_left_is_not_begun(server):
    patience = Patience(pause=2, total=1)
    server.reply = http(status="503 Busy", headers=["Retry-After: 15"])
    started = time.monotonic()
    with pytest.raises(LoketUnavailable):
        ask_rest(server, patience)
    assert time.monotonic() - started < 1


def test_by_default_a_call_ends_after_ninety_seconds():
    assert Patience().total == 90
    assert 89 < Patience().deadline().left <= 90


DEEP = {
    "lists": b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "objects": b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
    "unclosed": b"[" * 2_000_000,
    "elements": b"<a>" * 200_000 + b"</a>" * 200_000,
    "in a message": employers()
    .encode()
    .replace(b"Voorbeeld", b"<b>" * 200_000 + b"</b>" * 200_000),
}
#: These have no depth, but too much of it all.
MANY = {
    "empty objects": b'{"_embedded":[' + b"{}," * 2_000_000 + b"{}]}",
    "zeros": b'{"a":[' + b"0.0," * 2_000_000 + b"0]}",
    "empty elements": employers("<a/>" * 1_000_000).encode(),
}


@pytest.mark.parametrize("reply", [*DEEP.values(), *MANY.values()], ids=[*DEEP, *MANY])
@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request"])
def test_absurd_depth_and_number_end_in_a_plain_error(server, asked, reply, status):
    server.reply = http(reply, status=status, headers=["Content-Type: text/xml"])

    errors = (LoketBadReply, LoketMisconfigured, LoketRefused)
    if asked.name == "tokens" and status.startswith("400"):
        # No word of OAuth's, so it may be of a guard before it: the link stays.
        errors = (LoketBadReply, LoketUnavailable)

    def run():
        with pytest.raises(errors) as caught:
            asked.run()
        assert type(caught.value) in LoketError.__subclasses__()

    most = most_memory(run)
    assert most < 4 * MOST_MEMORY


def test_a_list_of_a_billion_pages_is_not_read(server):
    rows = [{"id": "e1", "companyName": "Voorbeeld"}]
    server.reply = http(json.dumps(page(rows, size=10**9, pages=10**9)).encode())
    with pytest.raises(LoketBadReply, match="totalPages"):
        ask_rest(server, None)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\0",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 x\r\nRetry-After: nan\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 x\r\nRetry-After: -inf\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 x\r\nRetry-After: 1e999\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a\r\n\xff: \xfe\r\n\r\n\xff",
    ],
)
def test_what_is_no_http_ends_in_one_of_the_four_errors(server, asked, reply):
    server.reply = reply
    with pytest.raises(LoketError) as caught:
        asked.run(HURRY)
    assert type(caught.value) in LoketError.__subclasses__()


def test_closed_silent_and_strange_ports_tell_nothing_of_themselves(server, asked):
    def said(reply):
        server.reply = reply
        with pytest.raises(LoketUnavailable) as caught:
            asked.run(HURRY)
        return caught.value.message

    sentences = {said(b""), said(b"SSH-2.0-x\r\n"), said(drip(HEAD, 1))}
    server.__exit__()
    sentences.add(said(b""))
    assert len(sentences) == 1
    assert "port" not in sentences.pop().lower()


def test_what_a_server_wants_remembered_is_not(server, monkeypatch):
    rows = [{"id": "e1", "companyName": "Voorbeeld"}]
    body = json.dumps(page(rows)).encode()
    server.reply = http(body, headers=["Set-Cookie: spy=1; Path=/"])
    gateway = RestGateway(
        api_url=server.url,
        oauth_url=server.url,
        client_id="odoo",
        client_secret="s",
        tokens=MemoryTokens(TOKENS),
        local=True,
    )
    gateway.employers()
    gateway.employers()
    assert len(server.requests) == 2
    assert not any(b"spy" in request for request in server.requests)


def test_no_socket_stays_open(server, asked):
    def sockets():
        return len(list(Path("/proc/self/fd").iterdir()))

    server.reply = http(status="404 Not Found")
    with pytest.raises(LoketError):
        asked.run(HURRY)
    before = sockets()
    for _time in range(10):
        with pytest.raises(LoketError):
            asked.run(HURRY)
    assert sockets() <= before + 4
