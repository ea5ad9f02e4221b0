"""Somebody who only wants to read: the public pages on a phone and at a desk."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive

WAYS = [
    pytest.param(width, language, script, id=f"{width}-{language}-{'js' if script else 'plain'}")
    for width, language, script in [(360, "zh", False), (360, "en", True), (1280, "zh", True), (1280, "en", False)]
]


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_reading_what_is_public(arrive: Arrive, width: int, language: str, script: bool) -> None:
    person = arrive(width=width, language=language, script=script)
    for path in ("/", "/notice", "/transfer", "/contacts"):
        person.page.goto(path)
        person.look(path.strip("/") or "entry")
    person.page.locator("select").select_option("440115")
    person.page.locator("main form button").click()
    expect(person.page.locator("tbody tr")).to_have_count(2)
    expect(person.page.locator('a[href="tel:020-39914200"]')).to_be_visible()
    person.look("contacts-found")
