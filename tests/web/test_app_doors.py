"""Every door of the application: who may open it, and what happens to whoever may not."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from formkit.storage import DirectoryAttachments
from formkit.web import Person, form_app
from formkit.web.routes import ROUTES, Access, Door
from tests.forms import form_of
from tests.web.people import SMALL, TestClient, Town, Visitor, picture

OWNED = [door for door in ROUTES if door.access is Access.OWNER]
CLOSED = [door for door in ROUTES if door.access is not Access.ANYONE]
Closed = tuple[Town, dict[str, str]]
POSTS = [door for door in ROUTES if door.method == "POST"]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


@pytest.fixture
def things(town: Town) -> dict[str, str]:
    return things_of_ada(town)


@pytest.fixture(scope="module")
def closed_town(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    """A town in which nothing changes, because nobody is let in."""
    town = Town(tmp_path_factory.mktemp("town"))
    return town, things_of_ada(town)


def things_of_ada(town: Town) -> dict[str, str]:
    """Ada's draft, record and file."""
    ada = town.visitor("ada").begin()
    draft = ada.draft
    ada.send(name="Ada").send()
    ada.send("next", files={"photo": ("me.png", picture(), "image/png")})
    file = re.search(r"/files/(\w+)", ada.page)
    ada.send("submit")
    record = ada.path.rpartition("/")[2]
    ada.open(ada.path).send(None, step="about")
    assert file
    return {
        "form": "small",
        "draft": ada.draft or draft,
        "record": record,
        "file": file[1],
        "step": "about",
        "transition": "none",
    }


def path_of(door: Door, things: dict[str, str]) -> str:
    return "/deep/forms" + door.path.format(**things, version="x")


def call(town: Town, door: Door, things: dict[str, str], who: str | None, **headers: str) -> int:
    visitor = town.visitor(who)
    token = visitor.open("/deep/forms/small").hidden.get("_csrf", "") if who else ""
    url, typed = path_of(door, things), {"_csrf": str(token), "_version": "1", "_action": "save"}
    if door.method == "GET":
        return visitor.client.get(url, headers=headers).status_code
    return visitor.client.post(url, data=typed, headers=headers).status_code


def test_only_the_list_of_forms_and_the_styles_are_for_everybody() -> None:
    assert {door.name for door in ROUTES if door.access is Access.ANYONE} == {"forms", "static"}


@pytest.mark.parametrize("door", CLOSED, ids=lambda door: door.name)
def test_nobody_is_sent_away(closed_town: Closed, door: Door) -> None:
    town, things = closed_town
    assert call(town, door, things, None) == 401


@pytest.mark.parametrize("door", OWNED, ids=lambda door: door.name)
def test_to_others_it_is_not_there(closed_town: Closed, door: Door) -> None:
    town, things = closed_town
    assert call(town, door, things, "eve") == 404


@pytest.mark.parametrize("door", OWNED, ids=lambda door: door.name)
def test_its_owner_is_let_in(town: Town, things: dict[str, str], door: Door) -> None:
    expected = {"upload": {422}, "transition": {404}, "take": {404}}  # for want of a file, and of a workflow
    assert call(town, door, things, "ada") in expected.get(door.name, {200, 303})


@pytest.mark.parametrize("door", POSTS, ids=lambda door: door.name)
def test_a_post_without_a_token_does_nothing(closed_town: Closed, door: Door) -> None:
    town, things = closed_town
    visitor = town.visitor("ada")
    assert visitor.client.post(path_of(door, things), data={"_version": "1"}).status_code == 403


@pytest.mark.parametrize("door", POSTS, ids=lambda door: door.name)
def test_a_post_from_another_site_does_nothing(closed_town: Closed, door: Door) -> None:
    town, things = closed_town
    assert call(town, door, things, "ada", **{"sec-fetch-site": "cross-site"}) == 403


def test_words_sent_with_a_token_that_has_run_out_come_back_to_be_sent_again(town: Town) -> None:
    ada = town.visitor("ada").begin().send("save", name="kept")
    ada.send("next", name="typed since", _csrf="run out")
    assert ada.status == 403
    assert "press the button once more" in ada.page
    assert 'value="typed since"' in ada.page
    assert 'value="kept"' in town.visitor("ada").open(ada.path).page, "nothing is stored without a token"
    assert ada.send("next", name="typed since").step == "reading"


def test_words_from_another_site_do_not_come_back(town: Town) -> None:
    ada = town.visitor("ada").begin()
    for site in ("cross-site", "same-site", "none", ""):
        ada.client.headers["sec-fetch-site"] = site
        assert "planted" not in ada.post("next", name="planted", _csrf="run out").text


def test_who_is_signed_in_stands_on_the_pages_of_problems_too(town: Town) -> None:
    for path in ("/deep/forms/small/records/x", "/deep/forms/x/y/z/q/r/s"):
        assert '<span class="site-user">Ada</span>' in town.visitor("ada").open(path).page


def test_somebody_elses_token_does_not_count(town: Town) -> None:
    token = town.visitor("eve").open("/deep/forms/small").hidden["_csrf"]
    response = town.visitor("ada").client.post("/deep/forms/small", data={"_csrf": token})
    assert response.status_code == 403
    assert "Reload the page" in response.text


@pytest.mark.parametrize("door", ROUTES, ids=lambda door: door.name)
def test_other_methods_are_told_off(closed_town: Closed, door: Door) -> None:
    town, things = closed_town
    response = town.visitor("ada").client.delete(path_of(door, things))
    assert response.status_code == 405
    assert "home page" in response.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/none", "no such form"),
        ("/none/drafts/x", "no such form"),
        ("/small/drafts/" + "0" * 32, "draft was not found"),
        ("/small/drafts/{draft}/steps/none", "no such step"),
        ("/small/records/x", "record was not found"),
        ("/small/files/x", "file was not found"),
        ("/small/x/y/z/q", "nothing at this address"),
    ],
)
def test_what_is_not_there_is_told_with_the_way_home(closed_town: Closed, path: str, told: str) -> None:
    town, things = closed_town
    visitor = town.visitor("ada").open("/deep/forms" + path.format(**things))
    assert visitor.status == 404
    assert told in visitor.page
    assert 'href="/deep/forms/"' in visitor.page
    assert town.visitor("ada", "zh").open("/deep/forms" + path.format(**things)).page.count("首页") >= 1


def test_a_thing_of_another_form_is_not_there(town: Town, things: dict[str, str]) -> None:
    town.forms["other"] = form_of(SMALL.replace("form: small", "form: other"))
    town.__post_init__()
    for door in ("draft", "record"):
        path = next(one for one in ROUTES if one.name == door).path.format(**{**things, "form": "other"})
        assert town.visitor("ada").open("/deep/forms" + path).status == 404


def test_nobody_is_sent_to_the_login_and_back(tmp_path: Path) -> None:
    town = Town(tmp_path, login_url="/login?a=b")
    response = town.visitor(None).client.get("/deep/forms/small")
    assert response.status_code == 303
    assert response.headers["location"] == "/login?a=b&next=%2Fdeep%2Fforms%2Fsmall"
    assert town.visitor(None).client.post("/deep/forms/small").status_code == 401


def test_the_host_may_say_who_asks_in_a_coroutine(tmp_path: Path) -> None:
    town = Town(tmp_path)

    async def who(request: Request) -> Person | None:
        return Person("ada", "Ada")

    forms = form_app(
        town.forms,
        store=town.store,
        attachments=DirectoryAttachments(tmp_path / "files"),
        who=who,
        facts=lambda *_: town.facts,
        secret=bytes(32),
    )
    assert TestClient(Starlette(routes=[Mount("/a", forms)])).get("/a/small").status_code == 200


def test_a_folder_of_forms_is_loaded_and_listed(tmp_path: Path) -> None:
    forms = form_app(
        Path(__file__).parents[2] / "forms",
        store=Town(tmp_path).store,
        attachments=DirectoryAttachments(tmp_path / "files"),
        who=lambda _: None,
        facts=lambda *_: {},
        secret=bytes(32),
    )
    page = TestClient(forms).get("/", headers={"accept-language": "zh"}).text
    assert "会计人员信息采集" in page
    assert 'href="/transfer_out"' in page


class TestFiles:
    def test_a_file_is_inert_and_its_owners_alone(self, town: Town, things: dict[str, str]) -> None:
        for kind in ("files", "thumbnails"):
            response = town.visitor("ada").client.get(f"/deep/forms/small/{kind}/{things['file']}")
            assert response.status_code == 200
            assert response.headers["content-type"] in ("image/png", "image/jpeg")
            assert "sandbox" in response.headers["content-security-policy"]
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["cache-control"] == "no-store"

    def test_what_is_no_picture_is_a_download_without_a_thumbnail(self, town: Town) -> None:
        ada = town.visitor("ada").begin().send(name="Ada").send()
        pdf = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n50\n%%EOF\n"
        ada.send("save", files={"papers": ("a.pdf", pdf, "application/pdf")})
        found = re.search(r'href="([^"]+/files/\w+)"', ada.page)
        assert found, ada.page
        response = ada.client.get(found[1])
        assert response.headers["content-disposition"].startswith("attachment")
        assert ada.client.get(found[1].replace("files", "thumbnails")).status_code == 404


class TestBodies:
    @pytest.mark.parametrize(
        ("content", "kind", "status"),
        [
            (b"name=%ff", "application/x-www-form-urlencoded", 400),
            (b"name=a%00", "application/x-www-form-urlencoded", 400),
            (b"name=%zz", "application/x-www-form-urlencoded", 400),
            (b'{"name": 1}', "application/json", 415),
            (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb", "multipart/form-data; boundary=x", 400),
            (b"a=" + b"x" * 200_000, "application/x-www-form-urlencoded", 413),
            (b"&".join([b"a=b"] * 3000), "application/x-www-form-urlencoded", 413),
        ],
    )
    def test_a_malformed_body_is_told_and_changes_nothing(
        self, town: Town, content: bytes, kind: str, status: int
    ) -> None:
        ada = town.visitor("ada").begin()
        ada.send("save", name="kept")
        response = ada.client.post(ada.path, content=content, headers={"content-type": kind})
        assert response.status_code == status
        assert "again" in response.text
        assert 'value="kept"' in ada.open(ada.path).page

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "٣"])
    def test_a_version_that_is_none_is_told(self, town: Town, version: str) -> None:
        ada = town.visitor("ada").begin()
        assert ada.post("save", name="Ada", _version=version).status_code == 400


class TestPrograms:
    def headers(self, ada: Visitor) -> dict[str, str]:
        return {"accept": "application/json", "x-csrf-token": str(ada.hidden["_csrf"])}

    def test_autosave_answers_the_time_and_the_next_version(self, town: Town) -> None:
        ada = town.visitor("ada").begin()
        typed = {"_version": "1", "name": "Ada"}
        response = ada.client.post(ada.path + "/autosave", data=typed, headers=self.headers(ada))
        assert response.json() == {"saved": "10:30", "version": 2}
        assert 'value="Ada"' in ada.open(ada.path).page

    def test_autosave_over_another_tabs_words_is_refused_with_a_sentence(self, town: Town) -> None:
        ada = town.visitor("ada").begin()
        headers = self.headers(ada)
        ada.client.post(ada.path + "/autosave", data={"_version": "1", "name": "one"}, headers=headers)
        late = ada.client.post(ada.path + "/autosave", data={"_version": "1", "name": "two"}, headers=headers)
        assert late.status_code == 409
        assert late.json()["code"] == "conflict"
        assert "another window" in late.json()["message"]

    def test_an_upload_answers_what_became_of_the_file(self, town: Town) -> None:
        ada = town.visitor("ada").begin().send(name="Ada").send()
        files = {"photo": ("me.png", picture(), "image/png")}
        response = ada.client.post(ada.path + "/upload", files=files, headers=self.headers(ada))
        assert response.status_code == 201
        assert response.json()["width"] == 60
        assert ada.client.get(response.json()["thumbnail_url"]).status_code == 200
        assert "me.png" in ada.send("save", photo=response.json()["id"]).page

    def test_a_refused_upload_says_why(self, town: Town) -> None:
        ada = town.visitor("ada").begin().send(name="Ada").send()
        files = {"photo": ("me.png", b"no picture", "image/png")}
        response = ada.client.post(ada.path + "/upload", files=files, headers=self.headers(ada))
        assert response.status_code == 422
        assert response.json()["message"]

    @pytest.mark.parametrize(("who", "status"), [(None, 401), ("eve", 404)])
    def test_problems_come_as_json(self, town: Town, who: str | None, status: int) -> None:
        ada = town.visitor("ada").begin()
        other = town.visitor(who)
        token = str(other.open("/deep/forms/small").hidden.get("_csrf", ""))
        headers = {"accept": "application/json", "x-csrf-token": token}
        response = other.client.post(ada.path + "/autosave", data={"_version": "1"}, headers=headers)
        assert response.status_code == status
        assert set(response.json()) == {"code", "message"}
