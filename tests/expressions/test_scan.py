"""What people write by habit is understood, and answered with the mend."""

import pytest

from formkit.expressions import Number, Problem, Rule, Scope, Text, YesNo, parse_rule
from formkit.expressions.scan import Kind, scan

SCOPE = Scope({"age": Number(0, 150), "name": Text(), "open": YesNo(), "年龄": Number(0, 150), "在岗": YesNo()})


def only_problem(text: str) -> Problem:
    found = parse_rule(text, SCOPE)
    assert isinstance(found, tuple), f"{text} is accepted"
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "code", "found", "mend"),
    [
        ("age ＝＝ 18", "full-width-sign", "＝＝", "=="),
        ("age ＝ 18", "full-width-sign", "＝", "=="),
        ("age ＞ 18", "full-width-sign", "＞", ">"),
        ("age ＞＝ 18", "full-width-sign", "＞＝", ">="),
        ("age ！＝ 18", "full-width-sign", "！＝", "!="),
        ("age ≥ 18", "full-width-sign", "≥", ">="),
        ("age ≠ 18", "full-width-sign", "≠", "!="),
        ("age > １８", "full-width-sign", "１８", "18"),
        ("age × 2 > 3", "full-width-sign", "×", "*"),
        ("（age > 18)", "full-width-sign", "（", "("),
        ("age in (18， 19)", "full-width-sign", "，", ","),
        ("age\u3000> 18", "full-width-sign", "\u3000", " "),
        ("name == “甲”", "curly-quote", "“甲”", "'甲'"),
        ("name == ‘甲’", "curly-quote", "‘甲’", "'甲'"),
        ("name == 「甲」", "curly-quote", "「甲」", "'甲'"),
        ("age = 18", "foreign-sign", "=", "=="),
        ("age === 18", "foreign-sign", "===", "=="),
        ("age !== 18", "foreign-sign", "!==", "!="),
        ("age <> 18", "foreign-sign", "<>", "!="),
        ("age => 18", "foreign-sign", "=>", ">="),
        ("age =< 18", "foreign-sign", "=<", "<="),
        ("open && age > 18", "foreign-sign", "&&", "and"),
        ("open || age > 18", "foreign-sign", "||", "or"),
        ("!open", "foreign-sign", "!", "not"),
        ("open & age > 18", "foreign-sign", "&", "and"),
        ("open 且 age > 18", "chinese-word", "且", "and"),
        ("open 或者 age > 18", "chinese-word", "或者", "or"),
        ("非 open", "chinese-word", "非", "not"),
        ("name 为空", "chinese-word", "为空", "is blank"),
        ("年龄 > 18 且在岗", "chinese-word", "且", "and"),
        ("open AND age > 18", "write-lower-case", "AND", "and"),
        ("open == True", "write-lower-case", "True", "true"),
    ],
)
def test_a_habit_is_named_with_its_mend(text: str, code: str, found: str, mend: str) -> None:
    problem = only_problem(text)
    assert (problem.code, problem.params["found"], problem.params["mend"]) == (code, found, mend)
    assert text[problem.start : problem.end] == found
    mended = text[: problem.start] + str(problem.params["mend"]) + " " + text[problem.end :]
    if code != "full-width-sign" or "（" not in text:
        assert isinstance(parse_rule(mended, SCOPE), Rule), mended


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name == 'a", "quote-not-closed"),
        ('name == "a', "quote-not-closed"),
        ("name == 'a\n' or open", "quote-not-closed"),
        ("name == “a", "quote-not-closed"),
        ("age == 08", "leading-zero"),
        ("age == 18a", "odd-number"),
        ("age == 1_000", "odd-number"),
        ("age == 1e3", "odd-number"),
        ("age == 12345678901234567", "number-too-long"),
        ("name == 'a\\n'", "no-backslash"),
        ("name == f'a'", "no-text-prefix"),
        ("open # why", "no-comment"),
        ("(a := 3) == 3", "no-assignment"),
        ("age ** 2 == 4", "no-power"),
        ("age // 2 == 4", "no-whole-division"),
        ("age % 2 == 0", "no-remainder"),
        ("age in {1}", "no-dictionary"),
        ("lambda == 3", "no-lambda"),
        ("name == None", "no-none"),
        ("name is null", "no-none"),
        ("import == 3", "no-program"),
        ("open @ 3", "odd-sign"),
        ("open ? 1", "odd-sign"),
        ("open\x00", "odd-sign"),
        ("\ud800 == 3", "odd-sign"),
        ("été == 3", "odd-sign"),
    ],
)
def test_what_is_no_part_of_the_language_has_a_code_of_its_own(text: str, code: str) -> None:
    found = parse_rule(text, SCOPE)
    assert isinstance(found, tuple)
    assert code in {problem.code for problem in found}


def test_every_odd_sign_of_a_rule_is_reported_at_once() -> None:
    found = parse_rule("age = 18 && name ＝ “a”", SCOPE)
    assert isinstance(found, tuple)
    assert [problem.code for problem in found] == ["foreign-sign", "foreign-sign", "full-width-sign", "curly-quote"]


def test_full_width_signs_inside_quotes_are_text() -> None:
    assert isinstance(parse_rule("name == '（甲），＝“乙” && 且'", SCOPE), Rule)


def test_a_field_may_have_a_chinese_name() -> None:
    assert isinstance(parse_rule("年龄 > 18 and 在岗", SCOPE), Rule)


def test_a_quoted_text_is_normalised_as_answers_are() -> None:
    tokens = scan("'e\u0301'")
    assert isinstance(tokens, list)
    assert tokens[0].text == "\u00e9"


def test_tokens_know_their_characters() -> None:
    text = "age  >= 10 MB\n and 'x'"
    tokens = scan(text, {"age"})
    assert isinstance(tokens, list)
    assert [text[token.start : token.end] for token in tokens] == ["age", ">=", "10 MB", "and", "'x'", ""]
    assert [token.kind for token in tokens[2:5]] == [Kind.NUMBER, Kind.WORD, Kind.TEXT]
    assert tokens[2].unit == 1024 * 1024
