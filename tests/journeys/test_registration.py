"""A new person registers, signs in and starts the collection: with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.traveller import Traveller

WAYS = [
    pytest.param(360, "zh", True, id="phone-zh-js"),
    pytest.param(360, "en", False, id="phone-en-plain"),
    pytest.param(1280, "zh", False, id="desk-zh-plain"),
    pytest.param(1280, "en", True, id="desk-en-js"),
]
NUMBER = "44010619900307888X"
PASSWORD = "一句容易记住的话 7"  # noqa: S105 - of an invented person
OTHER_PASSWORD = "another phrase to remember"  # noqa: S105 - as above


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_a_new_person_registers_and_starts_the_collection(
    arrive: Arrive, width: int, language: str, script: bool
) -> None:
    person = arrive(width=width, language=language, script=script)
    person.page.goto("/")
    person.page.locator('main a[href="/register"]').click()
    person.look("eligibility")
    answer_questions(person)
    identify(person)
    open_account(person, arrive)
    person.look("registered")
    person.log_in(NUMBER, PASSWORD)
    person.page.wait_for_url("**/forms/accountant_collection")
    person.begin()
    own_account(person)


def answer_questions(person: Traveller) -> None:
    for name in ("does_accounting_work", "holds_qualification"):
        person.choose(name, "false")
    person.press("next")
    person.page.wait_for_url("**/register/not-needed")
    person.look("not-needed")
    person.page.locator('main a[href="/register/eligibility"]').click()
    person.choose("does_accounting_work", "true")
    person.press("next")
    person.page.wait_for_url("**/register/identity")


def identify(person: Traveller) -> None:
    person.look("identity")
    person.press("next")
    expect(person.page.locator("[data-summary]")).to_be_visible()
    person.look("identity-errors")
    person.type("name", "赵新")
    person.choose("document_type", "resident_id")
    person.type("id_number", NUMBER.lower())
    person.press("next")
    person.page.wait_for_url("**/register/account")


def open_account(person: Traveller, arrive: Arrive) -> None:
    page = person.page
    expect(page.locator("main dl")).to_contain_text(NUMBER)
    person.type("mobile", "13900139000")
    page.locator('button[name="_action"][value="code"]').click()
    page.wait_for_url("**/register/account?done=code_sent*")
    person.look("account")
    person.type("sms_code", newest_code(arrive))
    person.type("password", PASSWORD)
    person.type("password_repeat", "another")
    person.press("next")
    expect(page.locator("#error-password_repeat")).to_be_visible()
    expect(page.locator('[name="password"]')).to_have_value("")
    person.look("account-errors")
    person.type("password", PASSWORD)
    person.type("password_repeat", PASSWORD)
    person.press("next")
    page.wait_for_url("**/login?registered=1")


def own_account(person: Traveller) -> None:
    page = person.page
    page.goto("/account")
    person.look("own-account")
    page.goto("/account/password")
    person.look("change-password")
    person.type("current", PASSWORD)
    person.type("password", OTHER_PASSWORD)
    person.type("password_repeat", OTHER_PASSWORD)
    person.press("next")
    page.wait_for_url("**/account?done=password_changed")
    page.goto("/account/mobile")
    person.look("change-mobile")
    page.goto("/forgotten")
    person.look("forgotten")
    page.goto("/development/messages")
    person.look("messages")


def newest_code(arrive: Arrive) -> str:
    """As a developer reads it, in a tab of their own."""
    developer = arrive()
    developer.page.goto("/development/messages")
    found = re.search(r"[0-9]{6}", developer.page.locator("[data-message]").first.inner_text())
    assert found
    return found[0]
