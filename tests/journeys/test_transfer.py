"""跨省调转 in a browser: out of Guangdong until it is withdrawn, refused or received, and into it from Hunan."""

import pytest
from playwright.sync_api import expect

from examples.portal.people import DEMO_PASSWORD
from examples.portal.services.national import NationalClient, TransferOut
from tests.journeys.conftest import Arrive
from tests.journeys.traveller import Traveller, portrait
from tests.portal.people import PASSWORD, ZHANG
from tests.portal.services.serving import connection_to
from tests.portal.transfers.provinces import Nation, Province

BROWSERS = [
    pytest.param(360, "zh", True, id="phone-zh-js"),
    pytest.param(1280, "en", False, id="desk-en-plain"),
]
ARRIVES = "430101199001019997"


def leave(person: Traveller) -> str:
    """Applies; the address of the application."""
    page = person.page
    page.goto("/transfer")
    person.look("transfer")
    page.locator('a[href="/forms/transfer_out"]').click()
    if "/login" in page.url:
        person.log_in(ZHANG, DEMO_PASSWORD)
    person.begin()
    person.choose_in_levels("destination", "430100", "湖南省" if person.zh else "Hunan", "长沙市")
    person.type("reason", "工作单位变动")
    person.upload("attachments", portrait("proof.jpg"))
    person.look("transfer-application")
    person.next("check")
    person.look("transfer-check")
    person.press("submit")
    page.wait_for_url("**/records/**")
    person.look("transfer-pending")
    return page.url.partition("?")[0]


@pytest.mark.parametrize(("width", "language", "script"), BROWSERS)
def test_out_approved_withdrawn_again_and_refused(
    arrive: Arrive, province: Province, width: int, language: str, script: bool
) -> None:
    province.collect()
    person = arrive(width=width, language=language, script=script)
    application, page = leave(person), person.page
    page.goto("/forms/accountant_collection")
    page.locator("main a.button-plain, main a.button-main").first.click()
    person.look("transfer-file-read-only")
    expect(page.locator('button[name="step"]')).to_have_count(0)
    _days_later(person, province)
    page.goto(application)
    person.look("transfer-approved")
    page.locator('a[href$="/transitions/withdraw"]').click()
    person.look("transfer-withdraw")
    page.locator("main form .button-main").click()
    page.wait_for_url("**/records/**")
    expect(page.locator("main")).to_contain_text("已撤回" if person.zh else "Withdrawn")
    person.look("transfer-withdrawn")
    page.goto("/education")
    person.look("education")


@pytest.mark.parametrize(("width", "language", "script"), BROWSERS)
def test_in_from_hunan(
    arrive: Arrive, nation: Nation, province: Province, width: int, language: str, script: bool
) -> None:
    _let_go_by_hunan(nation, province)
    person = arrive(width=width, language=language, script=script)
    page = person.page
    page.goto("/transfer")
    page.locator('a[href="/transfer/in"]').click()
    person.type("name", "赵六")
    person.type("id_number", ARRIVES)
    person.type("mobile", "13700137000")
    labels = ("广州市", "天河区") if person.zh else ("Guangzhou", "Tianhe District")
    person.choose_in_levels("division", "440106", *labels)
    page.locator('button[name="_action"][value="code"]').click()
    page.wait_for_url("**done=code_sent**")
    person.look("arriving")
    code = province.office.sender.messages[0].text  # type: ignore[attr-defined]
    person.type("sms_code", "".join(filter(str.isdigit, code))[:6])
    person.press("next")
    page.wait_for_url("**/confirm")
    person.type("password", PASSWORD)
    person.type("password_repeat", PASSWORD)
    person.look("arriving-confirm")
    person.press("next")
    page.wait_for_url("**/login**")
    person.look("arriving-done")
    province.clock.on(days=4)
    province.review()
    person.log_in(ARRIVES, PASSWORD)
    page.goto("/account")
    person.look("arriving-account")
    page.goto("/forms/accountant_collection")
    expect(page.locator("main form .button-main")).to_be_visible()


def _days_later(person: Traveller, province: Province) -> None:
    """Long enough for any weekend or holiday; whoever was signed in signs in again."""
    province.clock.on(days=12)
    province.review()
    person.page.goto("/login")
    person.log_in(ZHANG, DEMO_PASSWORD)


def _let_go_by_hunan(nation: Nation, province: Province) -> None:
    connection = connection_to(nation.address, "43")
    NationalClient(connection).report_transfer(
        TransferOut(
            id="from-hunan",
            number=ARRIVES,
            name="赵六",
            document_type="resident_id",
            destination="440106",
            state="approved",
            label="审核通过",
            receivable=True,
            at=province.clock(),
        )
    )
    connection.close()
