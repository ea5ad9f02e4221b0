"""Looking for answers: what is found is so, and what is called impossible never is."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from formkit.expressions import UNKNOWN, Group, Rows, Rule, Scope, Type, parse_rule
from formkit.fields.base import Moment
from formkit.form import Field, Form
from formkit.search import Example, Found, Impossible, Says, Shown, Stands, Undecided, find, outcomes, settle
from tests.expressions import generated
from tests.forms import form_of

SMALL = form_of("""
    facts:
      works: {type: yes_no, label: 在岗}
      born: {type: date, label: 出生日期}
    choices:
      status: {working: 在岗, student: 在校, retired: 退休}
      level: {junior: 初级, senior: 高级, old: {label: 旧级, until: 2020-12-31}, next: {label: 新级, since: 2030-01-01}}
    steps:
      one:
        title: 一
        fields:
          status: {type: choice, label: 状态, choices: status}
          level: {type: choice, label: 级别, choices: level}
          age: {type: integer, label: 年龄, min: 0, max: 150}
          limit: {type: integer, label: 上限, min: 10, max: 20}
          pay: {type: money, label: 工资}
          born: {type: date, label: 出生, max: today}
          died: {type: date, label: 终止}
          graduated: {type: year, label: 毕业, min: 2000, max: today}
          card: {type: text, label: 卡号, visible_when: {status: student}}
          note: {type: text, label: 说明, max_length: 30}
          sex: {type: text, label: 性别, value: "'x' if age > 3 else 'y'"}
          hobbies: {type: choices, label: 爱好, choices: status, max_choices: 2}
          photo: {type: image, label: 照片}
          place: {type: text, label: 地点, locked_when: facts.works}
          home:
            type: group
            label: 家庭
            visible_when: status != 'working'
            fields:
              city: {type: text, label: 城市}
              street: {type: text, label: 街道, visible_when: city is not blank}
          awards:
            type: rows
            label: 奖励
            max_rows: 9
            fields:
              name: {type: text, label: 名称}
              year: {type: year, label: 年度}
              level: {type: choice, label: 级别, choices: level, visible_when: year > 2010}
      two:
        title: 二
        visible_when: age >= 18
        fields:
          last: {type: yes_no, label: 最后}
    """)

CAN, CANNOT, OPEN = Found, Impossible, Undecided
CASES: list[tuple[str, type, type, type]] = [
    ("status == 'student'", CAN, CAN, CAN),
    ("status == 'student' and status == 'working'", CANNOT, CAN, CAN),
    ("status == 'student' or status != 'student'", CAN, CANNOT, CAN),
    ("status is blank or status is not blank", CAN, CANNOT, CANNOT),
    ("card is not blank and status != 'student'", CANNOT, CAN, CANNOT),
    ("age > 150", CANNOT, CAN, CAN),
    ("age < limit and age > 19", CANNOT, CAN, CAN),
    ("age < limit and age > 18", CAN, CAN, CAN),
    ("age == limit and limit > 20", CANNOT, CAN, CAN),
    ("pay > 1000.5 and pay < 1000.52", CAN, CAN, CAN),
    ("pay > 1000.5 and pay < 1000.51", CANNOT, CAN, CAN),
    ("born > today()", CANNOT, CAN, CAN),
    ("died > today()", CAN, CAN, CAN),
    ("born < died and died < born", CANNOT, CAN, CAN),
    ("graduated > 2040", CAN, CAN, CAN),
    ("level == 'old'", CAN, CAN, CAN),
    ("level == 'next'", CAN, CAN, CAN),
    ("sex == 'x' and age < 3", CANNOT, CAN, CAN),
    ("sex == 'z'", CANNOT, CAN, CAN),
    ("sex == 'x' and last", CAN, CAN, CAN),
    ("last is not blank and age < 18", CANNOT, CAN, CANNOT),
    ("'working' in hobbies and 'student' in hobbies", CAN, CAN, CAN),
    ("'working' in hobbies and 'student' in hobbies and 'retired' in hobbies", CANNOT, CAN, CAN),
    ("photo is blank", CAN, CAN, CANNOT),
    ("home.street is not blank and home.city is blank", CANNOT, CAN, CANNOT),
    ("home.city == 'a' and status == 'working'", CANNOT, CAN, CAN),
    ("any(a.level == 'junior' for a in awards)", CAN, CAN, CAN),
    ("any(a.level is not blank and a.year <= 2010 for a in awards)", CANNOT, CAN, CANNOT),
    ("all(a.year > 2012 for a in awards)", CAN, CAN, CAN),
    ("unique(a.name for a in awards)", CAN, CAN, CANNOT),
    ("count(awards) > 4", CAN, CAN, CANNOT),
    ("count(awards) > 9", CANNOT, CAN, CANNOT),
    ("facts.works", CAN, CAN, CAN),
    ("facts.works and not facts.works", CANNOT, CAN, CAN),
    ("record.age > 60 and age < 30", CAN, CAN, CAN),
    ("record.place == 'a' and place == 'b' and facts.works", CANNOT, CAN, CAN),
    ("age_on(born, today()) >= 60", CAN, CAN, CAN),
    ("age_on(facts.born, today()) == 35", CAN, CAN, CAN),
    ("days_between(born, died) == 30", CAN, CAN, CAN),
    ("length(note) > 25", CAN, CAN, CAN),
    ("length(note) > 30", OPEN, CAN, CAN),
    ("starts_with(note, '44')", CAN, CAN, CAN),
    ("2 * age + 1 > 40 and age < 21", CAN, CAN, CAN),
    ("2 * age + 1 > 301", CANNOT, CAN, CAN),
    ("2 * age + 1 > 300", CAN, CAN, CAN),
    ("limit / 2 < 4", CANNOT, CAN, CAN),
    ("limit + 1 > 15 and limit == age", CAN, CAN, CAN),
    ("10 - limit < 0 - limit / 3 and limit < 15", OPEN, CAN, CAN),
    ("sum(a.year for a in awards) > 4000", CAN, CAN, OPEN),
    ("yes", CAN, CANNOT, CANNOT),
]


@pytest.mark.parametrize(("text", "true", "false", "unknown"), CASES)
def test_each_outcome_is_found_or_is_impossible(text: str, true: type, false: type, unknown: type) -> None:
    rule = rule_in(SMALL, text)
    found = outcomes(SMALL, rule)
    wanted_of = {True: (found.true, true), False: (found.false, false), UNKNOWN: (found.unknown, unknown)}
    for answer, (finding, wanted) in wanted_of.items():
        assert type(finding) is wanted, (answer, finding)
        if isinstance(finding, Found):
            assert outcome_of(SMALL, rule, finding.example) is answer


def test_a_rule_of_a_row_is_looked_at_in_the_first_row() -> None:
    found = outcomes(SMALL, rule_in(SMALL, "level == 'junior' and year <= 2011", "awards"), "awards")
    assert isinstance(found.true, Found) and found.true.example.answers["awards"][0]["year"] == 2011
    assert isinstance(
        find(SMALL, [Says(rule_in(SMALL, "level == 'junior' and year <= 2010", "awards"), True, "awards")]), Impossible
    )


def test_a_rule_of_a_group_is_looked_at_inside() -> None:
    found = outcomes(
        SMALL, rule_in(SMALL, "street is not blank and city == 'x'", "home"), "home", [Shown("home.street")]
    )
    assert isinstance(found.true, Found)
    assert found.true.example.answers["home"]["city"] == "x"


def test_what_is_looked_for_can_be_where_fields_stand() -> None:
    assert isinstance(find(SMALL, [Shown("last"), Shown("card")]), Found)
    assert isinstance(find(SMALL, [Shown("home"), Says(rule_in(SMALL, "status == 'working'"), True)]), Impossible)
    locked = find(SMALL, [Stands("place", locked=True), Says(rule_in(SMALL, "place == 'a'"), True)])
    assert isinstance(locked, Found)
    assert locked.example.record == {"place": "a"} and locked.example.facts["works"] in (True, UNKNOWN)
    assert isinstance(find(SMALL, [Stands("sex", calculated=False)]), Impossible)


def test_a_search_that_runs_out_says_so() -> None:
    rule = rule_in(SMALL, "age + limit + 3 == 1")
    assert find(SMALL, [Says(rule, True)], tries=5) == Undecided("tries")
    assert find(SMALL, [Says(rule, True)]) == Undecided("values")


def rule_in(form: Form, text: str, holder: str = "") -> Rule:
    """A rule as the form's author would write it."""
    names = types_of(form.top_fields.values())
    row = types_of(form.fields[holder].fields) if holder else None
    facts = {fact.id: fact.type for fact in form.facts.values()}
    rule = parse_rule(text, Scope(names=names, facts=facts, record=names, row=row))
    assert isinstance(rule, Rule), rule
    return rule


def types_of(fields: Iterable[Field]) -> dict[str, Type]:
    return {field.id: type_of(field) for field in fields}


def type_of(field: Field) -> Type:
    kind = field.type.rule_type()
    if isinstance(kind, Group):
        return replace(kind, fields=types_of(field.fields))
    return replace(kind, columns=types_of(field.fields)) if isinstance(kind, Rows) and field.fields else kind


def outcome_of(form: Form, rule: Rule, example: Example, holder: str = "") -> Any:
    settled = settle(form, example)
    row = settled.values.get(holder) or {} if holder else None
    if rule.is_true(settled.values, row, settled.context):
        return True
    return False if rule.is_false(settled.values, row, settled.context) else UNKNOWN


RANDOM = form_of("""
    facts:
      y: {type: yes_no, label: 是否}
      n: {type: integer, label: 数}
      c: {type: choice, label: 选, choices: letters}
      day: {type: date, label: 日}
    choices: {letters: {a: 甲, b: 乙, c: 丙}}
    steps:
      one:
        title: 一
        fields:
          y: {type: yes_no, label: 是否}
          z: {type: yes_no, label: 是否, visible_when: y or n > 3}
          c: {type: choice, label: 选, choices: letters, visible_unless: z}
          n: {type: integer, label: 数, min: -20, max: 20}
          m: {type: integer, label: 数, min: -20, max: 20, value: n, value_when: y}
          pay: {type: decimal, label: 数, min: -99.99, max: 99.99}
          rate: {type: decimal, label: 数, min: 0, max: 2, places: 4}
          day: {type: date, label: 日, locked_when: facts.y}
          later: {type: date, label: 日, min: 2000-01-01}
          t: {type: text, label: 文, locked: after_submission}
          s: {type: choices, label: 多选, choices: letters}
          mo: {type: month, label: 月}
          g:
            type: group
            label: 组
            visible_when: c != 'a'
            fields:
              t: {type: text, label: 文}
              n: {type: integer, label: 数, min: -20, max: 20}
              y: {type: yes_no, label: 是否, visible_when: n is not blank}
          r:
            type: rows
            label: 行
            max_rows: 20
            fields:
              c: {type: choice, label: 选, choices: letters}
              n: {type: integer, label: 数, min: -20, max: 20}
              pay: {type: decimal, label: 数, min: -99.99, max: 99.99}
              day: {type: date, label: 日}
              y: {type: yes_no, label: 是否, visible_when: c is not blank}
              t: {type: text, label: 文}
              s: {type: choices, label: 多选, choices: letters}
          h:
            type: group
            label: 组
            fields:
              k: {type: integer, label: 数, min: -20, max: 20}
              w: {type: text, label: 文}
    """)
LIMITED = form_of("""
    facts:
      y: {type: yes_no, label: 是否}
      n: {type: integer, label: 数}
      c: {type: choice, label: 选, choices: letters}
      day: {type: date, label: 日}
    choices: {letters: {a: 甲, b: {label: 乙, until: 2024-06-30}, c: {label: 丙, since: 2024-01-01}}}
    steps:
      one:
        title: 一
        visible_unless: record.n == 3
        fields:
          y: {type: yes_no, label: 是否, required: true}
          z: {type: consent, label: 是否, visible_when: day < later}
          c: {type: choice, label: 选, choices: letters, visible_when: y}
          n: {type: integer, label: 数, min: -3, max: 2}
          m: {type: integer, label: 数, min: -20, max: 20, value: n + 1, value_unless: c == 'b'}
          pay: {type: decimal, label: 数, min: -1.5, max: 2}
          rate: {type: decimal, label: 数, min: 0, max: 2, places: 4, value: rate_given / 2}
          rate_given: {type: decimal, label: 数, min: 0, max: 2, places: 4}
          day: {type: date, label: 日, max: today}
          later: {type: date, label: 日, min: today}
          t: {type: text, label: 文, max_length: 2, locked: true}
          s: {type: choices, label: 多选, choices: letters, min_choices: 2}
          mo: {type: month, label: 月, max: today, locked_when: facts.c != 'a'}
          g:
            type: group
            label: 组
            visible_when: c in ('b', 'c')
            locked_when: facts.day < day
            fields:
              t: {type: text, label: 文}
              n: {type: integer, label: 数, min: 0, max: 1}
              y: {type: yes_no, label: 是否, visible_when: n == 1}
      two:
        title: 二
        fields:
          r:
            type: rows
            label: 行
            min_rows: 2
            max_rows: 20
            fields:
              c: {type: choice, label: 选, choices: letters}
              n: {type: integer, label: 数, min: -3, max: 3}
              pay: {type: decimal, label: 数, min: -99.99, max: 99.99}
              day: {type: date, label: 日, max: today}
              y: {type: yes_no, label: 是否, value: n > 1, value_when: c == 'a'}
              t: {type: text, label: 文}
              s: {type: choices, label: 多选, choices: letters}
          h:
            type: group
            label: 组
            fields:
              k: {type: integer, label: 数, min: -1, max: 1}
              w: {type: text, label: 文}
    """)
DAYS = ("2023-05-26", "2024-02-29", "2030-01-01")


def scope_of(form: Form) -> Scope:
    names = types_of(form.top_fields.values())
    facts = {fact.id: fact.type for fact in form.facts.values()}
    return Scope(names, facts, names, types_of(form.fields["h"].fields))


@st.composite
def people(draw: st.DrawFn, form: Form) -> Example:
    """Anybody: answers, facts and a record of the right types, on some day."""
    scope = scope_of(form)
    facts = {name: st.just(UNKNOWN) | st.none() | generated.values_of(kind) for name, kind in scope.facts.items()}
    record = draw(st.none() | generated.answers(scope.names))
    if record is not None:
        record["r"] = [{**row, "_id": f"r{number}"} for number, row in enumerate(record.get("r") or (), 1)]
    answers = draw(generated.answers(scope.names))
    return Example(answers, draw(st.fixed_dictionaries(facts)), record, draw(st.sampled_from(DAYS)))


def is_taken(form: Form, person: Example) -> bool:
    """Whether the field types have nothing to say against the answers."""
    settled = settle(form, person)
    moment = Moment(person.today, settled.values)
    asked = [each for each in settled.instances if not (each.state.locked or each.state.calculated)]
    new = [each for each in asked if each.value is not None and each.value != each.recorded]
    return not any(True for each in new for _ in each.field.type.check(each.value, moment))


@pytest.mark.parametrize("form", [RANDOM, LIMITED], ids=["random", "limited"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_is_called_impossible_never_happens(form: Form, data: st.DataObject) -> None:
    check_one(form, data.draw(generated.conditions(2)), data.draw(st.lists(people(form), min_size=2, max_size=4)))


def check_one(form: Form, text: str, others: list[Example]) -> None:
    rule = parse_rule(text, scope_of(form))
    assume(isinstance(rule, Rule))
    assert isinstance(rule, Rule)
    found = outcomes(form, rule, "h", tries=150)
    finding_of = {True: found.true, False: found.false, UNKNOWN: found.unknown}
    for answer, finding in finding_of.items():
        if isinstance(finding, Found):
            assert outcome_of(form, rule, finding.example, "h") is answer
    for person in others:
        answer = outcome_of(form, rule, person, "h")
        assert not isinstance(finding_of[answer], Impossible) or not is_taken(form, person), person
    event(" ".join(sorted(type(finding).__name__ for finding in finding_of.values())))
