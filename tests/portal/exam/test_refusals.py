"""Requests that are not answered: each with its status, a code for programs and a sentence, in JSON."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx import Response
from sqlalchemy.exc import OperationalError
from starlette.routing import Mount, Route

from examples.portal.accounts.store import AccountStore
from examples.portal.exam.callers import CLIENT, NUMBER
from examples.portal.exam.doors import PREFIX
from tests.portal.exam.examiners import CHECKS, ENVIRONMENT, Archive, Examiner, question, secret_of
from tests.portal.people import NEW, PRODUCTION, ZHANG, World

BODY = json.dumps(question()).encode()


def refused(answer: Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["message"]
    assert ZHANG not in answer.text


def test_who_does_not_sign_is_not_answered(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    bare = examiner.http.post(CHECKS, content=BODY, headers={"content-type": "application/json"})
    refused(bare, 401, "signature_missing")
    assert bare.headers["www-authenticate"] == "Formkit-HMAC-SHA256"
    refused(examiner.send(BODY, authorization="Bearer abc"), 401, "signature_malformed")
    refused(examiner.send(BODY, authorization="x" * 9000), 401, "signature_malformed")
    refused(examiner.send(BODY, authorization=examiner.signed(BODY, late=301)), 401, "signature_untimely")
    refused(examiner.send(BODY, authorization=examiner.signed(BODY, late=-301)), 401, "signature_untimely")
    refused(examiner.send(BODY, authorization=examiner.signed(BODY + b" ")), 401, "signature_wrong")
    refused(examiner.send(BODY, authorization=examiner.signed(BODY, path="/exam/v1/other")), 401, "signature_wrong")
    stranger = Examiner(examiner.world, name="stranger", secret=bytes(32))
    refused(stranger.ask(question()), 401, "signature_wrong")
    thief = Examiner(examiner.world, name="other_exam", secret=secret_of("exam"))
    refused(thief.ask(question()), 401, "signature_wrong")
    for late in (299, -299):
        assert examiner.send(BODY, authorization=examiner.signed(BODY, late=late)).status_code == 200


def test_nothing_but_the_description_is_open_to_who_does_not_sign(shared: Examiner) -> None:
    mount = next(one for one in shared.world.app.routes if getattr(one, "path", "") == PREFIX)
    assert isinstance(mount, Mount)
    routes = {route.path: route.methods for route in mount.routes if isinstance(route, Route)}
    assert routes == {"/checks": {"POST"}, "/openapi.json": {"GET", "HEAD"}}
    signed_in = shared.world.person()
    signed_in.log_in()
    refused(
        signed_in.client.post(CHECKS, content=BODY, headers={"content-type": "application/json"}),
        401,
        "signature_missing",
    )


def test_the_same_request_is_taken_once_in_whichever_process(examiner: Examiner, archive: Archive) -> None:
    once = examiner.signed(BODY)
    assert examiner.send(BODY, authorization=once).status_code == 200
    refused(examiner.send(BODY, authorization=once), 403, "signature_replayed")
    world = examiner.world
    again = World(world.data, clock=world.clock, environment=world.environment)
    refused(Examiner(again).send(BODY, authorization=once), 403, "signature_replayed")
    world.clock.on(minutes=6)
    refused(examiner.send(BODY, authorization=once), 401, "signature_untimely")
    assert examiner.ask(question()).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "json_malformed"),
        (b'{"number": "4401', 400, "json_malformed"),
        (b'{"number": "1", "number": "2", "name": "x"}', 400, "json_name_twice"),
        (b"\xff\xfe", 400, "body_not_utf8"),
        (b'{"number": "1\\u0000", "name": "x"}', 400, "body_has_nul"),
        (b'{"number": NaN, "name": "x"}', 400, "json_number"),
        (b'{"items": ' + b"[" * 9 + b"]" * 9 + b"}", 400, "json_too_deep"),
        (b"[" * 30_000, 400, "json_too_deep"),
        (b'{"number": "' + b"4" * 64 * 1024 + b'"}', 413, "body_too_large"),
        (b" " * 10_000_000, 413, "body_too_large"),
    ],
    ids=lambda one: str(one)[:20],
)
def test_bodies_that_are_not_believed(shared: Examiner, body: bytes, status: int, code: str) -> None:
    refused(shared.send(body), status, code)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examiner]:
    """One portal for what leaves nothing behind."""
    yield Examiner(World(tmp_path_factory.mktemp("exam"), environment=ENVIRONMENT))


def test_a_body_that_breaks_off(shared: Examiner) -> None:
    refused(shared.send(BODY, **{"content-length": str(len(BODY) + 10)}), 400, "body_truncated")


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_only_json_is_read(shared: Examiner, kind: str) -> None:
    refused(shared.send(BODY, **{"content-type": kind}), 415, "body_not_json")


def test_other_addresses_and_methods_answer_in_json_too(shared: Examiner) -> None:
    refused(shared.http.get("/exam/v1/people"), 404, "no_address")
    refused(shared.http.get(CHECKS), 405, "wrong_method")
    assert shared.http.get(CHECKS).headers["allow"] == "POST"


def test_the_sentence_is_in_the_language_asked_for(shared: Examiner) -> None:
    for language, words in (("zh-CN,zh;q=0.9", "没有签名"), ("en-GB", "not signed"), ("fr", "没有签名")):
        answer = shared.send(BODY, authorization="", **{"accept-language": language})
        assert words in answer.json()["message"]


def test_a_client_asks_so_often_and_another_is_not_held_up(examiner: Examiner, monkeypatch: pytest.MonkeyPatch) -> None:
    few = 3
    monkeypatch.setattr("examples.portal.exam.callers.CLIENT", replace(CLIENT, most=few))
    for _ in range(few):
        assert examiner.send(b"[]").status_code == 422
    answer = examiner.ask(question())
    refused(answer, 429, "too_many_questions")
    assert answer.headers["retry-after"] == "60"
    assert examiner.other().ask(question()).status_code == 200
    examiner.world.clock.on(seconds=61)
    assert examiner.ask(question()).status_code == 200


def test_nobodys_answers_are_found_by_asking_until_they_match(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    for asked in range(NUMBER.most):
        written = ZHANG if asked % 2 else f" {ZHANG.lower()} "
        assert examiner.ask(question(written, division="440106")).status_code == 200
    refused(examiner.ask(question(division="440106")), 429, "too_many_about_one")
    refused(examiner.other().ask(question(division="440106")), 429, "too_many_about_one")
    assert examiner.ask(question(NEW)).status_code == 200
    examiner.world.clock.on(days=1, seconds=1)
    assert examiner.ask(question(division="440106")).status_code == 200


def test_the_database_gone_is_told_without_details(examiner: Examiner, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("select 440106", {}, Exception("disk"))

    monkeypatch.setattr(AccountStore, "by_number", broken)
    answer = examiner.ask(question())
    refused(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "5"
    assert "select" not in answer.text


def test_a_fault_nobody_foresaw_is_told_without_details(examiner: Examiner, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(ZHANG)

    monkeypatch.setattr(AccountStore, "by_number", broken)
    refused(examiner.ask(question()), 500, "failed")


def test_without_clients_nobody_is_answered(tmp_path: object, examiner: Examiner) -> None:
    nobody = World(examiner.world.data, development=False)
    assert "PORTAL_EXAM_CLIENTS" not in PRODUCTION
    refused(Examiner(nobody).ask(question()), 401, "signature_wrong")
