"""Login, logout, forgotten password, and the sessions: S37–S40."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from examples.portal.accounts import sessions
from examples.portal.accounts.passwords import Passwords
from examples.portal.people import DEMO_PASSWORD
from examples.portal.tables import attempts
from tests.portal.people import PASSWORD, ZHANG, ZHANG_MOBILE, Browser, World

LI = "440118200002299980"
NOBODY = "44010619900307888X"


def plain(text: str) -> str:
    """A page without what changes from one to the next: tokens."""
    return re.sub(r'name="_csrf" value="[^"]+"', "", text)


@pytest.mark.parametrize(
    "typed", [ZHANG, "44010619880808908x", "440106 19880808 908x", "４４０１０６１９８８０８０８９０８Ｘ"]
)
def test_s38_s39_the_number_however_it_is_written_opens_the_collection(person: Browser, typed: str) -> None:
    assert person.log_in(typed).url.path == "/forms/accountant_collection"


def test_s40_it_is_called_denglu(person: Browser) -> None:
    page = person.get("/login?lang=zh").text
    assert "登录" in page
    assert "登陆" not in page


def test_known_and_unknown_numbers_get_the_same_words(person: Browser, world: World) -> None:
    known = person.log_in(ZHANG, "a wrong password")
    unknown = world.person().log_in(NOBODY, "a wrong password")
    assert known.status_code == unknown.status_code == 422
    assert plain(known.text).replace(ZHANG, "") == plain(unknown.text).replace(NOBODY, "")
    assert "a wrong password" not in known.text


def test_known_and_unknown_numbers_get_the_same_work(
    person: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[bool] = []
    fits = Passwords.fits

    def counted(self: Passwords, kept: str | None, password: str) -> bool:
        verified.append(kept is not None)
        return fits(self, kept, password)

    monkeypatch.setattr(Passwords, "fits", counted)
    person.log_in(ZHANG, "a wrong password")
    person.log_in(NOBODY, "a wrong password")
    assert verified == [True, False]


@pytest.mark.parametrize("number", [ZHANG, NOBODY])
def test_after_five_wrong_passwords_nobody_gets_in_for_a_while(person: Browser, world: World, number: str) -> None:
    for _ in range(5):
        assert person.log_in(number, "wrong").status_code == 422
    page = world.person().log_in(number)
    assert page.status_code == 429
    assert "15 minutes" in page.text
    assert person.log_in(LI).url.path == "/forms/accountant_collection", "others are not kept out"
    world.clock.on(minutes=15, seconds=1)
    assert (world.person().log_in(number).url.path == "/login") is (number == NOBODY)


def test_a_right_password_begins_to_count_anew(person: Browser) -> None:
    for _ in range(3):
        for _ in range(4):
            person.log_in(ZHANG, "wrong")
        assert person.log_in(ZHANG).url.path == "/forms/accountant_collection"


def test_one_place_cannot_try_number_after_number(person: Browser, world: World) -> None:
    person.log_in(NOBODY, "wrong")
    with world.office.accounts.writing() as connection:
        once = select(attempts.c.kind, attempts.c.subject, attempts.c.at).where(attempts.c.kind == "login_place")
        (counted,) = connection.execute(once).mappings().all()
        connection.execute(attempts.insert(), [dict(counted)] * 99)
    assert person.log_in(ZHANG).status_code == 429


@pytest.mark.parametrize("following", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\nb"])
def test_nobody_is_led_off_the_portal(person: Browser, following: str) -> None:
    page = person.get("/login", params={"next": following})
    assert 'name="next" value=""' in page.text
    assert person.log_in(next=following).url.path == "/forms/accountant_collection"


def test_blank_answers_are_told(person: Browser) -> None:
    page = person.post("/login", {"id_number": ZHANG, "password": ""})
    assert page.status_code == 422
    assert "errors-title" in page.text


def test_a_login_whose_token_has_run_out_keeps_the_number(person: Browser) -> None:
    typed = {"_csrf": "old", "id_number": ZHANG, "password": DEMO_PASSWORD}
    page = person.client.post("/login", data=typed)
    assert page.status_code == 403
    assert ZHANG in page.text
    assert DEMO_PASSWORD not in page.text
    assert person.cookie("portal_session") is None
    response = person.post("/login", typed, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


def test_a_session_has_a_new_id_and_only_its_hash_is_kept(person: Browser, world: World) -> None:
    person.client.cookies.set("portal_session", "chosen-by-somebody", domain="testserver.local")
    person.log_in()
    first = person.cookie("portal_session")
    person.log_in()
    second = person.cookie("portal_session")
    assert first and second and len({first, second, "chosen-by-somebody"}) == 3
    written = world.written()
    assert second not in written
    assert sessions.token_hash(second) in written
    person.client.cookies.set("portal_session", first, domain="testserver.local")
    assert person.get("/account").url.path == "/login", "the session before has ended"


def test_logout_ends_the_session_in_the_database_too(person: Browser) -> None:
    person.log_in()
    kept = person.cookie("portal_session")
    page = person.post("/logout", page="/account")
    assert "You are signed out" in page.text
    assert person.cookie("portal_session") is None
    person.client.cookies.set("portal_session", kept)
    assert person.get("/account").url.path == "/login"


def test_a_session_ends_when_idle_and_after_half_a_day(person: Browser, world: World) -> None:
    person.log_in()
    world.clock.on(minutes=61)
    assert person.get("/account").url.path == "/login"
    person.log_in()
    for _ in range(13):
        assert person.get("/account").url.path == "/account"
        world.clock.on(minutes=55)
    world.clock.on(minutes=6)
    assert person.get("/account").url.path == "/login", "12 hours are over"
    assert timedelta(hours=12) == sessions.ABSOLUTE


def test_cookies_over_https_are_of_this_host_alone(world: World) -> None:
    person = world.person(base_url="https://testserver")
    given = [*person.get("/login").headers.get_list("set-cookie"), *_posted_cookies(person)]
    assert {one.partition("=")[0] for one in given} == {"__Host-portal_guest", "__Host-portal_session"}
    for one in given:
        assert "Secure" in one and "HttpOnly" in one and "Path=/" in one
        assert "domain" not in one.lower()
    assert person.get("/account").url.path == "/account"


def _posted_cookies(person: Browser) -> list[str]:
    answer: Any = person.post("/login", {"id_number": ZHANG, "password": DEMO_PASSWORD}, follow_redirects=False)
    return list(answer.headers.get_list("set-cookie"))


def test_s37_a_forgotten_password(person: Browser, world: World) -> None:
    elsewhere = world.person()
    elsewhere.log_in()
    page = person.post("/forgotten", {"id_number": ZHANG.lower(), "_action": "code"})
    assert "a code has been sent to the mobile" in page.text
    assert world.outbox.sent[-1][0] == ZHANG_MOBILE
    answers = {"id_number": ZHANG, "sms_code": world.outbox.code, "password": PASSWORD, "password_repeat": PASSWORD}
    page = person.post("/forgotten", answers)
    assert page.url.path == "/login"
    assert "new password is set" in page.text
    assert elsewhere.get("/account").url.path == "/login", "every session has ended"
    assert person.log_in(ZHANG, DEMO_PASSWORD).status_code == 422
    assert person.log_in(ZHANG, PASSWORD).url.path == "/forms/accountant_collection"
    assert person.client.get("/logout").status_code == 405
    assert world.person().post("/forgotten", answers).status_code == 422, "a code is used once"


def test_s37_unknown_numbers_get_the_same_words_and_no_message(person: Browser, world: World) -> None:
    told = []
    for number in (ZHANG, NOBODY):
        someone = world.person()
        pages = [someone.post("/forgotten", {"id_number": number, "_action": "code"}) for _ in range(2)]
        answers = {"id_number": number, "sms_code": "000000", "password": PASSWORD, "password_repeat": PASSWORD}
        pages.append(someone.post("/forgotten", answers))
        told.append([(page.status_code, plain(page.text).replace(number, "")) for page in pages])
    assert told[0] == told[1]
    assert [status for status, _ in told[0]] == [200, 429, 422]
    assert len(world.outbox.sent) == 1


def test_s37_codes_for_other_purposes_do_not_tell_that_there_is_an_account(person: Browser, world: World) -> None:
    person.answer_questions()
    person.identify()
    person.ask_code(ZHANG_MOBILE)
    page = person.post("/forgotten", {"id_number": ZHANG, "_action": "code"})
    assert page.status_code == 200
    answers = {"sms_code": world.outbox.code, "password": PASSWORD, "password_repeat": PASSWORD}
    page = person.post("/forgotten", {"id_number": ZHANG, **answers})
    assert page.status_code == 422, "a code for registration opens nothing else"


def test_s37_own_numbers_make_no_password(person: Browser, world: World) -> None:
    person.post("/forgotten", {"id_number": ZHANG, "_action": "code"})
    for password in (f"x{ZHANG_MOBILE}", ZHANG):
        answers = {"id_number": ZHANG, "sms_code": world.outbox.code}
        page = person.post("/forgotten", {**answers, "password": password, "password_repeat": password})
        assert page.status_code == 422
        assert "no longer valid" not in page.text


def test_s37_five_codes_a_day_for_a_number(person: Browser, world: World) -> None:
    for _ in range(5):
        assert person.post("/forgotten", {"id_number": NOBODY, "_action": "code"}).status_code == 200
        world.clock.on(seconds=61)
    page = person.post("/forgotten", {"id_number": NOBODY, "_action": "code"})
    assert page.status_code == 429
    assert "24 hours" in page.text
