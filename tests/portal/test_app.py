"""The portal of `make run`: its entry page, its people, its secret, and the way to the form."""

import re
import stat
from pathlib import Path

import pytest

from examples.portal.app import portal_app
from examples.portal.operation.serving import print_people
from examples.portal.people import DEMO_PASSWORD, demo_people
from examples.portal.settings import Settings, SettingsInvalid
from formkit import load, validate
from tests.portal.people import Browser, World

FORM = load(Path(__file__).parents[2] / "forms" / "accountant_collection.yaml")


def test_the_entry_page_names_the_platform_in_both_languages(person: Browser) -> None:
    assert "Guangdong Accounting Information Service Platform" in person.get("/").text
    page = person.get("/?lang=zh").text
    assert "广东省会计信息服务平台" in page
    assert "会计人员信息采集" in page
    assert "用户注册" in page, "S23: from the collection to the registration"
    assert 'lang="zh-CN"' in person.get("/forms/accountant_collection").text, "the choice holds in the forms too"


def test_the_form_asks_for_a_login_and_comes_back(person: Browser) -> None:
    page = person.get("/forms/accountant_collection")
    assert page.url.path == "/login"
    assert 'name="next" value="/forms/accountant_collection"' in page.text
    page = person.log_in(next="/forms/accountant_collection")
    assert page.url.path == "/forms/accountant_collection"
    assert "张三" in page.text


def test_make_run_says_whom_to_sign_in_as(capsys: pytest.CaptureFixture[str], world: World) -> None:
    print_people("http://127.0.0.1:8000")
    told = capsys.readouterr().out
    assert DEMO_PASSWORD in told
    for one in demo_people().values():
        number = str(one.facts["id_number"])
        assert number in told
        assert world.person().log_in(number).url.path == "/forms/accountant_collection"


def test_seeding_again_changes_nobody(tmp_path: Path) -> None:
    World(tmp_path).person().log_in()
    assert World(tmp_path).person().log_in().url.path == "/forms/accountant_collection"


def test_the_shortcut_of_development(person: Browser) -> None:
    page = person.post("/login/demo", {"person": "wang"}, page="/login")
    assert page.url.path == "/forms/accountant_collection"
    assert "王五" in page.text
    assert person.post("/login/demo", {"person": "nobody"}, page="/login?lang=en").url.path == "/login"


def test_outside_development_there_are_no_shortcuts_and_no_demonstration(tmp_path: Path) -> None:
    person = World(tmp_path, development=False).person()
    assert "/login/demo" not in person.get("/login").text
    assert person.post("/login/demo", {"person": "zhang"}, page="/login").status_code == 404
    assert person.get("/development/messages").status_code == 404
    assert person.log_in().status_code == 422


def test_outside_development_it_does_not_start_on_stand_ins(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid):
        portal_app(Settings.of(tmp_path, {"PORTAL_DEVELOPMENT": "no"}))
    assert Settings.of(tmp_path, {}).development


def test_what_is_kept_is_the_owners_alone_and_the_secret_stays(tmp_path: Path) -> None:
    data = tmp_path / "some" / "folder"
    portal_app(Settings(data=data))
    secret = (data / "secret").read_bytes()
    assert stat.S_IMODE((data / "secret").stat().st_mode) == 0o600
    assert len(secret) == 32
    portal_app(Settings(data=data))
    assert (data / "secret").read_bytes() == secret


@pytest.mark.parametrize("one", demo_people())
def test_what_is_known_of_a_demonstration_person_is_right(one: str) -> None:
    facts = {**demo_people()[one].facts, "collected": False}
    issues = validate(FORM, {}, facts=facts, today="2026-11-23").issues
    registered = [field.id for field in FORM.steps_by_id["personal"].sections[0].fields]
    assert [issue for issue in issues if issue.path in registered] == []


def test_the_form_knows_the_person_from_the_account(person: Browser) -> None:
    person.log_in("810000198505059997")
    page = person.get("/forms/accountant_collection")
    token = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert token
    step = person.client.post("/forms/accountant_collection", data={"_csrf": token[1]})
    typed = {"_csrf": token[1], "_version": "1", "_action": "next", "pledge": "true"}
    page = person.client.post(step.url, data=typed)
    assert "810000198505059997" in page.text
    assert 'name="document_front"' in page.text
