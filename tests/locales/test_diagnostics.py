"""Every code an author of a form can meet has a sentence and a mend, in both languages."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from formkit.locales import DIAGNOSTIC_ROOMS, diagnostic_hint, diagnostic_sentence, sentences
from formkit.texts import LANGUAGES
from tests.forms import diagnostics_found

ROOT = Path(__file__).parents[2]
ROOMS = ("compiler", "schemas", "fields", "expressions", "lint")
# The calls whose first word is a code.
REPORTS = {"report", "_report", "Diagnostic", "OptionsInvalid", "PydanticCustomError", "Problem", "ShortProblem"}
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
# Words that look like codes and are none: encodings, and what browsers fill in.
NO_CODES = {"utf-8", "utf-8-sig", "new-password", "tel-national", "street-address", "current-password", "one-time-code"}
NO_CODES |= {"zh-cn", "en-us"}  # languages as people write them

# One-word codes that stand in tables, where nothing tells them from other words.
IN_TABLES = {"tab", "tag"}


def sources() -> Iterator[tuple[str, ast.AST]]:
    for room in ROOMS:
        for path in sorted((ROOT / "formkit" / room).rglob("*.py")):
            yield path.name, ast.parse(path.read_text(encoding="utf-8"))


def codes() -> set[str]:
    found = set()
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
            elif isinstance(node, ast.Call) and _name(node.func) in REPORTS and node.args:
                found.update(each.value for each in ast.walk(node.args[0]) if _is_text(each))
    return (found | IN_TABLES) - NO_CODES


def near_codes() -> set[str]:
    """What `report_unknown` makes of its code when it knows a word that is near."""
    calls = (node for _, tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {f"{call.args[0].value}.near" for call in calls if _name(call.func) == "report_unknown"}  # type: ignore[attr-defined]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def known_in(language: str) -> dict[str, str]:
    return {code: told for room in DIAGNOSTIC_ROOMS for code, told in sentences(room, language).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_and_a_mend(language: str) -> None:
    known = known_in(language)
    named = codes() | near_codes()
    assert {"unknown-key", "cycle", "tab", "utf-16", "unknown-name", "wrong-locked", "unknown-type.near"} <= named
    assert {code for code in named if code not in known} == set()
    assert {code for code in named if f"{code}.hint" not in known} == set()


def test_both_languages_have_the_same_codes_with_the_same_params() -> None:
    zh, en = map(known_in, LANGUAGES)
    assert zh.keys() == en.keys()
    for code in zh.keys() - {code for code in zh if code.endswith(".hint")}:
        assert params(zh[code]) == params(en[code]), code


def params(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_means_two_things(language: str) -> None:
    """No code stands in two rooms, and none is written twice."""
    folder = ROOT / "formkit" / "locales" / language
    keys = Counter(
        key.value
        for file in (f"{room}.py" for room in DIAGNOSTIC_ROOMS)
        for node in ast.walk(ast.parse((folder / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    )
    assert [key for key, count in keys.items() if count > 1] == []


BAD = {
    "unknown-key.near": "a: {type: text, label: 甲, requird: true}",
    "unknown-key": "a: {type: text, label: 甲, zzzz: true}",
    "unknown-type.near": "a: {type: txt, label: 甲}",
    "unknown-type": "a: {type: zzzz, label: 甲}",
    "missing-key": "a: {label: 甲}",
    "bad-id": "1: {type: text, label: 甲}",
    "reserved-id": "not: {type: text, label: 甲}",
    "wrong-text": "a: {type: text, label: [1]}",
    "wrong-list": "a: {type: text, label: 甲, checks: {rule: x}}",
    "wrong-mapping": "a: text",
    "wrong-yes-no": "a: {type: group, label: 甲, all_or_nothing: perhaps, fields: {b: {type: text, label: 乙}}}",
    "wrong-choice": "a: {type: text, label: 甲, kind: person}",
    "wrong-locked": "a: {type: text, label: 甲, locked: often}",
    "wrong-whole-number": "a: {type: text, label: 甲, max_length: many}",
    "below-least": "a: {type: long_text, label: 甲, lines: 1}",
    "above-most": "a: {type: long_text, label: 甲, lines: 100}",
    "wrong-size": "a: {type: file, label: 甲, max_size: big}",
    "unknown-name": "a: {type: text, label: 甲, visible_when: zz == 'x'}",
    "when-and-unless": "a: {type: yes_no, label: 甲}\nb: {type: text, label: 乙, visible_when: a, visible_unless: a}",
    "cycle": "a: {type: yes_no, label: 甲, visible_when: b}\nb: {type: yes_no, label: 乙, visible_when: a}",
    "fields-missing": "a: {type: group, label: 甲}",
    "fields-not-allowed": "a: {type: text, label: 甲, fields: {b: {type: text, label: 乙}}}",
    "wrong-choice.near": "a: {type: image, label: 甲, formats: [jpg]}",
    "wrong-yes-no.near": "a: {type: text, label: 甲, required: 是}",
    "required-not-yes-no": "a: {type: text, label: 甲, required: 2027-01-01}",
    "wrong-locked.near": "a: {type: text, label: 甲, locked: 提交后}",
    "wrong-whole-number.near": "a: {type: text, label: 甲, max_length: 50字}",
    "wrong-size.near": "a: {type: file, label: 甲, max_size: 2兆}",
    "size-without-unit.near": "a: {type: file, label: 甲, max_size: 2}",
    "wrong-day.near": "choices: {c: {x: {label: 甲, until: 2026年9月1日}}}\nsteps: {one: {title: 一, fields: {}}}",
    "no-such-day": "choices: {c: {x: {label: 甲, until: 2026-02-30}}}\nsteps: {one: {title: 一, fields: {}}}",
    "empty-value": "a: {type: text, label: }",
    "empty-text": "a: {type: text, label: ''}",
    "empty-step": "steps: {one: {title: 一}}",
    "label-to-nest": "choices: {c: {x: {zh: 甲, until: 2026-09-01}}}\nsteps: {one: {title: 一, fields: {}}}",
    "wrong-time-zone": "time_zone: 北京\nsteps: {one: {title: 一, fields: {}}}",
    "wrong-delay.near": "steps: {one: {title: 一}}\nworkflow: {start: a, states: {a: {label: 甲}, "
    "b: {label: 乙, final: true}}, transitions: {go: {from: a, to: b, by: system, after: 3 天}}}",
    "bad-id.near": "a-b: {type: text, label: 甲}",
    "unknown-language.near": "a: {type: text, label: {cn: 甲}}",
    "unknown-choices.near": "choices: {abc: {x: 甲}}\n"
    "steps: {one: {title: 一, fields: {a: {type: choice, label: 甲, choices: abd}}}}",
    "unknown-sibling.near": "abc: {type: text, label: 甲}\nd: {type: identity_document, label: 乙, type_field: abd}",
    "wrong-pattern": "a: {type: text, label: 甲, pattern: '[0-9{6}'}",
    "limits-crossed": "a: {type: integer, label: 甲, min: 5, max: 1}",
    "empty-choices": "choices: {a: {}}\nsteps: {one: {title: 一, fields: {}}}",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", BAD)
def test_a_sentence_is_whole(code: str, language: str) -> None:
    """Nothing is left in it that its params do not fill."""
    found = {each.code: each for each in diagnostics_found(BAD[code])}
    assert code in found
    told = diagnostic_sentence(found[code], language) + diagnostic_hint(found[code], language)
    assert not re.search(r"\{[a-z_]*\}", told), told
    assert code not in told
