"""Names and types: what may be asked of what, and what the author reads where it may not."""

import pytest

from formkit.expressions import (
    Choice,
    Choices,
    Date,
    File,
    Group,
    Month,
    Number,
    Problem,
    Rows,
    Rule,
    Scope,
    Text,
    Type,
    YesNo,
    parse_rule,
)
from formkit.expressions.types import LARGEST
from formkit.texts import Text as Words

NAMES: dict[str, Type] = {
    "status": Choice(("student", "unemployed", "accounting")), "sex": Choice(("1", "2")), "name": Text(),
    "age": Number(0, 150), "free": Number(), "pay": Number(None, None, 2), "agreed": YesNo(), "birth": Date(),
    "since": Month(), "skills": Choices(("audit", "tax")), "photo": File(),
    "full_time": Group({"school": Text(), "level": Number(0, 9)}),
    "awards": Rows({"name": Text(), "level": Number(0, 9), "pay": Number(None, None, 2)}, max_rows=20),
    "posts": Rows({"name": Text()}, max_rows=2000),
}  # fmt: skip
SCOPE = Scope(NAMES, facts={"open": YesNo(), "jobs": Rows({"name": Text()})}, record=NAMES, row={"level": Number(0, 9)})


def problems(text: str, expects: Type | None = None) -> tuple[Problem, ...]:
    found = parse_rule(text, SCOPE, expects=expects)
    assert isinstance(found, tuple), f"{text} is accepted"
    return found


def rule(text: str, expects: Type | None = None) -> Rule:
    found = parse_rule(text, SCOPE, expects=expects)
    assert isinstance(found, Rule), (text, found)
    return found


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("statu == 'student'", "unknown-name", "statu"),
        ("age > 3 and nobody", "unknown-name", "nobody"),
        ("level2 > 1", "unknown-name", "level2"),
        ("full_time.lvl > 3", "unknown-part", "full_time.lvl"),
        ("facts.shut", "unknown-part", "facts.shut"),
        ("record.shut", "unknown-part", "record.shut"),
        ("photo.colour == 3", "unknown-part", "photo.colour"),
        ("age.years > 3", "no-parts", "age.years"),
        ("name.__class__ == 'x'", "no-parts", "name.__class__"),
        ("facts == 3", "name-alone", "facts"),
        ("record is blank", "name-alone", "record"),
        ("awards.level > 3", "rows-need-loop", "awards.level"),
        ("any(q == 3 for q in awards)", "row-alone", "q"),
        ("any(q.x == 3 for q in awards)", "unknown-part", "q.x"),
        ("any(age.x == 3 for age in awards)", "name-taken", "age"),
        ("any(any(q.level == 3 for q in awards) for q in awards)", "name-taken", "q"),
        ("any(record.level == 3 for record in awards)", "odd-row-word", "record"),
        ("any(_q.level == 3 for _q in awards)", "odd-row-word", "_q"),
        ("q.level == 3 and any(q.level == 3 for q in awards)", "unknown-name", "q.level"),
        ("any(j.name == 'a' for j in facts.jobs)", "rows-in-facts", "facts.jobs"),
        ("any(q.level == 3 for q in age)", "not-rows", "age"),
        ("count(age)", "not-rows", "age"),
        ("status == 'studnt'", "unknown-choice", "'studnt'"),
        ("status in ('student', 'x')", "unknown-choice", "'x'"),
        ("'x' in skills", "unknown-choice", "'x'"),
        ("status == sex", "never-equal", "status == sex"),
        ("sex == 1", "quotes-missing", "1"),
        ("name in (1, 2)", "quotes-missing", "1"),
        ("age == '18'", "quotes-too-many", "'18'"),
        ("pay > '12.5'", "quotes-too-many", "'12.5'"),
        ("birth < '2000-01-01'", "date-in-quotes", "'2000-01-01'"),
        ("since < '2000-01'", "date-in-quotes", "'2000-01'"),
        ("year('2000-01-01') == 3", "date-in-quotes", "'2000-01-01'"),
        ("birth < date('2000-02-30')", "not-a-date", "'2000-02-30'"),
        ("birth < date(name)", "not-a-date", "name"),
        ("birth < since", "types-differ", "birth < since"),
        ("birth < 3", "types-differ", "birth < 3"),
        ("agreed == 'yes'", "types-differ", "agreed == 'yes'"),
        ("age == agreed", "types-differ", "age == agreed"),
        ("age if agreed else name", "types-differ", "age if agreed else name"),
        ("age in skills", "types-differ", "age in skills"),
        ("name < 'b'", "no-order", "name < 'b'"),
        ("status >= 'student'", "no-order", "status >= 'student'"),
        ("agreed > no", "no-order", "agreed > no"),
        ("max(q.name for q in awards)", "no-order", "q.name"),
        ("skills == 'tax'", "not-one-value", "skills"),
        ("photo == 'x'", "not-one-value", "photo"),
        ("awards == 3", "not-one-value", "awards"),
        ("full_time == 3", "not-one-value", "full_time"),
        ("length(skills) > 1", "not-one-value", "skills"),
        ("age in awards", "not-a-list", "awards"),
        ("age in name", "not-a-list", "name"),
        ("age in ()", "empty-list", "age in ()"),
        ("age in (1, free)", "list-of-constants", "free"),
        ("(1, 2) == age", "list-out-of-place", "(1, 2)"),
        ("[1]", "list-out-of-place", "[1]"),
        ("name + 1 == 'b'", "not-a-number", "name"),
        ("-name == 'b'", "not-a-number", "name"),
        ("agreed + 1 == 2", "not-a-number", "agreed"),
        ("sum(q.name for q in awards)", "not-a-number", "q.name"),
        ("today() - birth > 3", "date-arithmetic", "today() - birth"),
        ("not age", "not-a-condition", "age"),
        ("age and agreed", "not-a-condition", "age"),
        ("any(q.level for q in awards)", "not-a-condition", "q.level"),
        ("1 if name else 2", "not-a-condition", "name"),
        ("(age > 3) is blank", "never-blank", "(age > 3)"),
        ("'a' is blank", "never-blank", "'a'"),
        ("agee(birth, today()) > 3", "unknown-function", "agee"),
        ("print(name)", "unknown-function", "print"),
        ("__import__('os')", "unknown-function", "__import__"),
        ("matches(name, 'a')", "no-regex", "matches"),
        ("age_on(birth) > 3", "wrong-count", "age_on(birth)"),
        ("today(3) == birth", "wrong-count", "today(3)"),
        ("date() == birth", "wrong-count", "date()"),
        ("any() or agreed", "wrong-count", "any()"),
        ("age_on(name, today()) > 3", "wrong-argument", "name"),
        ("length(age) > 3", "wrong-argument", "age"),
        ("date_add_days(birth, pay) == birth", "wrong-argument", "pay"),
        ("any(agreed)", "loop-missing", "any(agreed)"),
        ("length(q.name for q in awards) > 3", "no-loop-here", "q.name for q in awards"),
        ("count(q.level for q in awards) > 3", "count-what", "q.level"),
        ("free * free > 3", "number-too-large", "free * free"),
        ("pay * 1000 * 10 > 3", "number-too-large", "pay * 1000 * 10"),
        ("age / 0 == 3", "division-by-zero", "age / 0"),
        ("age / (2 - 2) == 3", "division-by-zero", "age / (2 - 2)"),
        ("sum(q.pay for q in posts) > 3", "unknown-part", "q.pay"),
        ("any(any(a.name == b.name for b in posts) for a in posts)", "rule-too-costly", None),
    ],
)
def test_what_may_not_be_asked_has_a_code_and_a_place(text: str, code: str, at: str | None) -> None:
    (found,) = problems(text)
    assert found.code == code
    assert text[found.start : found.end] == (text if at is None else at)


def test_every_problem_of_a_rule_is_found_at_once() -> None:
    found = problems("statu == 'student' and age == '18' or any(q.x == 1 for q in awards) or length(age) > agreed")
    assert [problem.code for problem in found] == ["unknown-name", "quotes-too-many", "unknown-part", "wrong-argument"]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("statsu == 'student'", "status"),
        ("full_time.leve > 1", "level"),
        ("fact.open", "facts.open"),
        ("school == 'a'", "full_time.school"),
        ("status == 'studnet'", "student"),
        ("lenght(name) > 1", "length"),
        ("Age > 3", "age"),
    ],
)
def test_did_you_mean(text: str, near: str) -> None:
    (found,) = problems(text)
    question = found.params["near"]
    assert isinstance(question, Words)
    assert question.in_("en") == f"Did you mean {near}?"
    assert near in question.in_("zh")


def test_no_guess_where_nothing_is_near() -> None:
    (found,) = problems("xyzzy == 3")
    assert found.params["near"] == Words({"zh": "", "en": ""})


@pytest.mark.parametrize(
    ("text", "expects", "code"),
    [
        ("age", YesNo(), "not-a-condition"),
        ("name", Number(), "wrong-result"),
        ("age > 3", Number(), "wrong-result"),
        ("name", Choice(("a", "b")), "wrong-result"),
        ("status", Choice(("student", "unemployed")), "wrong-result"),
        ("birth", Month(), "wrong-result"),
        ("pay * 10000", Number(scale=4), "number-too-large"),
    ],
)
def test_the_answer_must_have_the_type_expected(text: str, expects: Type, code: str) -> None:
    assert [problem.code for problem in problems(text, expects)] == [code]


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("status", Text()),
        ("'a' if agreed else 'b'", Choice(("a", "b", "c"))),
        ("id_sex(name)", Choice(("1", "2"))),
        ("status", Choice(("student", "unemployed", "accounting", "retired"))),
        ("skills", Choices(("audit", "tax"))),
        ("record.photo", File()),
        ("pay", Number()),
        ("age", Number(scale=2)),
        ("id_birth_date(name)", Date()),
        ("month_of(birth)", Month()),
        ("agreed", YesNo()),
        ("status", None),
    ],
)
def test_an_answer_may_have_a_type_that_fits(text: str, expects: Type | None) -> None:
    assert rule(text, expects)


def test_bounds_are_proven_and_not_guessed() -> None:
    scope = Scope({"half": Number(0, LARGEST // 2)})
    assert isinstance(parse_rule("half + half > 0", scope), Rule)
    refused = parse_rule("half + half + 2 > 0", scope)
    assert isinstance(refused, tuple)
    assert refused[0].code == "number-too-large"


def test_a_rule_knows_what_it_mentions() -> None:
    text = (
        "status == 'student' and full_time.level > 3 and any(q.level > level for q in awards) and facts.open"
        " and record.age > 3 and photo.size > 1 KB and record.full_time.school is blank"
    )
    asked = {"status", "full_time.level", "awards", "row.level", "photo"}
    wanted = asked | {"facts.open", "record.age", "record.full_time.school"}
    assert rule(text).names == wanted


def test_asking_whether_a_group_is_blank_mentions_its_fields() -> None:
    assert rule("full_time is not blank").names == {"full_time.school", "full_time.level"}


def test_a_row_comes_before_the_form_in_a_scope() -> None:
    scope = Scope({"level": Text()}, row={"level": Number(0, 9)})
    found = parse_rule("level > 3", scope)
    assert isinstance(found, Rule)
    assert found.names == {"row.level"}


def test_a_rule_knows_whether_it_asks_for_the_day() -> None:
    assert rule("any(q.level > age_on(birth, today()) for q in awards)").uses_today
    assert not rule("birth > date('2024-01-01')").uses_today


def test_a_rule_knows_its_functions() -> None:
    assert rule("age_on(id_birth_date(name), today()) > 3").functions == {"age_on", "id_birth_date"}


def test_nodes_know_their_characters_and_types() -> None:
    text = "age > 3 and full_time.level == 4"
    tree = rule(text).tree
    assert [text[node.start : node.end] for node in tree.args] == ["age > 3", "full_time.level == 4"]
    assert tree.args[0].args[0].type == Number(0, 150)


def test_a_rule_that_would_grow_without_bound_is_refused() -> None:
    text = "agreed"
    while len(text) < 1900:
        text = f"yes if ({text}) == agreed else no"
    found = problems(text[:2000])
    assert found
    nested = "agreed"
    for _ in range(13):
        nested = f"(({nested}) == agreed)"
    assert [problem.code for problem in problems(nested)] == ["rule-too-large"]


def test_a_rule_has_at_most_2000_characters() -> None:
    found = problems("agreed or " * 200 + "agreed")
    assert [problem.code for problem in found] == ["rule-too-long"]
