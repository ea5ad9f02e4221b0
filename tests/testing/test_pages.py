"""Every page of a form in the usual states."""

from formkit.renderers import Page
from formkit.testing.pages import State, pages, usual_states
from tests.forms import form_of

TODAY = "2024-09-01"
FORM = form_of("""
    facts: {open: {type: yes_no, label: 开放}}
    steps:
      one:
        title: 一
        fields:
          a: {type: integer, label: 甲, required: true, locked: after_submission}
          b: {type: yes_no, label: 乙}
      two:
        title: 二
        visible_when: b
        fields: {c: {type: text, label: 丙, required: true}}
    """)


def test_every_page_has_a_name_that_stays() -> None:
    assert [page.name for page in pages(FORM, today=TODAY)] == [
        "small.one.empty",
        "small.check.empty",
        "small.one.errors",
        "small.check.errors",
        "small.one.filled",
        "small.two.filled",
        "small.check.filled",
        "small.one.change",
        "small.two.change",
        "small.check.change",
    ]


def test_the_states_differ_where_they_should() -> None:
    html = {page.name: page.html for page in pages(FORM, today=TODAY)}
    assert "必须填写" in html["small.one.errors"] and "必须填写" not in html["small.one.empty"]
    assert 'name="a"' in html["small.one.filled"] and 'name="a"' not in html["small.one.change"]


def test_a_page_shows_the_errors_of_its_step_only() -> None:
    state = State("half", {"b": True}, {"open": True}, judged=True)
    shown = {page.step: page.html for page in pages(FORM, today=TODAY, states=[state])}
    assert "甲" in shown["one"] and "“丙”必须填写" not in shown["one"] and "“丙”必须填写" in shown["two"]
    assert "“甲”必须填写" in shown["check"] and "“丙”必须填写" in shown["check"]


def test_other_languages_add_their_name() -> None:
    named = [page.name for page in pages(FORM, today=TODAY, languages=("zh", "en"), steps=["one"])]
    assert named[:2] == ["small.one.empty", "small.one.empty.en"]


def test_facts_answers_renderer_and_page_of_ones_own() -> None:
    states = usual_states(FORM, today=TODAY, facts={"open": True}, answers={"a": 77, "b": False})
    assert [state.facts for state in states] == [{"open": True}] * 4
    shown = list(pages(FORM, today=TODAY, states=[states[2]], page=Page(action="/here")))
    assert [page.step for page in shown] == ["one", "check"]
    assert 'value="77"' in shown[0].html and 'action="/here"' in shown[0].html
    assert next(pages(FORM, today=TODAY, renderer="json")).html.startswith("{")
