"""Every door of the accounts: who may open it, tokens on every post, headers on every answer, quiet logs."""

import logging

import pytest
from sqlalchemy.exc import OperationalError

from examples.portal.accounts.model import ServiceDown
from examples.portal.accounts.passwords import LANES, MEMORY_KIB, PASSES, Passwords
from examples.portal.accounts.store import AccountStore
from examples.portal.app import DOORS as ROUTES
from examples.portal.web.doors import ROLES, Access, Door
from formkit.web.headers import SECURITY_HEADERS
from tests.portal.people import ACCOUNT, NEW, ZHANG, ZHANG_MOBILE, Browser, World

TABLE = {
    "GET /login": "anyone",
    "POST /login": "anyone",
    "POST /login/demo": "development",
    "POST /logout": "anyone",
    "GET /forgotten": "anyone",
    "POST /forgotten": "anyone",
    "GET /register": "anyone",
    "GET /register/not-needed": "anyone",
    "GET /register/{step}": "anyone",
    "POST /register/{step}": "anyone",
    "GET /account": "person",
    "POST /account/sessions": "person",
    "GET /account/password": "person",
    "POST /account/password": "person",
    "GET /account/mobile": "person",
    "POST /account/mobile": "person",
    "GET /development/messages": "development",
    "GET /static/{version}/{file}": "anyone",
    "GET /": "anyone",
    "GET /notice": "anyone",
    "GET /contacts": "anyone",
    "GET /transfer": "anyone",
    "GET /transfer/in": "anyone",
    "POST /transfer/in": "anyone",
    "GET /transfer/in/confirm": "anyone",
    "POST /transfer/in/confirm": "anyone",
    "GET /education": "person",
    "POST /education": "person",
    "GET /staff": "staff",
    "GET /staff/login": "anyone",
    "POST /staff/login": "anyone",
    "POST /staff/logout": "staff",
    "GET /staff/password": "staff",
    "POST /staff/password": "staff",
    "GET /staff/colleagues": "city",
    "POST /staff/colleagues": "city",
    "POST /staff/colleagues/access": "city",
    "GET /staff/search": "staff",
    "POST /staff/search": "staff",
    "GET /staff/files/{record}": "department",
    "POST /staff/files/{record}": "department",
    "GET /staff/files/{record}/attachments/{file}": "department",
    "POST /staff/files/export": "department",
    "POST /staff/files/{record}/transitions/{transition}": "department",
    "GET /staff/reviews": "department",
    "GET /staff/transfers": "department",
    "GET /staff/figures": "department",
    "POST /staff/figures/export": "department",
}
POSTS = [door for door in ROUTES if door.method == "POST" and door.access not in ROLES]
"""What staff may post is held against all of this in tests/portal/staff."""


def at(door: Door) -> str:
    return door.path.replace("{step}", "eligibility")


def test_every_door_is_in_the_table() -> None:
    assert {f"{door.method} {door.path}": str(door.access) for door in ROUTES} == TABLE


@pytest.mark.parametrize("door", [one for one in ROUTES if one.access is Access.PERSON], ids=lambda one: one.path)
def test_a_persons_door_leads_nobody_to_the_login(person: Browser, door: Door) -> None:
    if door.method == "GET":
        assert person.get(door.path).url.path == "/login"
    else:
        assert person.post(door.path, {"session": "x"}, page="/login").url.path == "/login"


@pytest.mark.parametrize("door", POSTS, ids=lambda one: one.path)
def test_every_post_needs_its_token_and_comes_from_here(person: Browser, door: Door) -> None:
    person.log_in()
    typed = {"x": "y"}
    for data, headers in ((typed, {}), ({"_csrf": "made up"}, {}), (typed, {"sec-fetch-site": "cross-site"})):
        answer = person.client.post(at(door), data=data, headers=headers)
        assert answer.status_code == 403
    assert person.client.post(at(door), content=b"%zz", headers=FORM).status_code == 400
    assert person.client.post(at(door), content=b"a=" + b"x" * 50_000, headers=FORM).status_code == 413
    assert person.get("/account").url.path == "/account", "still signed in"


FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_every_answer_keeps_to_itself(person: Browser) -> None:
    person.log_in()
    for path in ("/", "/login", "/register", "/forgotten", "/account", "/nowhere", "/static/x/y.css"):
        answer = person.get(path)
        for name, value in SECURITY_HEADERS.items():
            assert answer.headers[name] == value, path
        assert answer.status_code == (404 if "nowhere" in path or "static" in path else 200)


def test_styles_are_served_for_ever(person: Browser) -> None:
    url = person.get("/login").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = person.get(url)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers


def test_no_number_stands_in_a_url_or_a_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    person = world.person()
    urls = [page.url for page in (person.register(), person.log_in(ZHANG, "wrong"), person.log_in())]
    urls += [person.post("/forgotten", {"id_number": ZHANG, "_action": "code"}).url]
    told = "\n".join([*map(str, urls), *(record.getMessage() for record in caplog.records)])
    for number in (NEW, ZHANG, ZHANG_MOBILE, ACCOUNT["mobile"].replace(" ", "")):
        assert number not in told


def test_the_database_gone_is_told_without_details(person: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("select 440106", {}, Exception("disk"))

    monkeypatch.setattr(AccountStore, "by_number", broken)
    page = person.log_in()
    assert page.status_code == 503
    assert "busy" in page.text
    assert "select" not in page.text.partition("<main")[2]


def test_passwords_are_argon2id_as_decided() -> None:
    kept = Passwords().hash("secret words")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert (MEMORY_KIB, PASSES, LANES) == (19456, 2, 1)
    assert Passwords().fits(kept, "secret words")
    assert not Passwords().fits(kept, "other words")
    assert not Passwords().fits(None, "secret words")


def test_only_so_many_passwords_are_hashed_at_once() -> None:
    passwords = Passwords(at_once=1, patience=0.01)
    with passwords._place(), pytest.raises(ServiceDown):
        passwords.hash("secret words")
    assert passwords.hash("secret words")
