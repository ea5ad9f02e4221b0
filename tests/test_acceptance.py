"""The short way and the long way say the same, about every form and whatever is answered."""

import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.people import FACTS, TODAY, people
from formkit import UNKNOWN, evaluate, load, validate
from formkit.acceptance import accept
from formkit.evaluation import context_of
from formkit.form import Form
from formkit.validation import judge
from tests.forms import form_of
from tests.test_meanings import JSON_VALUES, LOCKED, STATUS

COLLECTION = load(Path(__file__).parent.parent / "forms" / "accountant_collection.yaml")
EVERYTHING = form_of("""
    choices:
      status:
        employed: 在职
        student: 在校生
        a: {label: 旧, until: 2020-01-01}
    facts:
      open: {type: yes_no, label: 开}
      born: {type: date, label: 生日}
    steps:
      one:
        title: 一
        fields:
          status: {type: choice, label: 状态, choices: status, required: true}
          age: {type: integer, label: 年龄, max: 150, required_when: {status: student}}
          card: {type: text, label: 证, visible_when: {status: student}, required: true}
          fixed: {type: text, label: 定, locked: true}
          gated: {type: text, label: 限, locked_when: facts.open}
          twice: {type: integer, label: 倍, value: age * 2}
          maybe: {type: integer, label: 或, value: age + 1, value_unless: age > 9, required: true}
          born: {type: date, label: 生日, max: today, value: facts.born}
          about: {type: note, label: 注, text: 文}
          home:
            type: group
            label: 家
            all_or_nothing: true
            fields:
              city: {type: text, label: 市, required: true}
              street:
                type: text
                label: 街
                visible_unless: city == 'x'
                checks: [{rule: street != city, message: 同}]
          school:
            type: group
            label: 校
            visible_when: {status: student}
            fields:
              name: {type: text, label: 名, required: true}
          club:
            type: group
            label: 社
            fields:
              leader: {type: text, label: 长, max_length: 1, checks: [{rule: leader is not blank, message: 填}]}
          number: {type: identity_document, label: 号, type_field: status, documents: {student: passport}}
          several: {type: choices, label: 多, choices: status, max_choices: 1, messages: {not_in_list: 不在}}
          agreed: {type: consent, label: 应, required_unless: age < 2}
          sure: {type: yes_no, label: 定否}
        checks:
          - {rule: age != 7, message: 不能是七, level: warning}
          - {rule: age != 12, message: 不能是十二, at: card}
      two:
        title: 二
        visible_unless: age < 3
        fields:
          rows:
            type: rows
            label: 行
            max_rows: 2
            fields:
              a: {type: integer, label: 甲, required: true}
              b: {type: integer, label: 乙, visible_when: a > 1, checks: [{rule: b > a, message: 大些}]}
              kind: {type: choice, label: 类, choices: status}
              code: {type: identity_document, label: 码, type_field: kind, documents: {student: passport}}
            checks: [{rule: unique(r.a for r in rows), message: 重复}]
          last: {type: text, label: 末, visible_when: age > 1, checks: [{rule: age != 0, message: 不}]}
        checks: [{rule: age != 2, message: 不能是二}]
    checks: [{rule: age != 1, message: 不能是一}]
""")
FORMS = {"status": form_of(STATUS), "locked": form_of(LOCKED), "everything": EVERYTHING}
WORDS = st.sampled_from(
    ["", " ", "x", "employed", "student", "1", "2", "7", 0, 1, 2, 3, 12, True, False, None, "a", "b"]
)
FACT_VALUES = {
    "open": st.sampled_from([True, False, None, UNKNOWN]),
    "born": st.sampled_from(["2024-01-01", "2100-01-01", None, UNKNOWN]),
}
ROW = st.dictionaries(
    st.sampled_from(["_id", "a", "b", "kind", "code", "name", "level"]), WORDS | st.sampled_from(["r1", "r2"])
)
INNER = st.dictionaries(st.sampled_from(["city", "street", "name", "leader", "zz"]), WORDS)

RIGHT: dict[str, Any] = {
    "status": "student",
    "age": "5",
    "card": "x",
    "home": {"city": "a", "street": "b"},
    "school": {"name": "n"},
    "club": {"leader": "x"},
    "number": "AB12345",
    "several": ["student"],
    "agreed": "true",
    "sure": "no",
    "rows": [{"_id": "r1", "a": "2", "b": "3", "kind": "student", "code": "AB12345"}, {"_id": "r2", "a": "1"}],
    "last": "y",
}
PATHS = [
    *((name,) for name in RIGHT),
    *((name, inner) for name in ("home", "school", "club") for inner in ("city", "street", "name", "leader")),
    *(("rows", row, column) for row in (0, 1) for column in ("_id", "a", "b", "kind", "code")),
]


def both(form: Form, answers: Any, facts: Any) -> None:
    slow = judge(evaluate(form, answers, facts=facts, today=TODAY))
    assert validate(form, answers, facts=facts, today=TODAY) == slow


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_both_ways_agree(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    value = WORDS | INNER | st.lists(ROW, max_size=3) | JSON_VALUES
    names = st.sampled_from([*form.top_fields, "zz"])
    facts = {fact: data.draw(FACT_VALUES[fact]) for fact in form.facts}
    both(form, data.draw(st.dictionaries(names, value, max_size=len(form.top_fields))), facts)


def put(answers: Any, path: tuple[Any, ...], value: Any) -> None:
    """Changes one answer, if what holds it is still there."""
    holder = answers
    try:
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = deepcopy(value)
    except (KeyError, IndexError, TypeError):
        return


@settings(max_examples=600, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.sampled_from([*PATHS, ("zz",)]), WORDS | st.sampled_from([[], {}, ["a"]])), max_size=4
    ),
    facts=st.fixed_dictionaries({"open": st.just(False), "born": st.sampled_from(["2024-01-01", "2100-01-01", None])}),
)
def test_both_ways_agree_about_answers_that_are_nearly_right(changes: list[Any], facts: Any) -> None:
    answers: Any = deepcopy(RIGHT)
    for path, value in changes:
        put(answers, path, value)
    both(EVERYTHING, answers, facts)


@pytest.mark.parametrize(
    ("changes", "facts"),
    [
        ({"age": 12}, {}),  # a check whose message stands at another field
        ({"age": 0}, {}),  # a check that fails at a field that is hidden
        ({"age": 7}, {}),  # a warning of a whole step
        ({"age": ""}, {}),  # what is worked out from it is blank, which nobody is told of
        ({"gated": "x"}, {"open": UNKNOWN}),  # a lock that hangs on an unknown fact
        ({"gated": "x"}, {"open": True}),
        ({"fixed": "x"}, {}),
        ({"twice": 3}, {}),
    ],
)
def test_both_ways_agree_about_hard_cases(changes: Any, facts: Any) -> None:
    both(EVERYTHING, RIGHT | changes, {"open": False, "born": None} | facts)


def test_right_answers_take_the_short_way() -> None:
    context = context_of(EVERYTHING, None, {"open": False, "born": None}, TODAY)
    assert accept(EVERYTHING, RIGHT, context) == (validate_long(RIGHT), [])


def validate_long(answers: Any) -> Any:
    return judge(evaluate(EVERYTHING, answers, facts={"open": False, "born": None}, today=TODAY)).values


def test_both_ways_agree_about_people() -> None:
    chance = random.Random(7)  # noqa: S311 - reproducible samples, no secret
    for person in people(300, seed=7):
        answers = person.answers
        both(COLLECTION, answers, FACTS)
        answers[chance.choice(list(COLLECTION.top_fields))] = chance.choice(["", None, "x", 1, [], {}, "student"])
        both(COLLECTION, answers, FACTS)


def test_nearly_everybody_takes_the_short_way() -> None:
    context = context_of(COLLECTION, None, FACTS, TODAY)
    accepted = [accept(COLLECTION, person.answers, context) for person in people(300, seed=7)]
    assert sum(each is not None for each in accepted) > 280


@pytest.mark.parametrize(
    ("path", "raw", "code"),
    [
        ("email", "x", "wrong_email"),
        ("email", None, "required"),
        ("division", "440100", "choice_incomplete"),
        ("full_time.graduated", "2010-13", "no_such_month"),
        ("qualifications.r0.type", "none", "not_in_list"),
        ("qualifications.r0.type", "", "required"),
    ],
)
def test_the_short_way_tells_ordinary_faults(path: str, raw: object, code: str) -> None:
    answers = people(1)[0].answers
    parts = path.split(".")
    holder = answers if len(parts) == 1 else answers[parts[0]]
    (holder[0] if isinstance(holder, list) else holder)[parts[-1]] = raw
    accepted = accept(COLLECTION, answers, context_of(COLLECTION, None, FACTS, TODAY))
    assert accepted is not None
    assert (path, code) in [(issue.path, issue.code) for issue in accepted[1]]
    both(COLLECTION, answers, FACTS)


def test_the_short_way_is_in_doubt_about_a_blank_group_in_which_a_check_stands() -> None:
    answers = {"status": "employed", "age": "5"}
    facts = {"open": False, "born": "2024-01-01"}
    assert "club.leader" in [issue.path for issue in validate(EVERYTHING, answers, facts=facts, today=TODAY).issues]
    both(EVERYTHING, answers, facts)
