"""The pages nobody hopes to see, and a student's and a foreigner's way: fit to be seen too."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from formkit.compiler import Compiler
from formkit.editions import publish, read_edition
from tests.forms_seed.filled import FORMS
from tests.journeys.conftest import Arrive
from tests.journeys.traveller import Traveller
from tests.portal.transfers.provinces import Province

WAYS = [pytest.param(360, "zh", False, id="phone-zh-plain"), pytest.param(1280, "en", True, id="desk-en-js")]


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_two_tabs_the_second_is_told_and_keeps_its_words(
    arrive: Arrive, width: int, language: str, script: bool
) -> None:
    one = reach_personal(arrive(width=width, language=language, script=script))
    two = reach_personal(arrive(width=width, language=language, script=script))
    one.type("email", "one@example.com")
    one.press("save")
    expect(one.page.locator('[name="email"]')).to_have_value("one@example.com")
    two.type("email", "two@example.com")
    two.press("save")
    expect(two.page.locator("dl.answers")).to_contain_text("one@example.com")
    expect(two.page.locator("dl.answers")).to_contain_text("two@example.com")
    two.look("conflict")
    two.page.locator("main form .button-main").click()
    expect(two.page.locator('[name="email"]')).to_have_value("two@example.com")


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_what_is_not_there_and_who_is_not_let_in(arrive: Arrive, width: int, language: str, script: bool) -> None:
    person = arrive(width=width, language=language, script=script)
    person.sign_in("wang")
    person.page.goto("/forms/accountant_collection/drafts/none/steps/notice")
    person.look("not-found")
    person.page.locator("main .button-main").click()
    expect(person.page).to_have_title(
        {"zh": "首页 - 广东省会计信息服务平台", "en": "Home - Guangdong Accounting Information Service Platform"}[
            language
        ]
    )


def test_a_wrong_file_is_told_at_its_field(arrive: Arrive) -> None:
    for script in (True, False):
        person = reach_personal(arrive(width=360, script=script))
        wrong = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"GIF89a" + bytes(20_000)}
        person.type("email", "kept@example.com")
        person.page.locator('input[type=file][name="portrait"]').set_input_files(wrong)  # type: ignore[arg-type]
        if not script:
            person.press("save")
        expect(person.page.locator("#error-portrait")).to_be_visible()
        expect(person.page.locator('[name="email"]')).to_have_value("kept@example.com")
        person.look("wrong-file")


def test_what_is_typed_saves_itself_and_survives_a_closed_browser(arrive: Arrive) -> None:
    person = reach_personal(arrive())
    with person.page.expect_response(lambda response: response.request.method == "POST"):
        person.type("email", "half@typed")
    person.page.context.close()
    again = reach_personal(arrive())
    expect(again.page.locator('[name="email"]')).to_have_value("half@typed")


def test_a_permit_holder_is_asked_for_other_pictures(arrive: Arrive) -> None:
    person = reach_personal(arrive(), "wang")
    expect(person.page.locator('input[type=file][name="document_front"]')).to_be_visible()
    expect(person.page.locator('input[type=file][name="id_card_portrait_side"]')).to_be_hidden()
    person.look("permit-holder")


def test_the_language_can_be_changed_at_any_page(arrive: Arrive) -> None:
    person = reach_personal(arrive())
    person.page.locator('header a[lang="en"]').click()
    expect(person.page.locator("h1")).to_contain_text("Personal information")
    person.press("back")
    expect(person.page.locator("h1")).to_contain_text("Before you begin")


def reach_personal(person: Traveller, who: str = "zhang") -> Traveller:
    """Signed in, begun or gone on with, and past the first page."""
    person.sign_in(who)
    button = person.page.locator("main a.button-main")
    if button.count():
        button.click()
    else:
        person.begin()
    if "/steps/notice" in person.page.url:
        person.page.locator('input[type=checkbox][name="pledge"]').check()
        person.next("personal")
    expect(person.page.locator('[name="email"]')).to_be_visible()
    return person


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_who_comes_back_to_a_new_edition_is_told_what_changed(
    arrive: Arrive, province: Province, tmp_path: Path, width: int, language: str, script: bool
) -> None:
    person = reach_personal(arrive(width=width, language=language, script=script))
    person.type("email", "kept@example.com")
    person.press("save")
    draft = person.page.url.partition("/steps/")[0]
    shutil.copytree(FORMS, tmp_path / "forms")
    file = tmp_path / "forms" / "accountant_collection.yaml"
    text = file.read_text("utf-8").replace("edition: 2023-05-26", "edition: 2024-09-26")
    email = "          email: # [S50]\n"
    phone = "          landline: {type: text, label: {zh: 座机号码, en: Landline}, required: true}\n"
    file.write_text(text.replace(email, phone + email), "utf-8")
    edition = read_edition(file, "accountant_collection", Compiler())
    publish(province.office.store, edition, compiler=Compiler(), at=province.office.clock(), actor="officer")
    forms = province.office.policy.forms
    for _ in range(200):  # until the process has looked: within a second
        if forms["accountant_collection"].edition == "2024-09-26":
            break
        person.page.wait_for_timeout(20)
    person.page.goto(draft)
    expect(person.page.locator("main")).to_contain_text({"zh": "座机号码", "en": "Landline"}[language])
    person.look("new-edition")
    person.page.locator("main form .button-main").click()
    expect(person.page.locator('[name="email"]')).to_have_value("kept@example.com")
    expect(person.page.locator('[name="landline"]')).to_be_visible()
