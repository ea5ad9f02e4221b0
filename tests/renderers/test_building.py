"""The view: what templates read, from the form, the answers and the issues."""

from typing import Any

from formkit import UNKNOWN, evaluate, validate
from formkit.form import Form
from formkit.issues import Issue, Level
from formkit.renderers import Page
from formkit.renderers.building import build_view
from formkit.renderers.parts import parts_of
from formkit.renderers.view import FieldView, FormView
from formkit.texts import Text
from formkit.wizard import CHECK, path_through
from tests.forms import form_of
from tests.renderers.conftest import CONTEXT, FACTS

DAY = "2024-06-01"


def view_of(form: Form, answers: dict[str, Any], step: str = "one", **more: Any) -> FormView:
    """The view of one step, or of all of them."""
    page, issues = more.pop("page", Page()), more.pop("issues", ())
    evaluation = evaluate(form, answers, **{"today": DAY, **more})
    steps = [step] if step in form.steps_by_id else list(evaluation.visible_steps)
    return build_view(parts_of(form, "zh", DAY), evaluation, issues, page, steps, step)


def field_of(view: FormView, name: str) -> FieldView:
    """A field of the view by its name, wherever it stands."""
    waiting = list(view.step.fields)
    while waiting:
        field = waiting.pop()
        if field.name == name:
            return field
        waiting += [*field.fields, *(inner for row in field.rows for inner in row.fields)]
        waiting += field.blank_row.fields if field.blank_row else ()
    raise LookupError(name)


def test_what_was_typed_is_kept_where_it_is_no_value() -> None:
    field = field_of(view_of(form_of("n: {type: integer, label: 数}"), {"n": "十二"}), "n")
    assert (field.value, field.typed, field.text) == ("十二", False, "十二")


def test_a_value_is_shown_as_the_rules_read_it() -> None:
    field = field_of(view_of(form_of("m: {type: mobile, label: 手机}"), {"m": " 138 0013 8000 "}), "m")
    assert (field.value, field.typed) == ("13800138000", True)


def test_what_was_typed_in_a_hidden_field_comes_back_with_it() -> None:
    form = form_of("{a: {type: yes_no, label: 甲}, b: {type: text, label: 乙, visible_when: a}}")
    field = field_of(view_of(form, {"a": False, "b": "还在"}), "b")
    assert (field.value, field.visible, field.hidden) == ("还在", False, True)


def test_a_hidden_group_has_its_fields_ready_for_the_browser() -> None:
    form = form_of(
        """
        a: {type: yes_no, label: 甲}
        g: {type: group, label: 组, visible_when: a, fields: {x: {type: text, label: 子, required: true}}}
        """
    )
    view = view_of(form, {"a": False, "g": {"x": "旧"}})
    inner = field_of(view, "g.x")
    assert (field_of(view, "g").hidden, inner.hidden, inner.required, inner.value) == (True, False, True, "旧")


def test_required_rows_begin_with_one() -> None:
    form = form_of("r: {type: rows, label: 行, required: true, fields: {x: {type: text, label: 子}}}")
    assert [row.id for row in field_of(view_of(form, {}), "r").rows] == ["r1"]
    assert field_of(view_of(form, {}, CHECK), "r").rows == []


def test_a_blank_row_is_built_once_where_nobody_s_answers_change_it() -> None:
    form = form_of("r: {type: rows, label: 行, fields: {x: {type: text, label: 子, hint: 提示}}}")
    once = field_of(view_of(form, {}), "r").blank_row
    assert field_of(view_of(form, {"r": [{"_id": "r1", "x": "甲"}]}), "r").blank_row is once
    styled = field_of(view_of(form, {}, page=Page(form_stylesheet="/s.css")), "r").blank_row
    assert styled is not once


def test_a_blank_row_is_built_anew_where_a_hint_inside_follows_from_answers() -> None:
    form = form_of(
        """
        a: {type: yes_no, label: 甲}
        r:
          type: rows
          label: 行
          fields:
            x: {type: text, label: 子, hint: [{when: a, text: 提示}]}
        """
    )
    hidden = [
        [hint.hidden for hint in field_of(view_of(form, {"a": yes}), "r.__row__.x").hints]
        for yes in (True, False, True)
    ]
    assert hidden == [[False], [True], [False]]


def test_an_issue_about_the_blank_row_stands_in_it() -> None:
    form = form_of("r: {type: rows, label: 行, fields: {x: {type: text, label: 子}}}")
    issue = Issue("required", "r.__row__.x")
    view_of(form, {})
    assert field_of(view_of(form, {}, issues=[issue]), "r.__row__.x").errors
    assert not field_of(view_of(form, {}), "r.__row__.x").errors


def test_a_lock_is_told_once_where_all_is_locked(form: Form) -> None:
    view = view_of(form, {}, "more", **{key: value for key, value in CONTEXT.items() if key != "today"})
    rows = field_of(view, "visits")
    assert (rows.locked, rows.lock_reason, rows.blank_row) == (True, "窗口办理中，不能修改", None)
    inner = field_of(view, "visits.v1.day")
    assert (inner.locked, inner.lock_told, inner.lock_reason) == (True, True, "")


def test_the_browser_is_told_what_its_rules_ask_elsewhere_and_no_more() -> None:
    form = form_of(
        """
        facts: {known: {type: yes_no, label: 已知}, down: {type: yes_no, label: 断}, secret: {type: text, label: 密}}
        steps:
          zero: {title: 零, fields: {old: {type: text, label: 旧}, private: {type: text, label: 私}}}
          one:
            title: 一
            fields:
              a: {type: yes_no, label: 甲}
              b: {type: text, label: 乙, visible_when: "a and facts.known and not facts.down and old is not blank"}
        """
    )
    facts = {"known": True, "down": UNKNOWN, "secret": "x"}
    answers = view_of(form, {"old": "1", "private": "2"}, facts=facts).step.answers
    assert answers == '{"facts":{"known":true},"record":{},"today":"2024-06-01","values":{"old":"1"}}'


def test_issues_stand_at_their_fields_and_in_reading_order() -> None:
    form = form_of("{a: {type: text, label: 甲, required: true}, b: {type: integer, label: 乙}}")
    issues = validate(form, {"b": "x"}, today=DAY).issues
    view = view_of(form, {"b": "x"}, issues=reversed(issues))
    assert [item.href for item in view.errors] == ["#field-a", "#field-b"]
    assert [item.label for item in view.errors] == ["", "乙"], "a sentence that says the label needs no other"
    assert field_of(view, "b").errors == [view.errors[1].text]


def test_warnings_and_notices_are_not_errors() -> None:
    form = form_of("a: {type: text, label: 甲}")
    warning = Issue("check", "a", level=Level.WARNING, message=Text("请再看看"))
    notice = Issue("hidden", "gone", level=Level.NOTICE)
    view = view_of(form, {}, issues=(warning, notice))
    assert not field_of(view, "a").errors
    assert field_of(view, "a").warnings == ["请再看看"]
    assert view.errors == []
    assert [item.text for item in view.warnings] == ["请再看看"]
    assert len(view.notices) == 1


def test_an_issue_of_another_page_leads_there() -> None:
    form = form_of("steps: {one: {title: 一, fields: {a: {type: text, label: 甲}}}, two: {title: 二, fields: {}}}")
    issue = Issue("required", "a", {"label": Text("甲")})
    assert view_of(form, {}, "two", issues=(issue,), page=Page(step_url="/f/{step}")).errors[0].href == "/f/one#field-a"
    assert view_of(form, {}, "two", issues=(issue,)).errors[0].href == ""


def test_progress_follows_the_path(form: Form) -> None:
    context = {"record": None, "facts": FACTS, "today": DAY}
    evaluation = evaluate(form, {}, **context)
    assert evaluation.visible_steps == ("about", "work", "more")
    path = path_through(evaluation, [])
    view = view_of(form, {}, "about", facts=FACTS, page=Page(path=path, step_url="/{step}"))
    assert [(item.id, item.state, item.url) for item in view.progress] == [
        ("about", "current", ""),
        ("work", "blocked", ""),
        ("more", "blocked", ""),
        ("check", "blocked", ""),
    ]


def test_parts_are_made_once_for_a_form_language_and_day(form: Form) -> None:
    assert parts_of(form, "zh", DAY) is parts_of(form, "zh", DAY)
    assert parts_of(form, "en", DAY) is not parts_of(form, "zh", DAY)
    for day in range(1, 9):
        parts_of(form, "zh", f"2030-01-0{day}")
    assert parts_of(form, "zh", "2020-01-01").today == "2020-01-01"
