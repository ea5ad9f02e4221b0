"""A person's own account: sessions, change of password, change of phone [S100]."""

import pytest

from examples.portal.people import DEMO_PASSWORD
from tests.portal.people import PASSWORD, ZHANG, ZHANG_MOBILE, Browser, World

NEW_MOBILE = "13700137000"


@pytest.fixture
def zhang(person: Browser) -> Browser:
    person.log_in()
    return person


def test_s148_numbers_are_masked(zhang: Browser) -> None:
    page = zhang.get("/account").text
    assert "138****8000" in page
    assert ZHANG not in page
    assert ZHANG_MOBILE not in page


def test_sessions_are_listed_and_revocable(zhang: Browser, world: World) -> None:
    phone, library = world.person(**{"user-agent": "Phone 7"}), world.person(**{"user-agent": "Library 3"})
    phone.log_in()
    world.clock.on(minutes=1)
    library.log_in()
    page = zhang.get("/account").text
    assert page.index("Library 3") < page.index("Phone 7")
    name = page.partition("Library 3")[2].partition('name="session" value="')[2].partition('"')[0]
    zhang.post("/account/sessions", {"session": name}, page="/account")
    assert library.get("/account").url.path == "/login"
    assert phone.get("/account").url.path == "/account"
    zhang.post("/account/sessions", {"others": "1"}, page="/account")
    assert phone.get("/account").url.path == "/login"
    assert zhang.get("/account").url.path == "/account"


def test_nobody_ends_somebody_elses_session(zhang: Browser, world: World) -> None:
    other = world.person()
    other.log_in("440118200002299980")
    zhang_page = world.person()
    zhang_page.log_in()
    name = zhang.get("/account").text.partition('name="session" value="')[2].partition('"')[0]
    assert name
    other.post("/account/sessions", {"session": name}, page="/account")
    assert zhang_page.get("/account").url.path == "/account"


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(zhang: Browser, world: World) -> None:
    elsewhere = world.person()
    elsewhere.log_in()
    new = {"password": PASSWORD, "password_repeat": PASSWORD}
    page = zhang.post("/account/password", {"current": "not it", **new})
    assert page.status_code == 422
    assert "The password is wrong" in page.text
    before = zhang.cookie("portal_session")
    page = zhang.post("/account/password", {"current": DEMO_PASSWORD, **new})
    assert page.url.path == "/account"
    assert zhang.cookie("portal_session") != before
    assert elsewhere.get("/account").url.path == "/login"
    assert world.person().log_in(ZHANG, DEMO_PASSWORD).status_code == 422
    assert world.person().log_in(ZHANG, PASSWORD).url.path == "/forms/accountant_collection"


def test_s31_own_numbers_and_short_passwords_are_refused(zhang: Browser) -> None:
    for password in (f"my{ZHANG_MOBILE}", ZHANG, "short"):
        new = {"current": DEMO_PASSWORD, "password": password, "password_repeat": password}
        page = zhang.post("/account/password", new)
        assert page.status_code == 422
        assert f'value="{password}"' not in page.text


def test_who_finds_a_browser_open_cannot_guess_the_password(zhang: Browser) -> None:
    new = {"current": "guess", "password": PASSWORD, "password_repeat": PASSWORD}
    statuses = [zhang.post("/account/password", new).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_s100_a_new_number_needs_its_own_code(zhang: Browser, world: World) -> None:
    assert zhang.post("/account/mobile", {"mobile": "12", "_action": "code"}).status_code == 422
    page = zhang.post("/account/mobile", {"mobile": NEW_MOBILE, "_action": "code"})
    assert "The code has been sent" in page.text
    assert world.outbox.sent[-1][0] == NEW_MOBILE
    told = {"mobile": NEW_MOBILE, "sms_code": world.outbox.code, "current": DEMO_PASSWORD}
    assert zhang.post("/account/mobile", {**told, "current": "not it"}).status_code == 422
    assert zhang.post("/account/mobile", {**told, "mobile": "13700137001"}).status_code == 422
    assert zhang.post("/account/mobile", {**told, "sms_code": ""}).status_code == 422
    assert "138****8000" in zhang.get("/account").text
    page = zhang.post("/account/mobile", told)
    assert page.url.path == "/account"
    assert "137****7000" in page.text
    assert zhang.post("/account/mobile", told).status_code == 422, "used once"


def test_s100_the_gateway_down_is_said(zhang: Browser, world: World) -> None:
    world.outbox.down = True
    page = zhang.post("/account/mobile", {"mobile": NEW_MOBILE, "_action": "code"})
    assert page.status_code == 503
    assert NEW_MOBILE in page.text
    world.outbox.down = False
    assert zhang.post("/account/mobile", {"mobile": NEW_MOBILE, "_action": "code"}).status_code == 200
    assert zhang.post("/account/mobile", {"mobile": NEW_MOBILE, "_action": "code"}).status_code == 429
