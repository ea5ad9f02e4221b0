"""The example of a form in somebody's own application."""

import re
from pathlib import Path

from examples.embed_starlette import make_app
from tests.web.people import TestClient


def test_a_form_lives_behind_the_applications_own_login(tmp_path: Path) -> None:
    client = TestClient(make_app(tmp_path), headers={"accept-language": "en"})
    assert client.get("/").status_code == 200
    assert client.get("/survey/survey").status_code == 401
    client.get("/login/grace")
    page = client.get("/survey/survey")
    assert "Grace" in page.text
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    step = client.post("/survey/survey", data={"_csrf": token[1]})
    typed = {"_csrf": token[1], "_version": "1", "_action": "next", "service": "bad"}
    assert client.post(step.url, data=typed).status_code == 422
    check = client.post(step.url, data={**typed, "_version": "2", "why": "slow", "room": "12"})
    assert check.url.path.endswith("/check")
    done = client.post(check.url, data={"_csrf": token[1], "_version": "3", "_action": "submit"})
    assert "/survey/survey/records/" in done.url.path
    assert "slow" in done.text
