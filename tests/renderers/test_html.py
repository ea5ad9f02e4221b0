"""Pages: what a person meets, whatever was typed."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from formkit.errors import UnknownName
from formkit.form import Form
from formkit.issues import Issue
from formkit.renderers import DEFAULT_THEME, RENDERERS, HtmlRenderer, Link, Message, Page, Theme, render, render_message
from tests.forms import form_of
from tests.renderers.conftest import FAULTY, PHOTO, Draw

VOID = {"meta", "link", "input", "img", "br", "hr"}


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice: {tag} {attrs}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def one(self, **wanted: str) -> dict[str, str | None]:
        """The attributes of the only element that has these."""
        found = [attrs for _, attrs in self.elements if wanted.items() <= attrs.items()]
        assert len(found) == 1, (wanted, found)
        return found[0]

    def every(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of a kind."""
        return [attrs for name, attrs in self.elements if name == tag]


PAGES = ("about", "work", "more", "check", "record")


@pytest.mark.parametrize("step", PAGES)
@pytest.mark.parametrize("renderer", ["html", "json", "print"])
def test_the_same_input_gives_the_same_bytes(draw: Draw, issues: tuple[Issue, ...], step: str, renderer: str) -> None:
    once = draw(step, FAULTY, issues=issues, renderer=renderer)
    assert draw(step, FAULTY, issues=issues, renderer=renderer) == once
    fresh = RENDERERS.extended({"html": HtmlRenderer(Theme(DEFAULT_THEME.folder))})
    assert draw(step, FAULTY, issues=issues, renderer=renderer, renderers=fresh) == once


@pytest.mark.parametrize("step", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_are_whole_and_their_ids_unique(draw: Draw, issues: tuple[Issue, ...], step: str, language: str) -> None:
    read = Reader(draw(step, FAULTY, issues=issues, language=language))
    ids = [attrs["id"] for _, attrs in read.elements if "id" in attrs]
    assert len(set(ids)) == len(ids)
    for name in ("for", "aria-describedby", "aria-labelledby"):
        asked = [one for _, attrs in read.elements for one in (attrs.get(name) or "").split()]
        assert set(asked) <= set(ids), name


def test_the_page_says_its_language_and_where_the_person_is(draw: Draw) -> None:
    page = draw("work")
    read = Reader(page)
    assert read.every("html") == [{"lang": "zh-CN"}]
    assert "第 2 步，共 4 步" in page
    assert [attrs for attrs in read.every("li") if attrs.get("aria-current") == "step"] == [
        {"class": "is-current", "aria-current": "step"}
    ]
    assert Reader(draw("work", language="en")).every("html") == [{"lang": "en"}]


def test_words_in_another_language_than_the_page_s_say_so(draw: Draw) -> None:
    english = draw("work", {"status": "working", "degree": "master"}, language="en")
    for said in (
        '<span lang="zh-CN">学位</span>',
        '<option value="master" selected lang="zh-CN">硕士</option>',
        '<div data-when="',
        '<span lang="zh-CN">税务</span>',
    ):
        assert said in english
    assert "Working</label>" in english
    assert 'lang="zh-CN">请选择单位所在行政区划' in english
    assert 'lang="zh-CN">' not in draw("work").partition("<main")[2]


def test_the_portal_s_words_stand_on_the_page(draw: Draw) -> None:
    read = Reader(draw("about"))
    assert read.one(name="_csrf")["value"] == "token"
    assert read.one(name="draft")["value"] == "d1"
    assert read.one(href="/forms/" + str(_stylesheet(read)))["rel"] == "stylesheet"
    assert read.every("form")[0]["action"] == "/f"


def _stylesheet(read: Reader) -> str:
    hrefs = [str(attrs["href"]) for attrs in read.every("link")]
    return next(href for href in hrefs if href.startswith("/forms/")).removeprefix("/forms/")


def test_a_fragment_is_the_form_alone(draw: Draw, page: Page) -> None:
    fragment = draw("about", page=replace(page, fragment=True))
    assert "<html" not in fragment
    assert "<form data-formkit" in fragment


WIDGETS = {
    "input": ("about", {"email": "a@b.cn"}, {"id": "input-email", "value": "a@b.cn", "inputmode": "email"}),
    "number": ("about", {"age": 30}, {"id": "input-age", "value": "30"}),
    "money": ("about", {"income": "12.5"}, {"id": "input-income", "value": "12.50"}),
    "date": ("about", {"born": "2024-9-1"}, {"id": "input-born", "value": "2024-09-01", "type": "date"}),
    "a date that is none": ("about", {"born": "1日"}, {"id": "input-born", "value": "1日", "type": "text"}),
    "month": ("about", {"graduated": "2020-07"}, {"id": "input-graduated", "value": "2020-07", "type": "month"}),
    "yes": ("work", {"licensed": True}, {"id": "input-licensed", "value": "true", "checked": None}),
    "no": ("work", {"licensed": "false"}, {"id": "input-licensed-no", "value": "false", "checked": None}),
    "no answer": ("work", {}, {"id": "input-licensed-none", "value": "", "checked": None}),
    "consent": ("about", {"promise": "true"}, {"id": "input-promise", "value": "true", "checked": None}),
    "radio": ("work", {"status": "student"}, {"id": "input-status-3", "value": "student", "checked": None}),
    "select": ("work", {"degree": "master"}, {"value": "master", "selected": None}),
    "search": ("work", {"country": "jpn"}, {"value": "jpn", "selected": None}),
    "cascade": ("work", {"area": "440106"}, {"value": "440106", "selected": None}),
    "a city without districts": ("work", {"area": "4419"}, {"value": "4419", "selected": None}),
    "checkboxes": ("work", {"skills": ["audit"]}, {"id": "input-skills-2", "value": "audit", "checked": None}),
    "group": ("more", {"full_time": {"school": "中大"}}, {"id": "input-full_time-school", "value": "中大"}),
    "rows": ("more", {"awards": [{"_id": "r7", "name": "先进"}]}, {"name": "awards.r7.name", "value": "先进"}),
    "a row's id": ("more", {"awards": [{"_id": "r7"}]}, {"name": "awards.r7._id", "value": "r7"}),
    "upload": ("work", {"photo": PHOTO}, {"name": "photo", "value": "a1", "type": "hidden"}),
}


@pytest.mark.parametrize("widget", WIDGETS)
def test_every_widget_shows_its_answer(draw: Draw, widget: str) -> None:
    step, answers, wanted = WIDGETS[widget]
    Reader(draw(step, answers)).one(**wanted)  # type: ignore[arg-type]


def test_a_long_text_keeps_its_first_blank_line(draw: Draw) -> None:
    assert "\n\n第二行</textarea>" in draw("about", {"story": "第一行\n\n第二行"})


def test_a_password_is_never_shown_again(draw: Draw) -> None:
    for step in ("about", "check", "record"):
        for renderer in ("html", "json", "print"):
            assert "Tr0ub4dor" not in draw(step, {"password": "Tr0ub4dor&3"}, renderer=renderer)


def test_a_tree_offers_its_leaves_under_the_labels_above_them(draw: Draw) -> None:
    read = Reader(draw("work"))
    assert read.every("optgroup") == [{"label": "广州市"}]
    assert read.one(id="input-area")["data-cascade"] == '["市","区"]'


def test_a_choice_no_longer_offered_stays_while_it_is_chosen(draw: Draw) -> None:
    assert "旧学位（已停用）" in draw("work", {"degree": "old"})
    assert "旧学位" not in draw("work", {"degree": "master"})


def test_a_choice_nobody_offers_is_not_put_among_the_options(draw: Draw) -> None:
    assert "surgeon" not in draw("work", {"degree": "surgeon"})


def test_rows_have_a_blank_one_for_the_script_and_buttons_without_it(draw: Draw) -> None:
    read = Reader(draw("more", {"awards": [{"_id": "r1", "name": "甲"}, {"_id": "r2", "name": "乙"}]}))
    assert {"name": "awards.__row__._id", "value": "__row__", "type": "hidden"} in read.every("input")
    removals = [attrs["value"] for attrs in read.every("button") if attrs.get("name") == "_remove"]
    assert removals == ["awards.r1", "awards.r2", "awards.__row__"]
    assert read.one(name="_add")["value"] == "awards"
    assert "disabled" not in read.one(name="_add")


def test_no_row_can_be_added_beyond_the_last(draw: Draw) -> None:
    read = Reader(draw("more", {"awards": [{"_id": f"r{n}", "name": "甲"} for n in range(3)]}))
    assert "disabled" in read.one(name="_add")


def test_a_locked_field_is_text_with_its_reason(draw: Draw) -> None:
    page = draw("about")
    assert 'name="number"' not in page
    assert "A-1" in page
    assert "档案号由系统编发" in page
    assert "不可修改" in page


def test_locked_rows_have_no_controls(draw: Draw) -> None:
    read = Reader(draw("more"))
    assert not [attrs for attrs in read.every("input") if (attrs.get("name") or "").startswith("visits")]
    assert "2024年1月2日" in "".join(read.text)


def test_a_calculated_field_is_text(draw: Draw) -> None:
    page = draw("about")
    assert 'name="name"' not in page
    assert "张三" in page
    assert "自动填写" in page


def test_the_error_summary_leads_to_the_fields(draw: Draw, issues: tuple[Issue, ...]) -> None:
    page = draw("about", FAULTY, issues=issues)
    read = Reader(page)
    summary = read.one(role="alert")
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    links = [str(attrs["href"]) for attrs in read.every("a")]
    assert "#field-email" in links
    assert "/f/more#field-awards-r1-level" in links
    assert "有误：个人信息" in page
    ids = {attrs.get("id") for _, attrs in read.elements}
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= ids


def test_a_row_s_error_says_which_row(draw: Draw, issues: tuple[Issue, ...]) -> None:
    assert "奖励信息 · 奖励 1：“级别”必须填写" in draw("more", FAULTY, issues=issues)


def test_an_error_is_tied_to_its_control(draw: Draw, issues: tuple[Issue, ...]) -> None:
    control = Reader(draw("about", FAULTY, issues=issues)).one(id="input-email")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "hint-email error-email"
    assert control["value"] == "not an email"


def test_conditional_hints_are_on_the_page_for_the_script(draw: Draw) -> None:
    hints = [attrs for attrs in Reader(draw("work", {"status": "student"})).every("div") if "data-when" in attrs]
    assert [("hidden" in attrs) for attrs in hints] == [True, False]


def test_what_the_browser_cannot_decide_comes_by_a_round_trip(form: Form, page: Page) -> None:
    asked = form_of(
        """
        a: {type: text, label: 甲}
        b: {type: text, label: 乙, visible_when: length(a) > 3}
        """
    )
    assert "更新本页" in render(asked, "one", {}, today="2024-06-01")
    plain = form_of("a: {type: text, label: 甲}")
    assert "更新本页" not in render(plain, "one", {}, today="2024-06-01")


def test_without_a_stylesheet_of_the_form_what_does_not_apply_is_hidden(draw: Draw) -> None:
    wrapper = Reader(draw("work", page=Page())).one(id="field-licence")
    assert "hidden" in wrapper
    assert "data-css" not in wrapper


def test_the_check_page_leads_back_from_every_answer(draw: Draw) -> None:
    page = draw("check", {"email": "a@b.cn", "awards": [{"_id": "r1", "name": "先进", "level": "doctor"}]})
    read = Reader(page)
    links = [str(attrs["href"]) for attrs in read.every("a")]
    for wanted in ("/f/about#field-email", "/f/work#field-status", "/f/more#field-awards-r1-name"):
        assert wanted in links
    assert "/f/about#field-number" not in links, "a locked answer cannot be changed"
    assert "field-licence" not in page, "what does not apply is not shown"


def test_nothing_can_be_sent_off_while_there_are_errors(draw: Draw, issues: tuple[Issue, ...]) -> None:
    token = Page(submission_token="once")  # noqa: S106 - a sample
    good = Reader(draw("check", page=token))
    assert good.one(value="submit")["name"] == "_action"
    assert good.one(name="_token")["value"] == "once"
    assert 'value="submit"' not in draw("check", FAULTY, issues=issues)


def test_a_step_nobody_named_is_unknown(draw: Draw) -> None:
    with pytest.raises(UnknownName):
        draw("elsewhere")


def test_a_message_page_escapes_text(page: Page) -> None:
    message = Message("找不到<页面>", "<b>没有</b>", "error", (Link("返回", "/"),))
    read = Reader(render_message(message, language="zh", page=page))
    assert "<b>没有</b>" in "".join(read.text)


def test_a_theme_overrides_templates_by_name(draw: Draw, tmp_path: Path) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "textarea.html").write_text("<p>{{ field.label }}: {{ field.value }}</p>")
    own = RENDERERS.extended({"html": HtmlRenderer(Theme(tmp_path, fallback=DEFAULT_THEME))})
    page = draw("about", {"story": "<x>"}, renderers=own)
    assert "<p>个人简介: &lt;x&gt;</p>" in page
    assert 'id="input-email"' in page


def test_a_template_that_asks_for_what_is_not_there_fails(draw: Draw, tmp_path: Path) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "textarea.html").write_text("{{ field.colour }}")
    own = RENDERERS.extended({"html": HtmlRenderer(Theme(tmp_path, fallback=DEFAULT_THEME))})
    with pytest.raises(UndefinedError):
        draw("about", renderers=own)


HOSTILE = st.text(st.sampled_from("<>&\"'/{}%=` \n字a\ufdd0\u2028"), max_size=30).map(lambda text: f"<i>{text}")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=HOSTILE)
def test_nothing_typed_becomes_markup(draw: Draw, issues: tuple[Issue, ...], typed: str) -> None:
    every: dict[str, Any] = dict.fromkeys(
        ("email", "story", "age", "born", "status", "degree", "area", "skills"), typed
    )
    every["awards"] = [{"_id": "r1", "name": typed, "level": typed}]
    for step in PAGES:
        page = draw(step, every, issues=issues, page=Page(user=typed, csrf_token=typed, site_title=typed))
        assert "i" not in Reader(page).open
        assert "<i>" not in page


SAYING = """
choices:
  few: {x: SAID, y: {label: SAID}}
steps:
  one:
    title: SAID
    note: SAID
    fields:
      a: {type: text, label: SAID, hint: SAID}
      b: {type: choice, label: SAID, choices: few, display: radio}
      c: {type: choice, label: SAID, choices: few, display: select}
      d: {type: note, label: SAID, text: SAID}
      e: {type: consent, label: SAID, statement: SAID}
      f: {type: rows, label: SAID, add_label: SAID, row_label: SAID, fields: {g: {type: text, label: SAID}}}
"""


@settings(max_examples=25, deadline=None)
@given(words=HOSTILE)
def test_nothing_written_in_a_form_becomes_markup(words: str) -> None:
    form = form_of(SAYING.replace("SAID", json.dumps(words)))
    page = render(form, "one", {"b": "x"}, today="2024-06-01")
    Reader(page)
    assert "<i>" not in page


def test_any_json_may_be_among_the_answers(draw: Draw) -> None:
    for odd in (7, 1.5, True, ["x"], {"a": 1}, [[]], [{"_id": 3}], "x", {"_id": "r1"}):
        answers = dict.fromkeys(
            ("email", "story", "age", "born", "promise", "status", "skills", "photo", "papers", "awards", "full_time"),
            odd,
        )
        for step in PAGES:
            Reader(draw(step, answers))


def test_nobody_meets_what_another_typed(draw: Draw) -> None:
    assert draw("about", {"email": "one@b.cn"}) != draw("about", {"email": "two@b.cn"})
    assert "one@b.cn" not in draw("about", {"email": "two@b.cn"})
