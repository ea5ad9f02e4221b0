"""formkit.js in a real browser under the strict CSP: what a person sees when they type."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from formkit import load, render
from formkit.expressions import BUILT_IN
from formkit.expressions.browser import evaluator_module, functions_module
from formkit.form import Form
from formkit.renderers import DEFAULT_THEME
from formkit.renderers import Page as Surroundings

FORMS = Path(__file__).parents[2] / "forms"
TODAY = "2026-11-23"
CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob:; connect-src 'self'"
FACTS = {
    "name": "张三",
    "document_type": "resident_id",
    "id_number": "44010619880808908X",
    "sex": "2",
    "country": "CHN",
    "birth_date": "1988-08-08",
    "mobile": "13800138000",
    "collected": False,
    "continuing_education_open": False,
    "does_accounting_work": True,
    "holds_qualification": True,
}
MODULES = {"rules.js": evaluator_module(), "functions.js": functions_module(BUILT_IN.values())}


def script() -> str:
    path = DEFAULT_THEME.static_file("formkit.js")
    assert path is not None
    return path.read_text(encoding="utf-8")


class Site:
    """One rendered page, served from memory; keeps what is posted and answers each post with a page."""

    def __init__(self, form: Form, step: str, answers: dict[str, Any]) -> None:
        self.form, self.step, self.answers = form, step, answers
        self.posted: list[str] = []
        self.version = 1
        self.status = 200

    def __call__(self, route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name in MODULES or name == "formkit.js":
            route.fulfill(body=MODULES.get(name) or script(), content_type="text/javascript")
        elif name in ("formkit.css", "favicon.svg"):
            route.fulfill(path=DEFAULT_THEME.static_file(name))
        elif name == "f":
            if route.request.method == "POST":
                self.posted.append(route.request.post_data or "")
                self.version += 1
            route.fulfill(
                body=self.html(),
                status=self.status,
                headers={"Content-Security-Policy": CSP, "Content-Type": "text/html"},
            )
        else:
            route.fulfill(status=404)

    def html(self) -> str:
        surroundings = Surroundings(
            action="/f", hidden={"_version": str(self.version)}, saved_at="10:31", autosave_url="/f"
        )
        return render(self.form, self.step, self.answers, facts=FACTS, today=TODAY, page=surroundings)


@pytest.fixture(scope="module")
def collection() -> Form:
    return load(FORMS / "accountant_collection.yaml")


@pytest.fixture
def open_step(browser: Browser, collection: Form) -> Iterator[Any]:
    context = browser.new_context()
    complaints: list[str] = []

    def opened(step: str, answers: dict[str, Any] | None = None) -> tuple[Page, Site]:
        site = Site(collection, step, answers or {})
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.route("**/*", site)
        page.goto("http://127.0.0.1:9/f")
        return page, site

    yield opened
    context.close()
    assert [text for text in complaints if "409" not in text] == []


def test_a_condition_shows_and_hides_as_one_types(open_step: Any) -> None:
    page, _ = open_step("work")
    assert not page.locator("#field-student_card").is_visible()
    page.check("input[name=employment_status][value=student]")
    assert page.locator("#field-student_card").is_visible()
    assert not page.locator("#section-unit").is_visible()
    page.check("input[name=employment_status][value=accounting]")
    assert page.locator("#field-unit_name").is_visible()
    assert page.locator("#field-accounting_since").is_visible()
    page.check("input[name=employment_status][value=non_accounting]")
    assert not page.locator("#field-accounting_since").is_visible()


def test_a_hint_follows_the_answer(open_step: Any) -> None:
    page, _ = open_step("work")
    page.check("input[name=employment_status][value=student]")
    assert "请选择学校所在行政区划" in page.inner_text("#hint-division")
    page.check("input[name=employment_status][value=unemployed]")
    assert "户口所在地" in page.inner_text("#hint-division")
    assert "请选择学校所在行政区划" not in page.inner_text("#hint-division")


def test_a_cascade_asks_level_by_level_and_posts_the_leaf(open_step: Any) -> None:
    page, _ = open_step("work", {"division": "440106"})
    levels = page.locator("#field-division .cascade select")
    assert [level.input_value() for level in levels.all()] == ["广州市", "天河区"]
    levels.nth(0).select_option("东莞市")
    assert levels.count() == 1
    assert page.locator("select[name=division]").input_value() == "441900"
    levels.nth(0).select_option("佛山市")
    assert page.locator("select[name=division]").input_value() == ""
    levels.nth(1).select_option("顺德区")
    assert page.locator("select[name=division]").input_value() == "440606"


def test_rows_come_and_go_without_a_round_trip(open_step: Any) -> None:
    page, site = open_step("professional")
    rows = page.locator("[data-rows=talents] [data-row]")
    page.click("button[name=_add][value=talents]")
    page.click("button[name=_add][value=talents]")
    assert rows.count() == 2
    assert [row.inner_text() for row in page.locator("[data-rows=talents] legend [data-row-title]").all()][1].endswith(
        "2"
    )
    second = rows.nth(1)
    assert not second.locator("[data-field$=graduation_year]").is_visible()
    second.locator("select[name$=training_status]").select_option("graduated")
    assert second.locator("[data-field$=graduation_year]").is_visible()
    assert not rows.nth(0).locator("[data-field$=graduation_year]").is_visible()
    rows.nth(0).locator("button[name=_remove]").click()
    assert rows.count() == 1
    assert site.posted == []


def test_a_search_narrows_the_list_and_picks_the_only_one(open_step: Any) -> None:
    page, _ = open_step("personal")
    page.fill("#field-ethnic_group input[type=search]", "纳西")
    assert page.locator("select[name=ethnic_group]").input_value() == "27"


def test_what_is_typed_is_saved_by_itself_and_the_time_is_shown(open_step: Any) -> None:
    page, site = open_step("work")
    page.evaluate("document.querySelector('[data-saved]').textContent = ''")
    page.check("input[name=employment_status][value=student]")
    expect(page.locator("[data-saved]")).to_contain_text("10:31")
    assert "_action=save" in site.posted[0]
    assert "employment_status=student" in site.posted[0]
    assert page.locator("input[name=_version]").input_value() == "2"


def test_another_tab_is_said_and_nothing_typed_is_lost(open_step: Any) -> None:
    page, site = open_step("awards")
    page.click("button[name=_add][value=awards]")
    site.status = 409
    page.fill("input[name$='.name']", "先进")
    expect(page.locator("[data-saved]")).to_contain_text("另一个窗口")
    assert page.locator("input[name$='.name']").input_value() == "先进"


def test_a_second_click_sends_nothing(open_step: Any) -> None:
    page, site = open_step("awards")
    with page.expect_navigation():
        page.evaluate("document.forms[0].requestSubmit(); document.forms[0].requestSubmit()")
    assert len(site.posted) == 1


def test_a_page_sent_while_it_is_saved_waits_for_that(open_step: Any) -> None:
    page, site = open_step("work")
    page.check("input[name=employment_status][value=student]")
    with page.expect_request(lambda request: request.method == "POST"):
        pass
    with page.expect_navigation():
        page.click("button[name=_action][value=next] >> nth=-1")
    first, second = site.posted
    assert "_action=save" in first and "_version=1" in first
    assert [line for line in second.splitlines() if line in ("1", "2", "save", "next")] == ["2", "next"]


def test_it_is_small() -> None:
    assert len(gzip.compress((script() + evaluator_module()).encode())) <= 10_000
