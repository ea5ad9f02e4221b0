"""An officer of a city: signs in, finds a person, says why, reads the file, takes a list away."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from examples.portal.app import open_office
from examples.portal.settings import Settings
from examples.portal.staff.enrolling import enrol
from tests.journeys.conftest import Arrive
from tests.portal.exam.examiners import Archive
from tests.portal.people import ZHANG
from tests.portal.staff.officers import PASSWORD, STAFF

OTHER = {"zh": "en", "en": "zh"}
WAYS = [pytest.param(360, "zh", False, id="phone-zh-plain"), pytest.param(1280, "en", True, id="desk-en-js")]


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_finding_a_person_and_taking_a_list_away(
    arrive: Arrive, tmp_path: Path, width: int, language: str, script: bool
) -> None:
    office = open_office(Settings(data=tmp_path / "data"))
    enrol(office, "city", *STAFF["city"], PASSWORD)
    archive = Archive(office, datetime.now(UTC))
    archive.keep()
    archive.transfer("pending")
    office.close()
    one = arrive(width=width, language=language, script=script)
    page = one.page
    page.goto("/staff/search")
    one.look("login")
    one.type("name", "city")
    one.type("password", PASSWORD)
    page.locator("main form .button-main").click()
    expect(page.locator("#by")).to_be_visible()
    page.locator("#by").select_option("number")
    page.locator("#text").fill(ZHANG)
    page.locator("main form .button-main").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("440***********908X")
    one.look("found")
    page.locator("tbody a").click()
    one.look("reason")
    page.locator("#reason").fill("本人来电咨询变更情况")
    page.locator("main form .button-main").click()
    expect(page.locator("main")).to_contain_text(ZHANG)
    one.look("file")
    page.goto("/staff/transfers")
    expect(page.locator("tbody tr")).to_have_count(1)
    one.look("transfers")
    page.goto("/staff/figures")
    one.look("figures")
    page.goto("/staff/figures?lang=" + OTHER[language])
    one.look("figures-otherwise")
    with page.expect_download() as waiting:
        page.locator('form[action="/staff/files/export"] button[value="xlsx"]').click()
    sheet = load_workbook(BytesIO(waiting.value.path().read_bytes())).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][1:3] == ["张*", "440***********908X"]
    page.goto("/staff/colleagues")
    one.look("colleagues")
    page.goto("/staff")
    one.look("home")
    page.locator('form[action="/staff/logout"] button').click()
    expect(page.locator('[name="password"]')).to_be_visible()
