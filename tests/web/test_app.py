"""A form on the web, from its start page to its record, without JavaScript."""

import re
from pathlib import Path

import pytest

from tests.forms import form_of
from tests.web.people import Town, Visitor, picture


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


@pytest.fixture
def ada(town: Town) -> Visitor:
    return town.visitor("ada").begin()


def filled(visitor: Visitor) -> Visitor:
    """All answered, up to the check page."""
    visitor.send(name="Ada", number="7")
    visitor.send()
    return visitor.send(school__title="Somerville")


def test_a_form_is_filled_in_submitted_and_read_back(ada: Visitor) -> None:
    assert (ada.status, ada.step) == (200, "about")
    ada.send(name="Ada Lovelace", level="high", reason="first")
    assert ada.step == "reading"
    ada.send()
    assert ada.step == "more"
    ada.send(school__title="Home", awards__r1__prize="Medal")
    assert ada.step == "check"
    for text in ("Ada Lovelace", "High", "first", "Home", "Medal"):
        assert text in ada.page
    ada.send("submit")
    assert ada.status == 200
    assert "/records/" in ada.path
    assert "Receipt number" in ada.page
    assert "Medal" in ada.page


def test_errors_come_back_with_everything_typed(ada: Visitor) -> None:
    ada.send(name="", level="high", number="keep & me")
    assert ada.status == 422
    assert 'role="alert"' in ada.page
    assert 'href="#field-name"' in ada.page
    assert 'href="#field-reason"' in ada.page
    assert 'value="keep &amp; me"' in ada.page
    assert ada.send(name="Ada", level="high", reason="r").step == "reading"


def test_a_first_visit_shows_no_errors_and_a_later_one_does(town: Town, ada: Visitor) -> None:
    assert "has-error" not in ada.page
    filled(ada)
    about = ada.path.replace("/check", "/about")
    ada.open(about).send("save", name="")
    assert "has-error" in ada.open(about).page


def test_saving_keeps_what_is_typed_valid_or_not_and_tells_when(town: Town, ada: Visitor) -> None:
    town.clock.forward(minutes=1)
    ada.send("save", name="", number="half")
    assert (ada.status, ada.step) == (200, "about")
    assert "Saved 10:31" in ada.page
    assert 'value="half"' in ada.page
    assert "has-error" not in ada.page


def test_what_was_begun_is_resumed_on_another_day(town: Town, ada: Visitor) -> None:
    ada.send(name="Ada")
    town.clock.forward(days=3)
    again = town.visitor("ada").open("/deep/forms/small")
    assert "You have begun" in again.page
    assert "2026-11-23 10:30" in again.page
    link = re.search(r'href="([^"]+/drafts/[^"]+)">Go on', again.page)
    assert link
    assert again.open(link[1]).step == "reading"


def test_starting_twice_goes_on_with_the_same_draft(town: Town, ada: Visitor) -> None:
    assert town.visitor("ada").begin().draft == ada.draft


def test_a_draft_is_discarded(town: Town, ada: Visitor) -> None:
    path = ada.path
    ada.open("/deep/forms/small")
    assert "/discard" in ada.action
    assert "is deleted" in ada.send(None).page
    assert ada.open(path).status == 404


def test_back_keeps_what_is_typed(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send("back", school__title="Half a na")
    assert ada.step == "reading"
    ada.send()
    assert 'value="Half a na"' in ada.page


def test_a_step_cannot_be_reached_by_its_address_before_those_it_needs(ada: Visitor) -> None:
    for step in ("reading", "more", "check"):
        assert ada.open(ada.path.replace(ada.step, step)).step == "about"


def test_a_note_has_to_be_seen_once(ada: Visitor) -> None:
    ada.send(name="Ada")
    assert ada.open(ada.path.replace("reading", "more")).step == "reading"
    ada.send()
    assert ada.open(ada.path.replace("more", "reading")).status == 200
    assert ada.open(ada.path.replace("reading", "more")).step == "more"


def test_once_all_is_done_a_corrected_page_leads_back_to_the_check(ada: Visitor) -> None:
    filled(ada)
    ada.open(ada.path.replace("check", "about"))
    assert ada.send(name="Augusta").step == "check"
    assert "Augusta" in ada.page


def test_a_check_of_the_whole_form_stops_the_submission(ada: Visitor) -> None:
    ada.send(name="nobody").send()
    ada.send()
    assert ada.step == "check"
    assert "Not nobody" in ada.page
    assert 'value="submit"' not in ada.page
    assert ada.send("submit").status == 422


def test_rows_are_added_and_taken_away_without_javascript(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send(None, _add="awards")
    assert 'name="awards.r1.prize"' in ada.page
    ada.send(None, _add="awards", awards__r1__prize="First")
    ada.send(None, _add="awards", awards__r1__prize="First", awards__r2__prize="Second")
    ada.send(None, _remove="awards.r1", awards__r1__prize="First", awards__r2__prize="Second")
    assert 'value="First"' not in ada.page
    assert 'value="Second"' in ada.page
    ada.send("next", awards__r2__prize="Second", awards__r3__prize="Third")
    assert ada.page.index("Second") < ada.page.index("Third")


def test_a_row_beyond_the_limit_is_not_added(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    for _ in range(5):
        ada.send(None, _add="awards")
    assert re.findall(r'name="awards\.(\w+)\.prize"', ada.page.partition("<template")[0]) == ["r1", "r2", "r3"]


def test_after_a_row_is_added_the_page_comes_back_there(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    assert ada.post(None, _add="awards").headers["location"].endswith("/more#field-awards-r1")


def test_passwords_are_neither_kept_nor_echoed(town: Town, ada: Visitor) -> None:
    ada.send("save", name="Ada", code="correct horse battery")
    assert "correct horse" not in ada.page
    ada.send("next", name="", code="correct horse battery")
    assert ada.status == 422
    assert "correct horse" not in ada.page
    kept = b"".join(path.read_bytes() for path in town.folder.glob("test.db*"))
    assert b"correct horse" not in kept


def test_an_unticked_box_is_blank(town: Town, ada: Visitor) -> None:
    ada.send("save", name="Ada", news=["low", "high"])
    assert len(re.findall(r'name="news"[^>]* checked', ada.page)) == 2
    ada.send("save", name="Ada")
    assert not re.search(r'name="news"[^>]* checked', ada.page)


def test_a_radio_that_did_not_come_is_blank(ada: Visitor) -> None:
    ada.send("save", level="high")
    assert re.search(r'value="high"[^>]* checked', ada.page)
    ada.send("save")
    assert not re.search(r'value="high"[^>]* checked', ada.page)


@pytest.mark.parametrize(
    "posted", [{"rank": "x"}, {"school.rank": "x"}, {"awards.r1.rank": "x", "awards.r1._id": "r1"}]
)
def test_names_the_form_does_not_know_are_refused(ada: Visitor, posted: dict[str, str]) -> None:
    ada.send(name="Ada").send()
    ada.send("next", **posted)
    assert ada.status == 422
    assert "rank" in ada.page


def test_a_name_posted_twice_is_refused_where_one_answer_is_asked(ada: Visitor) -> None:
    ada.send("next", name=["Ada", "Eve"])
    assert ada.status == 422


def test_what_is_server_hidden_is_not_on_the_page_and_not_taken(ada: Visitor) -> None:
    assert 'name="office"' not in ada.page
    ada.send("next", name="Ada", office="room 4711")
    assert ada.step == "reading"
    ada.send().send()
    assert "4711" not in ada.page


def test_a_name_of_many_dots_is_only_a_name(ada: Visitor) -> None:
    assert ada.send("next", name="Ada", **{".".join("a" * 20_000): "x"}).status == 422


def test_there_is_a_page_for_paper(ada: Visitor) -> None:
    filled(ada).send("submit")
    ada.open(ada.path + "/print")
    assert ada.status == 200
    assert "Somerville" in ada.page
    assert "<form" not in ada.page


def test_a_person_has_one_record_and_is_led_to_it(town: Town, ada: Visitor) -> None:
    token = ada.hidden["_csrf"]
    filled(ada).send("submit")
    record = ada.path
    ada.open("/deep/forms/small")
    assert ">Start<" not in ada.page
    assert record in ada.page
    ada.page = ""
    assert ada.client.post("/deep/forms/small", data={"_csrf": token}).headers["location"] == record


def test_s96_a_block_is_opened_changed_and_saved(ada: Visitor) -> None:
    filled(ada).send("submit")
    record = ada.path
    ada.open(record).send(None, step="about")
    assert ada.step == "about"
    assert "7" in ada.page
    assert 'name="number"' not in ada.page
    ada.send(name="Countess")
    assert ada.path == record
    assert "Countess" in ada.page
    assert "Saved: your information is up to date" in ada.page


def test_a_change_of_nothing_is_told_as_that(ada: Visitor) -> None:
    filled(ada).send("submit")
    ada.open(ada.path).send(None, step="about")
    ada.send(name="Ada")
    assert "nothing has changed" in ada.page


def test_a_locked_value_posted_in_a_change_is_refused_and_audited(town: Town, ada: Visitor) -> None:
    filled(ada).send("submit")
    ada.open(ada.path).send(None, step="about")
    draft = ada.draft
    ada.send(name="Ada", number="8")
    assert ada.status == 422
    with town.store.reading() as view:
        assert [entry.action for entry in view.audit_entries(draft)] == ["refused_locked"]


def test_two_languages_and_the_choice_is_remembered(town: Town) -> None:
    visitor = town.visitor(language="zh-CN").open("/deep/forms/small")
    assert 'lang="zh-CN"' in visitor.page
    assert "小表" in visitor.page
    assert "Small form" in visitor.open("/deep/forms/small?lang=en").page
    assert "Small form" in visitor.open("/deep/forms/small").page
    assert "Small form" in visitor.open("/deep/forms/small?lang=xx").page


def test_no_address_on_a_page_leaves_the_mount(ada: Visitor) -> None:
    found = re.findall(r'(?:href|src|action)="([^"#?][^"]*)"', ada.page)
    assert found
    assert all(url.startswith("/deep/forms/") for url in found)


def test_styles_are_named_by_their_content_and_kept_by_browsers(ada: Visitor) -> None:
    urls = re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', ada.page)
    names = {url.rpartition("/")[2] for url in urls}
    assert {"formkit.css", "formkit.js"} < names
    folder = urls[0].rpartition("/")[0]
    for url in (*urls, f"{folder}/rules.js", f"{folder}/functions.js"):
        response = ada.client.get(url)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["content-type"] in ("text/css; charset=utf-8", "text/javascript; charset=utf-8")
    assert ada.client.get(f"{folder}/../../app.py").status_code == 404
    assert ada.client.get(re.sub(r"static/\w+", "static/old", urls[0])).status_code == 404


def test_pages_are_personal_and_guarded(ada: Visitor) -> None:
    headers = ada.client.get(ada.path).headers
    assert headers["cache-control"] == "no-store"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_picture_is_uploaded_kept_and_taken_away_without_javascript(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send("save", files={"photo": ("me.png", picture(), "image/png")})
    assert ada.status == 200
    thumbnail = re.search(r'<img class="thumbnail" src="([^"]+)"', ada.page)
    assert thumbnail
    assert ada.client.get(thumbnail[1]).headers["content-type"] in ("image/png", "image/jpeg")
    ada.send("save")
    assert "me.png" in ada.page
    removing = re.search(r'name="_remove" value="(photo\.\w+)"', ada.page)
    assert removing
    ada.send(None, _remove=removing[1])
    assert "me.png" not in ada.page


def test_a_kept_picture_passes_with_its_page(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send("save", files={"photo": ("me.png", picture(), "image/png")})
    assert ada.send("next").step == "check"
    assert "me.png" in ada.page


def test_a_file_for_a_field_of_another_page_is_refused(ada: Visitor) -> None:
    assert ada.send("next", files={"photo": ("me.png", picture(), "image/png")}, name="Ada").status == 422


def test_a_picture_in_a_row(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send(None, _add="awards")
    files = {"awards.r1.proof": ("proof.png", picture(), "image/png")}
    ada.send("next", files=files, awards__r1__prize="Medal")
    assert ada.step == "check"
    assert "proof.png" in ada.page


def test_several_files_stand_beside_each_other_and_one_replaces_one(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send("save", files={"papers": ("one.png", picture(), "image/png")})
    ada.send("save", files={"papers": ("two.png", picture(colour="red"), "image/png")})
    assert "one.png" in ada.page
    assert "two.png" in ada.page
    ada.send("save", files={"photo": ("old.png", picture(), "image/png")})
    ada.send("save", files={"photo": ("new.png", picture(), "image/png")})
    assert "old.png" not in ada.page
    assert "new.png" in ada.page


def test_a_refused_file_is_told_at_its_field_and_the_rest_is_kept(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send("next", files={"photo": ("me.png", b"GIF89a no picture", "image/png")}, school__title="Kept")
    assert ada.status == 422
    assert 'id="error-photo"' in ada.page
    assert 'value="Kept"' in ada.page


def test_a_file_beyond_its_fields_limit_is_told_at_its_field(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send("next", files={"photo": ("me.png", b"\x89PNG" + bytes(300_000), "image/png")}, school__title="Kept")
    assert ada.status == 422
    assert "200 KB" in ada.page
    assert 'value="Kept"' in ada.page


def test_a_file_for_a_field_that_takes_none_is_refused(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    assert ada.send("next", files={"name": ("me.png", picture(), "image/png")}).status == 422


def test_a_file_taken_away_by_the_script_is_blank(ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send("save", files={"photo": ("me.png", picture(), "image/png")})
    ada.send("save", photo=None)
    assert "me.png" not in ada.page


def test_somebody_elses_file_is_not_taken(town: Town, ada: Visitor) -> None:
    ada.send(name="Ada").send()
    ada.send("save", files={"photo": ("me.png", picture(), "image/png")})
    stolen = ada.hidden["photo"]
    eve = town.visitor("eve").begin().send(name="Eve").send()
    eve.send("next", photo=stolen)
    assert eve.status == 422
    assert "me.png" not in eve.page


def test_a_check_between_the_answers_of_a_step_is_told_at_that_step(tmp_path: Path) -> None:
    form = form_of("""
        form: trip
        title: {zh: 出行, en: Trip}
        edition: 2023-05-26
        steps:
          when:
            title: {zh: 时间, en: When}
            fields:
              leaves: {type: integer, label: {zh: 出发, en: Leaves}, required: true}
              returns: {type: integer, label: {zh: 返回, en: Returns}, required: true}
            checks: [{rule: leaves <= returns, message: {zh: 先出发后返回, en: You leave before you return}}]
          where:
            title: {zh: 地点, en: Where}
            fields: {place: {type: text, label: {zh: 地方, en: Place}}}
    """)
    ada = Town(tmp_path, forms={"trip": form}).visitor().begin("trip")
    ada.send(leaves="5", returns="3")
    assert (ada.step, ada.status) == ("when", 422)
    assert "You leave before you return" in ada.page
    ada.send(leaves="3", returns="5")
    assert ada.step == "where"
