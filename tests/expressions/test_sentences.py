"""Every problem has its sentence and its mend, in Chinese and in English, with the params the code gives it."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import formkit.expressions

ROOM = Path(formkit.expressions.__file__).parent
SENTENCES = {language: import_module(f"formkit.locales.{language}.rules").SENTENCES for language in ("zh", "en")}


def raised() -> dict[str, set[str]]:
    """Each code written in the package → the params it always comes with."""
    found: dict[str, set[str]] = {}
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MAKERS:
                code = node.args[0] if node.args else None
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    params = {word.arg for word in node.keywords if word.arg}
                    found[code.value] = found.get(code.value, params) & params
    return found


_MAKERS = ("Refused", "Problem", "ShortProblem")
_BY_TABLE = {
    *import_module("formkit.expressions.scan")._REFUSED_WORDS.values(),
    *import_module("formkit.expressions.scan")._REFUSED_SIGNS.values(),
}


def test_every_code_has_a_sentence_and_a_mend() -> None:
    codes = set(raised()) | _BY_TABLE | {"foreign-sign"}
    for language, sentences in SENTENCES.items():
        missing = {code for code in codes for key in (code, f"{code}.hint") if key not in sentences}
        assert missing == set(), language


def test_no_sentence_is_left_over() -> None:
    codes = set(raised()) | _BY_TABLE | {"foreign-sign"}
    assert {key.removesuffix(".hint") for key in SENTENCES["zh"]} == codes


def test_both_languages_say_the_same_things() -> None:
    assert SENTENCES["zh"].keys() == SENTENCES["en"].keys()
    for code, text in SENTENCES["zh"].items():
        assert _params(text) == _params(SENTENCES["en"][code]), code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sentence_asks_only_for_params_its_code_has(language: str) -> None:
    given = raised()
    for key, text in SENTENCES[language].items():
        code = key.removesuffix(".hint")
        if code in given and code != "rule-too-long":
            assert _params(text) <= given[code], key


def _params(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}", text))
