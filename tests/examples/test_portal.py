"""The portal of `make run`: its login, its session, its secret, and the way to the form."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.portal.app import portal_app
from examples.portal.people import demo_people
from examples.portal.sessions import COOKIE, LASTS, Sessions, secret_in
from formkit import load, validate
from tests.web.people import TestClient

FORM = load(Path(__file__).parents[2] / "forms" / "accountant_collection.yaml")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield TestClient(portal_app(tmp_path / "data"), headers={"accept-language": "en"})


def sign_in(client: TestClient, person: str, following: str = "/", **changes: str) -> TestClient:
    page = client.get("/login")
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    client.post("/login", data={"_csrf": token[1], "person": person, "next": following, **changes})
    return client


def test_the_entry_page_names_the_platform_in_both_languages(client: TestClient) -> None:
    assert "Guangdong Accounting Information Service Platform" in client.get("/").text
    page = client.get("/?lang=zh").text
    assert "广东省会计信息服务平台" in page
    assert "会计人员信息采集" in page
    assert 'lang="zh-CN"' in client.get("/forms/accountant_collection").text, "the choice holds in the forms too"


def test_the_form_asks_for_a_login_and_comes_back(client: TestClient) -> None:
    page = client.get("/forms/accountant_collection")
    assert page.url.path == "/login"
    assert 'name="next" value="/forms/accountant_collection"' in page.text
    assert "demonstration" in page.text
    page = sign_in(client, "zhang").get("/forms/accountant_collection")
    assert "Zhang San" in page.text


@pytest.mark.parametrize("following", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\nb"])
def test_nobody_is_led_off_the_portal(client: TestClient, following: str) -> None:
    page = client.get("/login", params={"next": following})
    assert 'name="next" value="/"' in page.text
    assert sign_in(client, "zhang", following).get("/login").status_code == 200


def test_a_login_from_another_site_is_refused(client: TestClient) -> None:
    sign_in(client, "zhang", _csrf="made up")
    assert COOKIE not in client.cookies
    response = client.post("/login", data={"person": "zhang"}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


def test_a_damaged_post_shows_the_login_again(client: TestClient) -> None:
    response = client.post("/login", content=b"%zz", headers={"content-type": "application/x-www-form-urlencoded"})
    assert response.status_code == 400
    assert "Sign in as whom" in response.text


def test_signing_out_and_unknown_people(client: TestClient) -> None:
    sign_in(client, "zhang")
    assert COOKIE in client.cookies
    sign_in(client, "nobody")
    assert COOKIE not in client.cookies


def test_a_session_is_believed_only_with_its_signature_and_for_its_time(client: TestClient, tmp_path: Path) -> None:
    sign_in(client, "zhang")
    good = client.cookies[COOKIE]
    person, session, since, signature = good.split(".")
    for bad in (f"li.{session}.{since}.{signature}", f"{person}.{session}.{int(since) + 1}.{signature}", "x", "..."):
        client.cookies.set(COOKIE, bad)
        assert client.get("/forms/accountant_collection").url.path == "/login"
    late = Sessions(secret_in(tmp_path / "data"), clock=lambda: int(since) + LASTS + 1)
    assert late.read(_Request(good)) is None  # type: ignore[arg-type]


class _Request:
    def __init__(self, cookie: str) -> None:
        self.cookies = {COOKIE: cookie}


def test_what_is_kept_is_the_owners_alone_and_the_secret_stays(tmp_path: Path) -> None:
    data = tmp_path / "some" / "folder"
    portal_app(data)
    secret = (data / "secret").read_bytes()
    assert stat.S_IMODE((data / "secret").stat().st_mode) == 0o600
    assert len(secret) == 32
    portal_app(data)
    assert (data / "secret").read_bytes() == secret


@pytest.mark.parametrize("person", demo_people())
def test_what_is_known_of_a_demonstration_person_is_right(person: str) -> None:
    facts = {**demo_people()[person].facts, "collected": False}
    issues = validate(FORM, {}, facts=facts, today="2026-11-23").issues
    registered = [field.id for field in FORM.steps_by_id["personal"].sections[0].fields]
    assert [issue for issue in issues if issue.path in registered] == []


def test_the_form_knows_the_person_from_the_registration(client: TestClient) -> None:
    page = sign_in(client, "wang").get("/forms/accountant_collection")
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    step = client.post("/forms/accountant_collection", data={"_csrf": token[1]})
    typed = {"_csrf": token[1], "_version": "1", "_action": "next", "pledge": "true"}
    page = client.post(step.url, data=typed)
    assert "810000198505059997" in page.text
    assert 'name="document_front"' in page.text
