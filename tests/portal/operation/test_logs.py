"""The log: a line a request, an id each, and not a word of what people typed, whatever goes wrong."""

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from examples.portal.accounts.store import AccountStore
from examples.portal.operation import logs
from examples.portal.operation.logs import REQUEST_ID, JsonLines, TextLines
from tests.portal.people import ACCOUNT, IDENTITY, NEW, PASSWORD, World
from tests.web.people import picture

MOBILE = ACCOUNT["mobile"].replace(" ", "")
FORM = "/forms/accountant_collection"


class Log(io.StringIO):
    """Everything that is logged, by anybody, at any level."""

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"] == "examples.portal.requests"]


@pytest.fixture
def log() -> Iterator[Log]:
    found = Log()
    output = logging.StreamHandler(found)
    output.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(output)
    root.setLevel(logging.DEBUG)
    yield found
    root.removeHandler(output)
    root.setLevel(level)


def test_a_request_is_one_line_with_the_template_of_its_route(world: World, log: Log) -> None:
    person = world.person()
    person.get(f"/register/identity?number={NEW}")
    person.get(f"/nowhere/{NEW}")
    person.get(f"{FORM}/drafts/{NEW}/step")
    person.client.request(NEW, "/login")
    found = [(line["method"], line["route"], line["status"]) for line in log.requests]
    assert found[0] == ("GET", "/register/{step}", 303)
    assert ("GET", "-", 404) in found
    assert found[-1] == ("other", "/login", 405)
    assert any(route.startswith("/forms/") for _, route, _ in found)
    assert {"time", "level", "logger", "request_id", "milliseconds", "worker"} <= log.requests[0].keys()
    assert NEW not in log.getvalue()


@pytest.mark.parametrize("given", ["0123abcd", "A-request-of-nginx-1"])
def test_an_id_that_was_given_is_taken(world: World, log: Log, given: str) -> None:
    answer = world.person().get("/health", headers={REQUEST_ID: given})
    assert answer.headers[REQUEST_ID] == given
    assert log.requests[0]["request_id"] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "with space 123", "号码号码号码号码".encode(), NEW + "\x0b"])
def test_another_one_is_not(world: World, log: Log, given: str | bytes) -> None:
    answer = world.person().get("/health", headers={REQUEST_ID: given})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers[REQUEST_ID])


def test_nothing_of_a_person_is_logged_whatever_happens(
    tmp_path: Path, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path, development=False)
    person = world.person(base_url="https://testserver")
    person.register()
    person.log_in(NEW, "wrong words 7")
    page = person.log_in(NEW, PASSWORD)
    assert page.url.path == FORM, "signed in"
    session = person.cookie("__Host-portal_session")
    assert session
    _upload(world, person.client, page.text)
    _crash(world, monkeypatch)
    assert person.get("/account").status_code == 500
    assert person.get(FORM).status_code == 500
    told = log.getvalue()
    typed = (NEW, IDENTITY["id_number"], IDENTITY["name"], MOBILE, ACCOUNT["mobile"], PASSWORD, "wrong words 7")
    for secret in (*typed, world.outbox.code, session, "我的证件"):
        assert secret not in told
        assert json.dumps(secret).strip('"') not in told
    crashed = [line for line in log.lines if "exception" in line]
    assert len(crashed) >= 2
    assert {line["request_id"] for line in crashed} <= {line["request_id"] for line in log.requests}
    assert any(
        "accounts/store.py" in place or "test_logs.py" in place for place in crashed[0]["exception"][0]["places"]
    )


def _upload(world: World, client: Any, page: str) -> None:
    """Begins the collection and sends a picture whose name says whose it is."""
    step = client.post(FORM, data=_hidden(page))
    step = client.post(step.url, data={**_hidden(step.text), "_action": "next", "pledge": "true"})
    files = {"id_card_portrait_side": (f"我的证件 {NEW}.png", picture(413, 579), "image/png")}
    client.post(step.url, data={**_hidden(step.text), "_action": "next"}, files=files)
    assert list(world.office.files.kept()), "the picture is kept"


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(_csrf|_version)" value="([^"]+)"', page))


def _crash(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look-up of an account fails, saying all it knows of the person."""

    def broken(store: AccountStore, connection: Any, account: str) -> None:
        try:
            connection.execute(text("SELECT :number FROM nowhere"), {"number": NEW})
        except Exception as error:
            raise ValueError(f"{IDENTITY['name']} {NEW} {MOBILE}") from error

    monkeypatch.setattr(AccountStore, "by_id", broken)


def test_others_messages_are_left_out_and_ours_are_not() -> None:
    for formatter in (JsonLines(), TextLines()):
        theirs = logging.LogRecord("asyncio", logging.ERROR, "/x/y/events.py", 80, "lost %s", (NEW,), None)
        ours = logging.LogRecord("examples.portal.loop", logging.ERROR, "x.py", 1, "job %s failed", ("sweep",), None)
        assert "error at events:80" in formatter.format(theirs)
        assert NEW not in formatter.format(theirs)
        assert "job sweep failed" in formatter.format(ours)


def test_text_is_for_people() -> None:
    record = logging.LogRecord("examples.portal.requests", logging.INFO, "x.py", 1, "", (), None)
    record.request = {"method": "GET", "route": "/login", "status": 200, "milliseconds": 7}
    assert TextLines().format(record) == "GET /login 200 7 ms"


def test_it_begins_at_once_for_the_whole_process(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        logs.begin("json")
        logging.getLogger("examples.portal.requests").info("here")
        logging.getLogger("some.library").info("not asked for")
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        assert [(line["logger"], line["message"]) for line in lines] == [("examples.portal.requests", "here")]
    finally:
        logging.captureWarnings(capture=False)
        root.handlers, root.level = handlers, level
        for name in ("examples.portal", "formkit", "uvicorn.error"):
            logging.getLogger(name).setLevel(logging.NOTSET)
