"""What a client makes of a service that is down, slow or talks nonsense; and what of that the log says."""

import gzip
import logging
import socket
import threading

import pytest
from pydantic import TypeAdapter

from examples.portal.accounts.model import ServiceDown
from examples.portal.services.breaker import Breaker
from examples.portal.services.connection import LONGEST_ANSWER, Connection
from examples.portal.services.national import NationalClient
from examples.portal.services.refusals import Refusal, Refused
from tests.portal.services.serving import NUMBER, answering, connection_to, http, transfer

GOOD = http("200 OK", b'{"held_by": "43", "more": "a service may say more"}')


def hang_up(connection: socket.socket) -> None:
    """Closes without an answer."""


def wait_for_the_end(connection: socket.socket) -> None:
    """Says nothing until the other side gives up."""
    connection.recv(1)


def drip(connection: socket.socket) -> None:
    """Begins an answer and sends a byte at a time until the other side gives up."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    given_up = threading.Event()
    for _ in range(1000):
        try:
            connection.sendall(b" ")
        except OSError:
            return
        given_up.wait(0.01)


def asked(connection: Connection, number: str = NUMBER) -> str | None:
    try:
        return NationalClient(connection).held_by(number)
    finally:
        connection.close()


def test_an_answer() -> None:
    with answering(GOOD) as (address, got):
        assert asked(connection_to(address)) == "43"
    head, _, body = got[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /national/v1/persons/lookup HTTP/1.1\r\n")
    assert NUMBER.encode() not in head
    assert NUMBER.encode() in body


@pytest.mark.parametrize(
    "answer",
    [
        http("500 Internal Server Error", b"{}"),
        http("503 Service Unavailable", b'{"held_by": "43"}'),
        http("302 Found", b"", "Location: https://example.org/"),
        http("307 Temporary Redirect", b"", "Location: /national/v1/persons/lookup"),
        http("204 No Content", b""),
        http("401 Unauthorized", b'{"error": "signature_wrong"}'),
        http("422 Unprocessable", b'{"error": "not_understood"}'),
        http("403 Forbidden", b"<h1>a proxy says no</h1>"),
        http("404 Not Found", b'{"refused": "made_up"}'),
        http("200 OK", b""),
        http("200 OK", b"<html>"),
        http("200 OK", b'{"held_by": 43}'),
        http("200 OK", b"{}"),
        http("200 OK", b"[" * 100_000),
        http("200 OK", b'{"held_by": "\xff"}'),
        http("200 OK", b'{"held_by": "43"}' + b" " * LONGEST_ANSWER),
        http("200 OK", gzip.compress(b'{"held_by": "43"}'), "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        hang_up,
    ],
)
def test_whatever_else_it_says_it_is_down(answer: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with answering(answer) as (address, _), pytest.raises(ServiceDown) as down:
        asked(connection_to(address))
    assert len(caplog.records) == 1
    said = caplog.text + str(down.value)
    assert "POST /national/v1/persons/lookup" in said
    assert NUMBER not in said
    assert "43" not in said


def test_the_log_has_no_word_of_what_came(caplog: pytest.LogCaptureFixture) -> None:
    told = b'{"transfer": {"id": 1, "name": "\xe5\xbc\xa0\xe4\xb8\x89", "number": "%s"}}' % NUMBER.encode()
    caplog.set_level(logging.DEBUG)
    with answering(http("200 OK", told)) as (address, _), pytest.raises(ServiceDown) as down:
        NationalClient(connection_to(address)).find_transfer(NUMBER)
    assert down.value.__cause__ is None
    assert down.value.__suppress_context__, "nor does a traceback"
    assert not {"张三", NUMBER} & set(caplog.text.split())
    assert NUMBER not in caplog.text
    assert "张三" not in caplog.text
    assert "张三" not in repr(transfer())
    assert NUMBER not in repr(transfer())


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(ServiceDown, match="ConnectError"):
        asked(connection_to(address))


def test_it_does_not_answer_in_time_and_is_asked_once() -> None:
    with answering(wait_for_the_end) as (address, got), pytest.raises(ServiceDown, match="ReadTimeout"):
        asked(connection_to(address, timeout=0.05))
    assert len(got) == 1


def test_it_answers_a_byte_at_a_time() -> None:
    with answering(drip) as (address, _), pytest.raises(ServiceDown, match="answer too slow"):
        asked(connection_to(address, timeout=0.1))


def test_a_connection_that_breaks_is_tried_once_more_signed_anew() -> None:
    with answering(hang_up, GOOD) as (address, got):
        assert asked(connection_to(address)) == "43"
    first, again = (request.partition(b"nonce=")[2][:22] for request in got)
    assert first != again
    with answering(hang_up) as (address, got), pytest.raises(ServiceDown):
        asked(connection_to(address))
    assert len(got) == 2


def test_a_refusal_says_which_and_who() -> None:
    refusing = http("409 Conflict", b'{"refused": "received", "place": "43"}')
    with answering(refusing) as (address, got), pytest.raises(Refused) as refused:
        connection = connection_to(address)
        try:
            NationalClient(connection).withdraw("t1")
        finally:
            connection.close()
    assert (refused.value.code, refused.value.place, len(got)) == (Refusal.RECEIVED, "43", 1)


def test_after_three_failures_nobody_waits_until_ten_seconds_later_one_looks() -> None:
    now = [100.0]
    down = http("503 Service Unavailable", b"")
    with answering(down, down, down, down, GOOD) as (address, got):
        connection = connection_to(address, ticks=lambda: now[0])
        platform = NationalClient(connection)
        for expected in (1, 2, 3, 3, 3):
            with pytest.raises(ServiceDown):
                platform.held_by(NUMBER)
            assert len(got) == expected
        now[0] += 10
        with pytest.raises(ServiceDown):
            platform.held_by(NUMBER)
        with pytest.raises(ServiceDown):
            platform.held_by(NUMBER)
        assert len(got) == 4, "one looked, the others did not wait"
        now[0] += 10
        assert platform.held_by(NUMBER) == "43"
        assert platform.held_by(NUMBER) == "43"
        connection.close()


@pytest.mark.parametrize("status", ["400 Bad Request", "401 Unauthorized", "404 Not Found", "422 Unprocessable"])
def test_a_request_it_does_not_like_keeps_nobody_else_from_asking(status: str) -> None:
    with answering(http(status, b"?")) as (address, got):
        connection = connection_to(address)
        for _ in range(5):
            with pytest.raises(ServiceDown):
                NationalClient(connection).held_by("\ud800")
        connection.close()
    assert len(got) == 5


def test_an_answer_in_between_forgives() -> None:
    breaker = Breaker(lambda: 0.0)
    for answered in (False, False, True, False, False):
        breaker.tell(answered=answered)
    assert breaker.lets_through()
    breaker.tell(answered=False)
    assert not breaker.lets_through()


def test_a_short_secret_makes_no_connection() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Connection("test", "http://127.0.0.1:1", place="44", secret=b"short")


def test_it_takes_no_proxy_out_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with answering(http("200 OK", b"1")) as (address, _):
        connection = connection_to(address)
        assert connection.post("/x", {}, TypeAdapter(int)) == 1
        connection.close()
