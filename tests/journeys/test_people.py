"""Other people than the first: a student, a foreigner with a passport, and who changes on file."""

import secrets
from typing import Any

import pytest
from playwright.sync_api import expect

from examples.portal.accounts.model import Account
from examples.portal.demo import seed_demo
from examples.portal.people import DEMO_PASSWORD, demo_people
from tests.journeys.conftest import Arrive
from tests.journeys.traveller import Traveller, portrait
from tests.portal.transfers.provinces import Province

BROWSERS = [pytest.param(360, "zh", False, id="phone-plain"), pytest.param(1280, "zh", True, id="desk-js")]
LI = "440118200002299980"
PASSPORT = {
    "name": "John Smith",
    "document_type": "passport",
    "id_number": "E12345678",
    "sex": "1",
    "country": "GBR",
    "birth_date": "1980-01-02",
    "mobile": "13800138077",
    "does_accounting_work": True,
    "holds_qualification": False,
}


def begin(person: Traveller, number: str) -> None:
    """Signs in, starts, and makes the pledge."""
    person.page.goto("/login")
    person.log_in(number, DEMO_PASSWORD)
    person.begin()
    person.page.locator('input[type=checkbox][name="pledge"]').check()
    person.next("personal")


def education(person: Traveller) -> None:
    typed = {"school": "中山大学", "major": "会计学", "graduated": "2020-07"}
    person.choose("full_time.level", "20")
    person.choose("full_time.degree", "4")
    for name, text in typed.items():
        person.type(f"full_time.{name}", text)
    person.next("work")


def the_rest(person: Traveller) -> None:
    """No certificates, no qualifications, no awards; submitted."""
    for name in ("is_cpa", "is_tax_agent", "is_asset_appraiser", "has_abacus_level"):
        person.choose(name, "false")
    person.next("awards")
    person.next("check")
    person.press("submit")
    person.page.wait_for_url("**/records/**")


@pytest.mark.parametrize(("width", "language", "script"), BROWSERS)
def test_a_student(arrive: Arrive, width: int, language: str, script: bool) -> None:
    person = arrive(width=width, language=language, script=script)
    begin(person, LI)
    person.choose("ethnic_group", "01")
    person.choose("political_status", "13")
    person.type("email", "li@example.com")
    for name in ("portrait", "id_card_portrait_side", "id_card_emblem_side"):
        person.upload(name, portrait(f"{name}.jpg"))
    person.next("education")
    education(person)
    person.choose("employment_status", "student")
    person.choose_in_levels("division", "440106", "广州市", "天河区")
    person.press("next")
    expect(person.page.locator("#error-student_card")).to_be_visible()
    person.upload("student_card", portrait("student_card.jpg"))
    person.look("student-work")
    person.next("professional")
    the_rest(person)
    expect(person.page.locator("main")).to_contain_text("student_card.jpg")
    person.look("student-record")


@pytest.mark.parametrize(("width", "language", "script"), BROWSERS)
def test_a_foreigner_with_a_passport(
    arrive: Arrive, province: Province, width: int, language: str, script: bool
) -> None:
    _registered(province, PASSPORT)
    person = arrive(width=width, language=language, script=script)
    begin(person, PASSPORT["id_number"])
    page = person.page
    expect(page.locator("#field-country")).to_contain_text("英国")
    expect(page.locator('input[type=file][name="id_card_portrait_side"]')).to_be_hidden()
    person.type("email", "john@example.com")
    for name in ("portrait", "document_page"):
        person.upload(name, portrait(f"{name}.jpg"))
    person.look("passport-personal")
    person.next("education")
    education(person)
    person.choose("employment_status", "accounting")
    person.choose_in_levels("division", "440106", "广州市", "天河区")
    person.type("unit_name", "广州某某有限公司")
    person.type("unit_code", "91350100M000100Y43")
    person.type("accounting_since", "2010-08")
    person.next("professional")
    the_rest(person)
    expect(page.locator("main")).to_contain_text("E12345678")
    person.look("passport-record")


@pytest.mark.parametrize(("width", "language", "script"), BROWSERS)
def test_a_change_with_the_lock_of_continuing_education_and_without(
    arrive: Arrive, province: Province, width: int, language: str, script: bool
) -> None:
    known = demo_people()["li"].facts
    own = {name: known[name] for name in ("name", "id_number", "sex", "birth_date", "mobile")}
    record = province.collect(LI, **own)
    person = arrive(width=width, language=language, script=script)
    page = person.page
    page.goto("/login")
    person.log_in(LI, DEMO_PASSWORD)
    url = f"/forms/accountant_collection/records/{record.id}"
    page.goto(url)
    page.locator('button[name="step"][value="work"]').click()
    expect(page.locator("#field-division")).to_contain_text("行政区划不能修改")
    expect(page.locator("#field-division select")).to_have_count(0)
    person.look("change-locked")
    person.type("unit_name", "广州新的有限公司")
    person.press("next")
    page.wait_for_url("**/records/**")
    expect(page.locator("main")).to_contain_text("广州新的有限公司")
    page.goto("/education")
    person.look("education-open")
    page.locator('button[name="course"]').first.click()
    page.wait_for_url("**finished=1")
    page.goto(url)
    page.locator('button[name="step"][value="work"]').click()
    person.choose_in_levels("division", "440105", "广州市", "海珠区")
    person.press("next")
    page.wait_for_url("**/records/**")
    expect(page.locator("main")).to_contain_text("海珠区")
    person.look("change-unlocked")


@pytest.mark.parametrize(("width", "language", "script"), BROWSERS)
def test_a_transfer_that_was_refused(
    arrive: Arrive, province: Province, width: int, language: str, script: bool
) -> None:
    seed_demo(province.office, province.clock())
    person = arrive(width=width, language=language, script=script)
    page = person.page
    page.goto("/login")
    person.log_in(str(demo_people()["sun"].facts["id_number"]), DEMO_PASSWORD)
    page.goto("/forms/transfer_out")
    person.look("transfer-refused-start")
    page.locator("section a.button").first.click()
    expect(page.locator("main")).to_contain_text("审核不通过")
    expect(page.locator("main")).to_contain_text("电子邮箱")
    person.look("transfer-refused")


def _registered(province: Province, known: dict[str, Any]) -> None:
    office = province.office
    account = Account(secrets.token_hex(16), known, office.passwords.hash(DEMO_PASSWORD), office.clock())
    with office.accounts.writing() as connection:
        office.accounts.add(connection, account)
