"""The whole collection, filled in by a person in a browser: with JavaScript and without, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.traveller import Traveller, portrait

WAYS = [
    pytest.param(360, "zh", True, id="phone-zh-js"),
    pytest.param(360, "en", False, id="phone-en-plain"),
    pytest.param(1280, "zh", False, id="desk-zh-plain"),
    pytest.param(1280, "en", True, id="desk-en-js"),
]
CITY = {"zh": ("广州市", "天河区"), "en": ("Guangzhou", "Tianhe District")}


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_the_collection_from_the_entry_page_to_the_record(
    arrive: Arrive, width: int, language: str, script: bool
) -> None:
    person = arrive(width=width, language=language, script=script)
    arrival(person)
    notice(person)
    personal(person)
    again = arrive(width=width, language=language, script=script)  # left half-way, resumed elsewhere
    again.seen = person.seen
    again.sign_in()
    again.look("resume")
    again.page.locator("main a.button-main").click()
    again.page.wait_for_url("**/steps/education")
    education(again)
    work(again, CITY[language])
    professional(again)
    awards(again)
    submission(again)


def arrival(person: Traveller) -> None:
    person.page.goto("/")
    person.look("home")
    person.page.locator("main .button-main").click()
    person.look("login")
    person.sign_in()
    person.look("start")
    person.begin()


def notice(person: Traveller) -> None:
    person.look("notice")
    person.press("next")
    expect(person.page.locator("[data-summary]")).to_be_visible()
    expect(person.page.locator("[data-summary]")).to_be_focused()
    person.look("notice-errors")
    person.page.locator('input[type=checkbox][name="pledge"]').check()
    person.next("personal")


def personal(person: Traveller) -> None:
    page = person.page
    expect(page.locator("#field-id_number")).to_contain_text("44010619880808908X")
    expect(page.locator('[name="id_number"]')).to_have_count(0)
    person.type("email", "zhang.san@example")
    person.choose("political_status", "13")
    person.press("next")
    expect(page.locator("#error-email")).to_be_visible()
    expect(page.locator("#error-portrait")).to_be_visible()
    expect(page.locator('[name="email"]')).to_have_value("zhang.san@example")
    person.look("personal-errors")
    person.choose("ethnic_group", "01")
    person.type("email", "zhang.san@example.com")
    for name in ("portrait", "id_card_portrait_side", "id_card_emblem_side"):
        person.upload(name, portrait(f"{name}.jpg"))
    if person.script:
        expect(page.locator("[data-saved]")).to_contain_text(":")
        person.look("personal-filled")
    person.next("education")


def education(person: Traveller) -> None:
    person.choose("full_time.level", "20")
    person.choose("full_time.degree", "4")
    person.type("full_time.school", "中山大学")
    person.type("full_time.major", "会计学")
    person.type("full_time.graduated", "2010-07")
    person.look("education")
    person.next("work")


def work(person: Traveller, city: tuple[str, str]) -> None:
    page = person.page
    expect(page.locator("#field-unit_name")).to_be_hidden()
    person.choose("employment_status", "student")
    expect(page.locator("#field-student_card")).to_be_visible()
    person.choose("employment_status", "accounting")
    expect(page.locator("#field-student_card")).to_be_hidden()
    expect(page.locator("#field-unit_name")).to_be_visible()
    person.choose_in_levels("division", "440106", *city)
    person.type("unit_name", "广州某某有限公司")
    person.type("unit_code", "91350100M000100Y43")
    person.type("accounting_since", "2010-08")
    person.look("work")
    person.next("professional")


def professional(person: Traveller) -> None:
    page = person.page
    for name in ("is_cpa", "is_tax_agent", "is_asset_appraiser"):
        person.choose(name, "false")
    expect(page.locator("#field-abacus_level")).to_be_hidden()
    person.choose("has_abacus_level", "true")
    expect(page.locator("#field-abacus_level")).to_be_visible()
    person.choose("abacus_level", "ordinary_1")
    for level in ("junior", "intermediate"):
        row = person.add_row("qualifications")
        person.choose(f"qualifications.{row}.type", "accounting")
        person.choose(f"qualifications.{row}.level", level)
        person.choose(f"qualifications.{row}.obtained_by", "exam")
    spare = person.add_row("talents")
    page.locator(f'button[name="_remove"][value="talents.{spare}"]').click()
    expect(page.locator('[data-rows="talents"] [data-row]')).to_have_count(0)
    expect(page.locator('[data-rows="qualifications"] [data-row]')).to_have_count(2)
    person.look("professional")
    person.next("awards")


def awards(person: Traveller) -> None:
    row = person.add_row("awards")
    person.type(f"awards.{row}.name", "先进会计工作者")
    person.choose(f"awards.{row}.level", "provincial")
    person.look("awards")
    person.next("check")


def submission(person: Traveller) -> None:
    page = person.page
    for text in ("张三", "zhang.san@example.com", "中山大学", "91350100M000100Y43", "先进会计工作者"):
        expect(page.locator("main")).to_contain_text(text)
    expect(page.locator(".thumbnail")).to_have_count(3)
    person.look("check")
    page.locator('a[href*="/steps/work#field-unit_name"]').click()
    person.type("unit_name", "广州另一家有限公司")
    person.next("check")
    expect(page.locator("main")).to_contain_text("广州另一家有限公司")
    person.press("submit")
    page.wait_for_url("**/records/**")
    person.look("record")
    record = page.url.partition("?")[0]
    page.goto(f"{record}/print")
    expect(page.locator("main")).to_contain_text("先进会计工作者")
    person.look("print")
    page.goto("/forms/accountant_collection")
    person.look("start-again")
    page.locator("main a.button-main").click()
    assert page.url == record
    change(person)


def change(person: Traveller) -> None:
    page = person.page
    page.locator('button[name="step"][value="personal"]').click()
    page.wait_for_url("**/steps/personal")
    expect(page.locator("#field-id_number")).to_contain_text("44010619880808908X")
    expect(page.locator("#field-id_number .mark-locked")).to_be_visible()
    person.type("email", "new@example.com")
    person.look("change")
    person.press("next")
    page.wait_for_url("**/records/**")
    expect(page.locator("main")).to_contain_text("new@example.com")
    person.look("change-done")
    page.locator('a[href$="/history"]').click()
    expect(page.locator("main ins")).to_have_text("new@example.com")
    person.look("change-history")
