"""Examples of those whom a change stops: true of both editions, and none where nobody is stopped."""

from formkit.diff import diff
from formkit.testing.stopped import with_examples
from formkit.validation import validate
from tests.forms import form_of

OLD = """
choices:
  status: {working: {zh: 在岗, en: Working}, student: {zh: 在校生, en: Student}}
steps:
  one:
    title: 一
    fields:
      status: {type: choice, label: {zh: 在岗状态, en: Status}, choices: status, required: true}
      card: {type: text, label: {zh: 学生证, en: Card}, visible_when: {status: student}}
      age: {type: integer, label: {zh: 年龄, en: Age}, min: 1, max: 200}
"""


def test_an_example_passes_before_and_is_stopped_now() -> None:
    old, new = form_of(OLD), form_of(OLD.replace("student}}\n      age", "student}, required: true}\n      age"))
    (change,) = with_examples(old, new, diff(old, new))
    assert change.example is not None
    assert change.example.answers["status"] == "student"
    assert change.example.who is not None
    assert change.example.who.in_("zh") == "在岗状态为在校生"
    assert validate(old, change.example.answers, today=new.edition).ok
    issues = validate(new, change.example.answers, today=new.edition).issues
    assert [(issue.path, issue.code) for issue in issues] == [("card", "required")]


def test_a_new_check_shows_whom_it_stops() -> None:
    old, new = form_of(OLD), form_of(OLD.replace("max: 200}", "max: 200, checks: [{rule: age > 199, message: 太小}]}"))
    (change,) = with_examples(old, new, diff(old, new))
    assert change.example is not None
    assert change.example.issue.code == "check"
    assert change.example.who is None


def test_nobody_is_stopped_by_what_is_safe() -> None:
    old, new = form_of(OLD), form_of(OLD.replace("zh: 年龄", "zh: 岁数"))
    assert [change.example for change in with_examples(old, new, diff(old, new))] == [None]
