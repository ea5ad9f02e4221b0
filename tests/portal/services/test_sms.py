"""The SMS gateway over real HTTP: up, refusing, slow, gone, answering with what nobody understands."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from examples.portal.accounts.model import ServiceDown
from examples.portal.services import opening
from examples.portal.services.signing import Message, verify
from examples.portal.services.sms import TIMEOUT, HttpSender
from examples.portal.settings import Settings
from tests.portal.people import PRODUCTION, Clock
from tests.portal.services.serving import SECRETS, answering, connection_to, http, serving

MOBILE, TEXT = "13800138000", "【会计】您的验证码是 123456"


def test_a_message_is_handed_over_signed_with_an_id_of_its_own() -> None:
    got: list[dict[str, Any]] = []

    async def take(request: Request) -> JSONResponse:
        body = await request.body()
        message = Message("POST", request.url.path, body)
        clock = Clock()
        place = verify(
            request.headers["authorization"],
            message,
            now=clock(),
            secret_of=SECRETS.get,
            remember=lambda *_: True,
        )
        got.append({"place": place, **json.loads(body)})
        return JSONResponse({"taken": True})

    app = Starlette(routes=[Route("/gate/sms/v1/messages", take, methods=["POST"])])
    with serving(app) as address:
        connection = connection_to(f"{address}/gate", clock=Clock())
        sender = HttpSender(connection)
        sender.send(MOBILE, TEXT)
        sender.send(MOBILE, TEXT)
        connection.close()
    assert [(one["place"], one["to"], one["text"]) for one in got] == [("44", MOBILE, TEXT)] * 2
    assert got[0]["id"] != got[1]["id"]


def hang(connection: socket.socket) -> None:
    """Takes the message and says nothing until the other side has had enough."""
    connection.recv(1)


@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", b'{"taken": false}'),
        http("200 OK", b"<html>welcome</html>"),
        http("200 OK", b"{}"),
        http("302 Found", b"", "Location: http://127.0.0.1:9/"),
        http("403 Forbidden", b'{"refused": "not_sender"}'),
        http("500 Internal Server Error", b""),
        b"\x00\x01garbage",
        hang,
    ],
    ids=["not taken", "html", "empty", "elsewhere", "refused", "failing", "garbage", "slow"],
)
def test_anything_but_a_yes_is_a_service_that_is_down(
    answer: bytes | Callable[[socket.socket], None], caplog: pytest.LogCaptureFixture
) -> None:
    with answering(answer) as (address, _):
        connection = connection_to(address, timeout=0.2)
        with pytest.raises(ServiceDown) as told:
            HttpSender(connection).send(MOBILE, TEXT)
        connection.close()
    for text in (str(told.value), caplog.text):
        assert MOBILE not in text
        assert "123456" not in text


def test_a_connection_that_broke_is_tried_once_more() -> None:
    with answering(b"", http("200 OK", b'{"taken": true}')) as (address, got):
        connection = connection_to(address)
        HttpSender(connection).send(MOBILE, TEXT)
        connection.close()
        assert len(got) == 2


def test_the_portal_sends_by_the_gateway_its_settings_name(tmp_path: Path) -> None:
    settings = Settings.of(tmp_path, PRODUCTION)
    services = opening.open_services(settings, Clock())
    assert set(services.connections) == {"national", "education", "sms"}
    assert services.connections["sms"]._timeout == TIMEOUT == 3.0
    services.close()
    assert opening.open_services(Settings.of(tmp_path, {}), Clock()).connections == {}
