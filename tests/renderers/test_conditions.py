"""The form's stylesheet shows exactly what the server would: in real Chromium, without a script."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as Tab

from formkit import evaluate
from formkit.form import Form
from formkit.renderers import Page, render, stylesheet, stylesheet_name
from formkit.renderers.conditions import conditions_of
from tests.forms import form_of

RULES = {
    "equal": "{visible_when: {status: student}",
    "one_of": "{visible_when: {status: [working, student]}",
    "unless": "{visible_unless: {status: student}",
    "other": "{visible_when: \"status != 'student'\"",
    "not_one_of": "{visible_when: \"status not in ('student', 'working')\"",
    "negated": "{visible_when: \"not (status == 'student' and licensed)\"",
    "both": "{visible_when: \"status == 'student' and licensed\"",
    "either": "{visible_when: \"status == 'student' or licensed\"",
    "neither": "{visible_unless: \"status == 'student' or licensed\"",
    "said_yes": "{visible_when: licensed",
    "said_no": "{visible_when: not licensed",
    "is_blank": "{visible_when: status is blank",
    "filled": "{visible_when: status is not blank",
    "not_unless": "{visible_unless: \"not (status == 'working')\"",
    "promised": "{visible_when: promise",
    "skilled": "{visible_when: \"'tax' in skills\"",
    "unskilled": "{visible_when: \"'tax' not in skills\"",
    "behind": "{visible_when: {grade: high}",
    "not_behind": "{visible_when: \"grade != 'high'\"",
    "behind_blank": "{visible_when: grade is blank",
}
FORM = """
choices:
  status: {working: 在岗, student: 在校, "it's \\"odd\\"": 其他}
  skills: {tax: 税务, law: 法务}
  grade: {high: 高, low: 低}
steps:
  one:
    title: 一
    fields:
      status: {type: choice, label: 状态, choices: status, display: DISPLAY}
      licensed: {type: yes_no, label: 持证}
      promise: {type: consent, label: 承诺}
      skills: {type: choices, label: 专长, choices: skills}
      grade: {type: choice, label: 级别, choices: grade, display: select, visible_when: {status: student}}
OTHERS
    sections:
      school:
        title: 学校
        visible_when: {status: student}
        fields:
          school: {type: text, label: 学校名称}
          level: {type: choice, label: 年级, choices: grade}
          senior: {type: text, label: 高年级, visible_when: {level: high}}
      outside:
        title: 校外
        fields:
          seen: {type: text, label: 看得见, visible_when: "level != 'high'"}
"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A page without a script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def show(tab: Tab, form: Form, step: str, answers: dict[str, Any]) -> None:
    """Opens a step as the web room would serve it."""
    page = Page(form_stylesheet=f"/{stylesheet_name(form)}", script=False)
    files = {
        "/": ("text/html; charset=utf-8", render(form, step, answers, today="2024-06-01", page=page)),
        f"/{stylesheet_name(form)}": ("text/css", stylesheet(form)),
    }

    def serve(route: Route) -> None:
        kind, body = files.get(route.request.url.removeprefix("http://form.test"), ("text/css", ""))
        route.fulfill(body=body, content_type=kind)

    tab.unroute_all()
    tab.route("**/*", serve)
    tab.goto("http://form.test/")


def visible(tab: Tab) -> set[str]:
    """The fields a person sees."""
    seen = "[...document.querySelectorAll('[data-field]')].filter(e => e.checkVisibility()).map(e => e.dataset.field)"
    return set(tab.evaluate(seen))


@pytest.mark.parametrize("display", ["radio", "select"])
def test_css_shows_what_the_rules_say(tab: Tab, display: str) -> None:
    others = "".join(f"      {name}: {rule}, type: text, label: 项}}\n" for name, rule in RULES.items())
    form = form_of(FORM.replace("OTHERS\n", others).replace("DISPLAY", display))
    unsettled = [name for name in (*RULES, "grade", "senior", "seen") if not conditions_of(form).known[name].css]
    assert unsettled == []
    choices = product(("", "working", "student", 'it\'s "odd"'), (None, True, False), (None, ["tax", "law"], ["law"]))
    for number, (status, licensed, skills) in enumerate(choices):
        answers = {"status": status, "licensed": licensed, "skills": skills, "promise": number % 2 == 0}
        answers |= {"grade": ("high", "low", None)[number % 3], "level": ("low", "high", None)[number % 3]}
        show(tab, form, "one", answers)
        states = evaluate(form, answers, today="2024-06-01").states
        assert visible(tab) == {path for path, state in states.items() if state.visible}, answers


def test_css_follows_each_row_by_itself(tab: Tab) -> None:
    form = form_of(
        """
        choices: {grade: {high: 高, low: 低}}
        steps:
          one:
            title: 一
            fields:
              rows:
                type: rows
                label: 行
                fields:
                  grade: {type: choice, label: 级别, choices: grade}
                  why: {type: text, label: 原因, visible_when: {grade: high}}
        """
    )
    answers = {"rows": [{"_id": "a", "grade": "high"}, {"_id": "b", "grade": "low"}, {"_id": "c"}]}
    show(tab, form, "one", answers)
    assert {"rows.a.why"} == {name for name in visible(tab) if name.endswith("why")}
    tab.check("#input-rows-b-grade")
    assert {"rows.a.why", "rows.b.why"} == {name for name in visible(tab) if name.endswith("why")}


NOT_BY_CSS = {
    "text": "visible_when: a == 'x'",
    "number": "visible_when: n > 3",
    "function": "visible_when: length(a) > 3",
    "locked": "visible_when: l",
    "calculated": "visible_when: c",
    "fact": "visible_when: y and facts.known",
    "other_page": "visible_when: elsewhere",
}


@pytest.mark.parametrize("why", NOT_BY_CSS)
def test_css_claims_nothing_it_cannot_tell(why: str) -> None:
    form = form_of(
        f"""
        facts: {{known: {{type: yes_no, label: 已知}}}}
        steps:
          zero: {{title: 零, fields: {{elsewhere: {{type: yes_no, label: 别处}}}}}}
          one:
            title: 一
            fields:
              a: {{type: text, label: 甲}}
              n: {{type: integer, label: 数}}
              y: {{type: yes_no, label: 是否}}
              l: {{type: yes_no, label: 锁, locked: always}}
              c: {{type: yes_no, label: 算, value: facts.known}}
              z: {{type: text, label: 结果, {NOT_BY_CSS[why]}}}
        """
    )
    found = conditions_of(form).known.get("z")
    assert found is None or found.css is None


def test_what_another_page_decides_is_left_to_the_server() -> None:
    form = form_of(
        """
        steps:
          zero: {title: 零, fields: {elsewhere: {type: yes_no, label: 别处}}}
          one: {title: 一, fields: {z: {type: text, label: 结果, visible_when: elsewhere}}}
        """
    )
    assert "input-z" not in render(form, "one", {"elsewhere": False}, today="2024-06-01")
    assert "input-z" in render(form, "one", {"elsewhere": True}, today="2024-06-01")


def test_another_stylesheet_has_another_name() -> None:
    plain = form_of("a: {type: text, label: 甲}")
    rich = form_of("{a: {type: yes_no, label: 甲}, b: {type: text, label: 乙, visible_when: a}}")
    assert stylesheet(plain) == ""
    assert stylesheet_name(plain) != stylesheet_name(rich)
