"""`formkit preview`: its pages, what they tell of broken files, and the server around them."""

import asyncio
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from formkit.cli.preview_app import preview_app
from tests.cli.conftest import FORM, Command

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Browser:
    """Asks an application, without a server between."""

    app: Starlette

    def get(self, url: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._ask("GET", url, **more))

    def post(self, url: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._ask("POST", url, **more))

    async def _ask(self, method: str, url: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, url, **more)


@pytest.fixture
def browser(folder: Path) -> Browser:
    return Browser(preview_app(Path("leave.yaml"), language="zh"))


def links(html: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)"', html)]


def test_every_page_is_reached_from_the_list(browser: Browser) -> None:
    seen: set[str] = set()
    ahead = ["/"]
    while ahead:
        url = ahead.pop()
        answer = browser.get(url)
        assert answer.status_code == 200, url
        seen.add(url)
        ahead.extend({link for link in links(answer.text) if link not in seen})
    pages = {tuple(re.split(r"[/?]", url)[3:4]) for url in seen if url.startswith("/form/")}
    assert pages == {("ask",), ("later",), ("check",)}
    assert {url for url in seen if "state=errors" in url and "lang=en" in url}


def test_the_states_of_a_step(browser: Browser) -> None:
    empty = browser.get("/form/leave/ask").text
    assert "请假" in empty and "必须填写" not in empty
    assert "必须填写" in browser.get("/form/leave/ask?state=errors").text
    assert 'value="1"' in browser.get("/form/leave/ask?state=filled").text


def test_facts_and_answers_of_ones_own(folder: Path) -> None:
    app = preview_app(Path("leave.yaml"), language="zh", facts={"days_left": 99}, answers={"days": 42})
    assert 'value="42"' in Browser(app).get("/form/leave/ask?state=filled").text


def test_a_step_that_is_not_shown_says_so(browser: Browser) -> None:
    answer = browser.get("/form/leave/later?state=empty&lang=en")
    assert (answer.status_code, "With these answers this step is not shown" in answer.text) == (200, True)


def test_findings_stand_above_the_page_with_their_line(browser: Browser, folder: Path) -> None:
    browser.get("/")
    (folder / "leave.yaml").write_text(
        FORM.replace("事由, visible_when: days", "<b>&lt;, visible_when: dayz"), encoding="utf-8"
    )
    for url in ("/", "/form/leave/ask"):
        told = browser.get(url).text
        assert "leave.yaml:12:" in told and "共 1 个错误" in told
        assert "&lt;b&gt;&amp;lt;, visible_when" in told and "<b>" not in told


def test_a_form_that_never_loaded(folder: Path) -> None:
    (folder / "leave.yaml").write_text("form: [", encoding="utf-8")
    browser = Browser(preview_app(folder, language="zh"))
    assert "这里没有可以显示的表单" in browser.get("/").text
    answer = browser.get("/form/leave/ask")
    assert (answer.status_code, "leave.yaml:1:" in answer.text) == (404, True)


def test_the_browser_learns_of_changes(browser: Browser, folder: Path) -> None:
    shown = re.search(r'data-preview-version="(\w+)"', browser.get("/").text)
    assert shown is not None and browser.get("/version").text == shown[1]
    (folder / "leave.yaml").write_text(FORM + "# more\n", encoding="utf-8")
    assert browser.get("/version").text != shown[1]


def test_the_button_leads_on(browser: Browser) -> None:
    answer = browser.post("/form/leave/later?state=filled&lang=zh", data={"who": "x"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/form/leave/check?state=filled&lang=zh")


def test_what_the_pages_load_is_there_and_allowed(browser: Browser) -> None:
    answer = browser.get("/form/leave/ask")
    loaded = re.findall(r'(?:<script[^>]*src|<link[^>]*href)="([^"]+)"', answer.text)
    assert {"/static/preview.css", "/static/preview.js", "/static/formkit.css"} <= set(loaded)
    assert [browser.get(url).status_code for url in loaded] == [200] * len(loaded)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<script>|<style|style=|onclick", answer.text)
    assert browser.get("/static/../preview_app.py").status_code == 404


def test_only_this_machine_is_answered(browser: Browser) -> None:
    assert browser.get("/", headers={"host": "evil.example"}).status_code == 400


def test_the_server_listens_here_only_and_ends_on_interrupt(folder: Path) -> None:
    command = [sys.executable, "-m", "formkit.cli", "preview", ".", "--port", "0", "--lang", "en"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)})
    try:
        assert server.stdout is not None
        url = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert url is not None
        with urllib.request.urlopen(url[0]) as answer:  # noqa: S310 - our own server
            assert answer.status == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
    finally:
        server.kill()
        server.communicate()


def test_a_port_that_is_taken(formkit: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = formkit("preview", ".", "--port", taken.getsockname()[1], "--lang", "en")
    assert (ran.status, "cannot be used" in ran.err) == (2, True)
    assert formkit("preview", ".", "--port", "99999").status == 2


def test_a_folder_that_is_not_there(formkit: Command) -> None:
    assert formkit("preview", "none").status == 2


def test_without_the_web_part(formkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = formkit("preview", ".", "--lang", "en")
    assert (ran.status, "formkit[web]" in ran.err) == (2, True)
