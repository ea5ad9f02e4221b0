"""axe finds nothing on any page in any state, and nothing sticks out, on a phone and on a desk."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as Tab

from formkit.form import Form
from formkit.issues import Issue
from formkit.renderers import DEFAULT_THEME, Banner, Link, Message, Page, render_message, stylesheet
from tests.renderers.conftest import FAULTY, Draw

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c63000100000500010d0a2db4"
    "0000000049454e44ae426082"
)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module", params=[360, 1280])
def tab(browser: Browser, request: pytest.FixtureRequest, form: Form) -> Iterator[Tab]:
    """A tab as wide as a phone, and one as wide as a desk."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, bypass_csp=True)
    opened = context.new_page()

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix("http://form.test")
        if path == "/static/formkit.css":
            route.fulfill(path=DEFAULT_THEME.static_file("formkit.css"))
        elif path.startswith("/forms/"):
            route.fulfill(body=stylesheet(form), content_type="text/css")
        elif path.startswith("/thumbnails/"):
            route.fulfill(body=PIXEL, content_type="image/png")
        else:
            route.fulfill(body="", content_type="text/javascript")

    opened.route("**/*", serve)
    yield opened
    context.close()


def judged(tab: Tab, html: str) -> list[str]:
    """What axe finds on a page, and what sticks out of it."""
    tab.unroute("http://form.test/")
    tab.route("http://form.test/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    tab.goto("http://form.test/")
    found = Axe().run(tab, options={"runOnly": STANDARDS}).response
    assert found["passes"], "axe ran"
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    said = [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]
    return [*said, *(["wider than the window"] if wide else [])]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("step", ["about", "work", "more", "check", "record"])
def test_pages_with_faults(tab: Tab, draw: Draw, issues: tuple[Issue, ...], step: str, language: str) -> None:
    assert judged(tab, draw(step, FAULTY, issues=issues, language=language)) == []


@pytest.mark.parametrize("step", ["about", "work", "more", "check"])
def test_blank_pages_with_banners(tab: Tab, draw: Draw, page: Page, step: str) -> None:
    banners = [Banner("已保存", level) for level in ("success", "notice", "warning", "error")]
    assert judged(tab, draw(step, {"licensed": True}, page=replace(page, banners=banners))) == []


def test_print(tab: Tab, draw: Draw) -> None:
    assert judged(tab, draw("about", FAULTY, renderer="print")) == []


def test_messages(tab: Tab, page: Page) -> None:
    message = Message("提交成功", "回执号：20240601", "success", (Link("我的信息", "/me"), Link("首页", "/")))
    assert judged(tab, render_message(message, language="zh", page=page)) == []


def test_a_faulty_page_is_noticed(tab: Tab) -> None:
    assert judged(tab, "<!doctype html><html lang=zh-CN><title>x</title><main><h1>x</h1><input></main>") != []


def test_the_summary_has_the_focus(tab: Tab, draw: Draw, issues: tuple[Issue, ...]) -> None:
    judged(tab, draw("about", FAULTY, issues=issues))
    assert tab.evaluate("document.activeElement.hasAttribute('data-summary')")
