# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Loket down, slow, broken or lying: what the gateway makes of it."""

import logging
import threading
import time

import pytest

from odoo.addons.l10n_nl_loket.gateway import (
    LoketBadReply,
    LoketMisconfigured,
    LoketRefused,
    LoketUnavailable,
    RestGateway,
    TokenSet,
)
from odoo.addons.l10n_nl_loket.gateway.http import Patience, send
from odoo.addons.l10n_nl_loket.gateway.wire import Deadline, Session

from ..loket_stub import Answer, page
from .company import AT_EMPLOYER, EMPLOYER

ADMINISTRATIONS = f"{AT_EMPLOYER}/payrolladministrations"
EMPLOYERS = "/v2/providers/employers"


def employers(*numbers):
    return [{"id": f"E-{n}", "companyName": f"Bedrijf {n}"} for n in numbers]


def test_each_call_asks_for_the_version_of_its_endpoint(loket, gateway_to_loket):
    loket.routes[EMPLOYERS] = page(employers(1))
    loket.routes[f"{AT_EMPLOYER}/authorizations"] = page([])

    gateway_to_loket.employers()
    gateway_to_loket.missing_activities(EMPLOYER)

    accepted = [headers["Accept"] for _m, _p, headers, _f in loket.seen]
    assert accepted == [
        "application/json;version=2018-01-01",
        "application/json;version=2019-02-11",
    ]
    assert loket.seen[0][2]["Authorization"] == "Bearer access-1"


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_read_is_tried_again_when_loket_is_in_trouble(
    loket, gateway_to_loket, pauses, status
):
    loket.routes[EMPLOYERS] = [Answer(status=status), page(employers(1))]

    assert gateway_to_loket.employers()[0].name == "Bedrijf 1"
    assert len(pauses) == 1


def test_reads_stop_after_a_few_attempts(loket, gateway_to_loket, pauses):
    loket.routes[EMPLOYERS] = Answer("Jansen", status=500)

    with pytest.raises(LoketUnavailable, match="error 500"):
        gateway_to_loket.employers()

    assert len(loket.seen) == 3
    assert pauses[0] < pauses[1]


def test_the_pause_that_loket_asks_for_is_kept(loket, gateway_to_loket, pauses):
    busy = Answer(status=429, headers={"Retry-After": "15"})
    loket.routes[EMPLOYERS] = [busy, page(employers(1))]

    gateway_to_loket.employers()

    assert pauses == [15]


def test_a_very_long_pause_is_left_to_the_next_run(loket, gateway_to_loket, pauses):
    loket.routes[EMPLOYERS] = Answer(status=429, headers={"Retry-After": "3600"})

    with pytest.raises(LoketUnavailable):
        gateway_to_loket.employers()

    assert pauses == []
    assert len(loket.seen) == 1


def test_a_connection_that_is_cut_is_tried_again(loket, gateway_to_loket):
    half = Answer(page(employers(1)), cut=20)
    loket.routes[EMPLOYERS] = [half, page(employers(1))]

    assert len(gateway_to_loket.employers()) == 1


def test_nobody_listening_is_unavailable(tokens, pauses):
    gateway = RestGateway(
        local=True,
        api_url="http://127.0.0.1:1/v2",
        oauth_url="http://127.0.0.1:1",
        client_id="odoo",
        client_secret="top-secret",
        tokens=tokens,
        sleep=pauses.append,
    )
    with pytest.raises(LoketUnavailable, match="Try again later"):
        gateway.employers()
    assert len(pauses) == 2


def test_a_silent_loket_does_not_hold_the_caller(loket, tokens, pauses):
    def silence(_fields):
        time.sleep(0.5)
        return page([])

    loket.routes[EMPLOYERS] = silence
    gateway = RestGateway(
        local=True,
        api_url=loket.api_url,
        oauth_url=loket.url,
        client_id="odoo",
        client_secret="top-secret",
        tokens=tokens,
        patience=Patience(read=0.05, attempts=2),
        sleep=pauses.append,
    )
    with pytest.raises(LoketUnavailable, match="did not answer"):
        gateway.employers()


def test_a_server_that_speaks_no_tls_does_not_answer(loket, tokens, pauses):
    gateway = RestGateway(
        local=True,
        api_url=loket.api_url.replace("http:", "https:"),
        oauth_url=loket.url,
        client_id="odoo",
        client_secret="top-secret",
        tokens=tokens,
        sleep=pauses.append,
    )
    with pytest.raises(LoketUnavailable, match="did not answer"):
        gateway.employers()


def test_a_token_that_can_not_be_sent_is_not_shown(loket, gateway_to_loket, tokens):
    tokens.stored = TokenSet(access_token="access\n1", expires_at=time.time() + 3000)

    with pytest.raises(LoketMisconfigured) as caught:
        gateway_to_loket.employers()

    assert "access" not in str(caught.value)
    assert loket.seen == []


def test_a_pause_given_as_a_date_gets_the_usual_pause(loket, gateway_to_loket, pauses):
    later = {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
    loket.routes[EMPLOYERS] = [Answer(status=503, headers=later), page([])]

    gateway_to_loket.employers()

    assert 1 <= pauses[0] <= 1.5


def test_html_is_a_bad_reply(loket, gateway_to_loket):
    loket.routes[EMPLOYERS] = Answer("<html>Onderhoud voor Jansen</html>")

    with pytest.raises(LoketBadReply) as caught:
        gateway_to_loket.employers()

    assert caught.value.call == "read employers (GetEmployersByUserId)"
    assert caught.value.field == "the body"
    assert "Jansen" not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        ([], "the body"),
        ({}, "totalSize"),
        (page([]) | {"totalPages": "1"}, "totalPages"),
        (page([]) | {"totalSize": True}, "totalSize"),
        (page([]) | {"_embedded": None}, "_embedded"),
        (page(["text"]), "_embedded[]"),
        (page([{"companyName": "No id"}]), "id"),
        (page([{"id": "E-1"}]), "companyName"),
        (page([{"id": "E-1", "companyName": ["x"]}]), "companyName"),
        (page(employers(1), size=2), "totalSize"),
        (page(employers(1, 2), size=1), "totalSize"),
        (page(employers(1), current=2), "currentPage"),
        (page([], size=2, pages=2), "_embedded"),
        (page(employers(1), pages=9), "totalPages"),
    ],
)
def test_a_reply_of_the_wrong_shape_names_call_and_field(
    loket, gateway_to_loket, reply, field
):
    loket.routes[EMPLOYERS] = Answer(reply)

    with pytest.raises(LoketBadReply) as caught:
        gateway_to_loket.employers()

    assert caught.value.field == field
    assert "GetEmployersByUserId" in caught.value.message


def paged(*contents):
    """Pages of two rows a page, of five rows in all."""

    def answer(fields):
        number = int(fields.get("pageNumber", ["1"])[0])
        return page(contents[number - 1], size=5, pages=3, current=number)

    return answer


def test_all_pages_are_read_in_order(loket, gateway_to_loket):
    loket.routes[EMPLOYERS] = paged(employers(1, 2), employers(3, 4), employers(5))

    names = [employer.name for employer in gateway_to_loket.employers()]

    assert names == [f"Bedrijf {n}" for n in range(1, 6)]
    first, *others = [fields for _m, _p, _h, fields in loket.seen]
    assert first == {}
    # the others are asked for together, so that either may come first
    assert sorted(fields["pageNumber"] for fields in others) == [["2"], ["3"]]


class Slow:
    """Pages of one employer each, each slow; ``most``: how many were asked at once."""

    def __init__(self, pages, answer=None):
        self._pages, self._answer = pages, answer or (lambda _number: None)
        self._lock, self._now, self.most = threading.Lock(), 0, 0
        self.asked = []

    def __call__(self, fields):
        number = int(fields.get("pageNumber", ["1"])[0])
        with self._lock:
            self.asked.append(number)
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.03)
        with self._lock:
            self._now -= 1
        wanted = page(
            employers(number), size=self._pages, pages=self._pages, current=number
        )
        return self._answer(number) or wanted


def names_of(gateway):
    return [employer.name for employer in gateway.employers()]


def test_four_pages_are_read_at_a_time_and_come_in_their_order(loket, gateway_to_loket):
    slow = loket.routes[EMPLOYERS] = Slow(10)

    assert names_of(gateway_to_loket) == [f"Bedrijf {n}" for n in range(1, 11)]
    assert slow.most == 4
    assert sorted(slow.asked) == list(range(1, 11))


def test_after_too_many_requests_pages_are_read_one_at_a_time(
    loket, gateway_to_loket, pauses
):
    refused = [Answer(status=429, headers={"Retry-After": "3"})]
    slow = loket.routes[EMPLOYERS] = Slow(
        12, lambda number: refused.pop() if number == 3 and refused else None
    )

    assert names_of(gateway_to_loket) == [f"Bedrijf {n}" for n in range(1, 13)]
    assert pauses == [3]
    slow.most = 0
    assert len(names_of(gateway_to_loket)) == 12  # nor does the next list
    assert slow.most == 1


def test_a_token_that_is_refused_for_pages_under_way_is_renewed_once(
    loket, gateway_to_loket, tokens
):
    renewed = []

    def token(_fields):
        renewed.append(True)
        return {"access_token": "access-2", "refresh_token": "refresh-2"}

    loket.routes["/token"] = token
    loket.routes[EMPLOYERS] = Slow(
        6,
        lambda number: Answer(status=401) if number > 1 and not renewed else None,
    )

    assert names_of(gateway_to_loket) == [f"Bedrijf {n}" for n in range(1, 7)]
    assert tokens.renewals == 1


def test_a_page_under_way_whose_answer_is_lost_is_asked_for_again(
    loket, gateway_to_loket, pauses
):
    lost = [Answer(status=502), Answer(cut=1, body="{}")]
    loket.routes[EMPLOYERS] = Slow(
        5, lambda number: lost.pop() if number == 4 and lost else None
    )

    assert names_of(gateway_to_loket) == [f"Bedrijf {n}" for n in range(1, 6)]
    assert len(pauses) == 2


def test_a_page_under_way_that_stays_away_fails_after_three_tries(
    loket, gateway_to_loket
):
    slow = loket.routes[EMPLOYERS] = Slow(
        5, lambda number: Answer(status=503) if number == 3 else None
    )

    with pytest.raises(LoketUnavailable):
        gateway_to_loket.employers()
    assert slow.asked.count(3) == 3


def test_pages_under_way_are_ended_where_the_list_is_refused(loket, gateway_to_loket):
    hangs = threading.Event()

    def answer(fields):
        number = int(fields.get("pageNumber", ["1"])[0])
        if number > 2:
            hangs.wait(20)
        return page(employers(1), size=5, pages=5, current=number)

    loket.routes[EMPLOYERS] = answer
    start = time.monotonic()
    try:
        with pytest.raises(LoketBadReply, match="come again"):
            gateway_to_loket.employers()
        assert time.monotonic() - start < 10
        deadline = time.monotonic() + 10
        while any("loket-page" in one.name for one in threading.enumerate()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    finally:
        hangs.set()


@pytest.mark.parametrize("asked_before", [False, True])
def test_what_an_ended_session_has_yet_to_ask_is_not_asked(loket, asked_before):
    """A page whose thread had not begun when the list was refused."""
    loket.routes["/a"] = Answer("1")
    session = Session()

    def ask():
        return send(session, "read x (GetX)", Patience(), "GET", f"{loket.url}/a")

    if asked_before:  # so that there is a connection, which is kept
        assert ask().content == b"1"
    session.end()
    for _time in range(2):
        with pytest.raises(LoketUnavailable):
            ask()
    assert len(loket.seen) == asked_before


def test_a_session_whose_time_is_over_can_be_used_again(loket):
    loket.routes["/a"] = Answer("1")
    session = Session()

    def ask(seconds):
        return send(
            session,
            "read x (GetX)",
            Patience(),
            "GET",
            f"{loket.url}/a",
            deadline=Deadline(seconds),
        )

    with pytest.raises(LoketUnavailable):
        ask(0)
    assert ask(10).content == b"1"


@pytest.mark.parametrize(
    "contents",
    [
        (employers(1, 2), employers(2, 3), employers(5)),
        (employers(1, 2), employers(3), employers(5)),
    ],
    ids=["a row twice", "half a page"],
)
def test_pages_that_do_not_add_up_are_refused_after_a_second_reading(
    loket, gateway_to_loket, contents
):
    loket.routes[EMPLOYERS] = paged(*contents)

    with pytest.raises(LoketBadReply, match="totalSize"):
        gateway_to_loket.employers()

    assert len(loket.seen) == 6


def test_a_page_that_comes_again_is_refused_at_once(loket, gateway_to_loket):
    loket.routes[EMPLOYERS] = paged(employers(1, 2), employers(1, 2), employers(5))

    with pytest.raises(LoketBadReply, match="come again"):
        gateway_to_loket.employers()

    # but for what was under way by then
    assert len(loket.seen) <= 3


def test_a_list_that_changed_while_it_was_read_is_read_again(loket, gateway_to_loket):
    good = page(employers(1, 2))
    loket.routes[EMPLOYERS] = [page(employers(1), size=2), good]

    assert len(gateway_to_loket.employers()) == 2


def test_a_row_that_comes_twice_counts_once(loket, gateway_to_loket):
    loket.routes[EMPLOYERS] = page(employers(1, 1, 2), size=2)

    assert [e.ref for e in gateway_to_loket.employers()] == ["e-1", "e-2"]


def test_an_empty_list_is_no_error(loket, gateway_to_loket):
    loket.routes[EMPLOYERS] = page([], pages=0)

    assert gateway_to_loket.employers() == []


def test_a_missing_right_is_named_and_not_tried_again(loket, gateway_to_loket):
    loket.routes[ADMINISTRATIONS] = Answer({"message": "Insufficient"}, status=403)

    with pytest.raises(LoketRefused) as caught:
        gateway_to_loket.administrations(EMPLOYER)

    assert caught.value.activity == "GetPayrollAdministrationsByEmployerId"
    assert "read payroll administrations" in caught.value.message
    assert len(loket.seen) == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, LoketMisconfigured), (400, LoketBadReply), (302, LoketBadReply)],
)
def test_other_refusals_are_not_tried_again(loket, gateway_to_loket, status, error):
    loket.routes[ADMINISTRATIONS] = Answer(status=status)

    with pytest.raises(error, match="GetPayrollAdministrationsByEmployerId"):
        gateway_to_loket.administrations(EMPLOYER)

    assert len(loket.seen) == 1


@pytest.mark.parametrize(
    "url", ["", None, "http://api.loket.nl/v2", "ftp://localhost", "api.loket.nl"]
)
def test_an_address_that_is_not_safe_is_refused(tokens, url):
    with pytest.raises(LoketMisconfigured, match="https"):
        RestGateway(
            api_url=url,
            oauth_url="https://oauth.loket.nl",
            client_id="odoo",
            client_secret="top-secret",
            tokens=tokens,
        )


def test_nothing_secret_or_personal_gets_into_the_logs(loket, gateway_to_loket, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="odoo.addons.l10n_nl_loket.gateway")
    obsolete = page([{"id": "E-1", "companyName": "Jansen Holding"}])
    obsolete["version"]["obsoleteDate"] = "2030-01-01"
    loket.routes[EMPLOYERS] = [
        Answer({"message": "Jansen"}, status=500),
        Answer(status=401),
        obsolete,
    ]
    loket.routes["/token"] = {"access_token": "access-2", "refresh_token": "refresh-2"}

    gateway_to_loket.employers()

    assert "becomes obsolete" in caplog.text
    for secret in ("access-", "refresh-", "top-secret", "Jansen"):
        assert secret not in caplog.text
