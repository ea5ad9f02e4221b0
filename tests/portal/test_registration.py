"""Registration: S12–S15, S24–S35."""

import pytest
from sqlalchemy import text

from examples.portal.accounts.sessions import token_hash
from examples.portal.people import demo_people
from tests.portal.people import ACCOUNT, COLLECTED_ELSEWHERE, NEW, PASSWORD, ZHANG, Browser, World

SEEDED = len(demo_people())
"""The accounts of the demonstration, which are there from the start."""


def test_s23_s24_s30_a_new_person_registers_and_signs_in(person: Browser) -> None:
    assert person.get("/register").url.path == "/register/eligibility"
    assert person.answer_questions().url.path == "/register/identity"
    assert person.identify().url.path == "/register/account"
    page = person.ask_code("13900139000")
    assert page.url.path == "/register/account"
    assert "13900139000" in page.text
    assert NEW in page.text, "the identity is shown to be checked: it cannot be changed later"
    page = person.post("/register/account", {**ACCOUNT, "sms_code": person.world.outbox.code})
    assert page.url.path == "/login"
    assert "You are registered" in page.text
    assert person.log_in(NEW, PASSWORD).url.path == "/forms/accountant_collection", "S39"


def test_s33_s34_s35_sex_birth_date_and_country_come_from_the_number(person: Browser, world: World) -> None:
    person.register()
    assert _person(world, NEW)["sex"] == "2"
    assert _person(world, NEW)["birth_date"] == "1990-03-07"
    assert _person(world, NEW)["country"] == "CHN"
    assert _person(world, NEW)["mobile"] == "13900139000"


@pytest.mark.parametrize(("accounting", "holds"), [("true", "true"), ("true", "false"), ("false", "true")])
def test_s14_one_yes_is_enough(person: Browser, accounting: str, holds: str) -> None:
    assert person.answer_questions(accounting, holds).url.path == "/register/identity"


def test_s13_who_belongs_to_neither_group_needs_no_account(person: Browser, world: World) -> None:
    page = person.answer_questions("false", "false")
    assert page.url.path == "/register/not-needed"
    assert "You do not need to register" in page.text
    assert "您无须进行信息采集" in person.get("/register/not-needed?lang=zh").text
    assert person.get("/register/identity").url.path == "/register/eligibility"
    posted = {**ACCOUNT, "sms_code": "123456"}
    assert person.post("/register/account", posted, page="/register").url.path == "/register/eligibility"
    assert _count(world, "portal_accounts") == SEEDED


def test_s24_no_step_can_be_passed_over(person: Browser) -> None:
    assert person.get("/register/account").url.path == "/register/eligibility"
    assert person.get("/register/check").url.path == "/register/eligibility"
    assert person.get("/register/nowhere").url.path == "/register/eligibility"
    assert person.post("/register/nowhere", {}, page="/register").url.path == "/register/eligibility"


def test_s15_collected_elsewhere_is_refused_and_pointed_to_transfer_in(person: Browser, world: World) -> None:
    page = person.register(id_number=COLLECTED_ELSEWHERE)
    assert page.status_code == 422
    assert "Transfer in" in page.text
    assert _count(world, "portal_accounts") == SEEDED


def test_s15_who_shows_no_mobile_is_not_told_what_is_known_of_a_number(person: Browser) -> None:
    person.answer_questions()
    assert person.identify(id_number=COLLECTED_ELSEWHERE).url.path == "/register/account"
    assert person.identify(id_number=ZHANG).url.path == "/register/account"
    page = person.post("/register/account", {**ACCOUNT, "sms_code": "123456"})
    assert "already registered" not in page.text


def test_s15_the_platform_down_keeps_what_was_typed_and_the_code(person: Browser, world: World) -> None:
    world.platform.down = True
    page = person.register()
    assert page.status_code == 503
    assert "national platform does not answer" in page.text
    assert "13900139000" in page.text
    assert PASSWORD not in page.text
    world.platform.down = False
    page = person.post("/register/account", {**ACCOUNT, "sms_code": world.outbox.code})
    assert page.url.path == "/login"


def test_s32_one_account_a_number_whatever_the_type(person: Browser, world: World) -> None:
    passport = {"document_type": "passport", "id_number": "e12345678", "sex": "1", "country": "USA"}
    assert person.register(**passport, birth_date="1990-01-01").url.path == "/login"
    world.clock.on(seconds=61)
    other = world.person()
    again = {**passport, "document_type": "officer_card", "id_number": "E1234 5678"}
    page = other.register(**again, birth_date="1990-01-01")
    assert page.status_code == 422
    assert "already registered" in page.text
    assert _count(world, "portal_accounts") == SEEDED + 1


def test_s32_two_who_register_the_same_number_get_one_account(person: Browser, world: World) -> None:
    other = world.person()
    for one, mobile in ((person, "13900139000"), (other, "13900139001")):
        one.answer_questions()
        one.identify()
        one.ask_code(mobile)
    first, second = world.outbox.codes
    assert person.post("/register/account", {**ACCOUNT, "sms_code": first}).url.path == "/login"
    page = other.post("/register/account", {**ACCOUNT, "mobile": "13900139001", "sms_code": second})
    assert page.status_code == 422
    assert "already registered" in page.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"password": "short", "password_repeat": "short"}, "at least 8"),
        ({"password": "Password123", "password_repeat": "Password123"}, "common"),
        ({"password": f"x{NEW}", "password_repeat": f"x{NEW}"}, "own"),
        ({"password_repeat": "another one"}, "not the same"),
        ({"sms_code": "12345"}, "6 digits"),
        ({"mobile": "12"}, "mobile"),
    ],
)
def test_s28_s31_what_is_wrong_is_told_and_no_password_comes_back(
    person: Browser, world: World, typed: dict[str, str], told: str
) -> None:
    person.answer_questions()
    person.identify()
    person.ask_code("13900139000")
    page = person.post("/register/account", {**ACCOUNT, "sms_code": world.outbox.code, **typed})
    assert page.status_code == 422
    assert told in page.text.lower() or told in page.text
    for name in ("password", "password_repeat"):
        assert {**ACCOUNT, **typed}[name] not in page.text.replace("common password", "")


def test_s29_a_wrong_or_expired_code_blocks_registration(person: Browser, world: World) -> None:
    person.answer_questions()
    person.identify()
    person.ask_code("13900139000")
    right = world.outbox.code
    wrong = "000000" if right != "000000" else "000001"
    page = person.post("/register/account", {**ACCOUNT, "sms_code": wrong})
    assert page.status_code == 422
    assert "no longer valid" in page.text
    page = person.post("/register/account", {**ACCOUNT, "mobile": "13900139009", "sms_code": right})
    assert page.status_code == 422, "bound to its number"
    world.clock.on(minutes=5, seconds=1)
    page = person.post("/register/account", {**ACCOUNT, "sms_code": right})
    assert page.status_code == 422
    assert _count(world, "portal_accounts") == SEEDED


def test_s29_asking_too_soon_or_with_the_gateway_down_is_said_and_keeps_the_number(
    person: Browser, world: World
) -> None:
    person.answer_questions()
    person.identify()
    world.outbox.down = True
    page = person.ask_code("13900139000")
    assert page.status_code == 503
    assert "could not be sent" in page.text
    world.outbox.down = False
    assert person.ask_code("13900139000").status_code == 200, "a code that was not sent costs nothing"
    page = person.ask_code("13900139000")
    assert page.status_code == 429
    assert "60 seconds" in page.text
    assert "13900139000" in page.text
    assert person.ask_code("12").status_code == 422


def test_what_is_kept_is_sealed_without_password_and_code_and_goes(person: Browser, world: World) -> None:
    person.answer_questions()
    person.identify()
    person.post("/register/account", {**ACCOUNT, "sms_code": "123456", "mobile": ""})
    assert "赵新" in person.get("/register/identity").text
    written = world.written()
    for secret in (NEW, "赵新", PASSWORD):
        assert secret not in written
    with world.office.accounts.reading() as connection:
        kept = world.office.accounts.registration(
            connection, token_hash(person.cookie("portal_guest") or ""), world.clock.now
        )
    assert kept["name"] == "赵新"
    assert not {"sms_code", "password", "password_repeat"} & set(kept)
    world.clock.on(hours=1, seconds=1)
    assert person.get("/register/identity").url.path == "/register/eligibility"


def test_nobody_sees_what_another_browser_typed(person: Browser, world: World) -> None:
    person.answer_questions()
    person.identify()
    assert world.person().get("/register/identity").url.path == "/register/eligibility"


def test_a_step_whose_token_has_run_out_comes_back_as_typed(person: Browser) -> None:
    person.answer_questions()
    person.get("/register/identity")
    typed = {"_csrf": "old", "_action": "next", "name": "钱未保存"}
    page = person.client.post("/register/identity", data=typed)
    assert page.status_code == 403
    assert "钱未保存" in page.text


def test_names_the_form_does_not_know_are_not_kept(person: Browser) -> None:
    person.post("/register/eligibility", {"does_accounting_work": "true", "holds_qualification": "false", "x": "y"})
    assert person.get("/register").url.path == "/register/identity"


def _person(world: World, number: str) -> dict[str, str]:
    with world.office.accounts.reading() as connection:
        found = world.office.accounts.by_number(connection, number)
    assert found
    return dict(found.person)


def _count(world: World, table: str) -> int:
    with world.office.accounts.reading() as connection:
        count: int = connection.execute(text(f"select count(*) from {table}")).scalar_one()  # noqa: S608 - our own name
    return count
