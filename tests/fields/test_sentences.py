"""Whatever a field type can say has its sentence, in both languages, with the same blanks to fill."""

import re
from pathlib import Path
from string import Formatter

import pytest

import formkit.fields
from formkit.locales import sentences

SOURCES = "\n".join(path.read_text("utf-8") for path in sorted(Path(formkit.fields.__path__[0]).glob("*.py")))
ISSUE_CODES = set(re.findall(r'(?:Finding|Refused)\(\s*"([a-z_]+)"', SOURCES))
OPTION_CODES = set(re.findall(r'OptionsInvalid\("([a-z-]+)"', SOURCES)) | {"wrong-month", "wrong-year"}
ANSWERED = {"required", "hidden", "locked", "calculated", "unknown_field", "check", "wrong_row", "too_few_rows"}


def test_every_code_of_the_types_has_a_sentence() -> None:
    assert len(ISSUE_CODES) > 30
    assert set(sentences("issues", "zh")) >= ISSUE_CODES | ANSWERED
    assert set(sentences("diagnostics", "zh")) >= OPTION_CODES


@pytest.mark.parametrize("room", ["issues", "fields"])
def test_both_languages_say_the_same(room: str) -> None:
    chinese, english = sentences(room, "zh"), sentences(room, "en")
    assert set(chinese) == set(english)
    for code, words in chinese.items():
        allowed = {"month_name", "month"} if room == "fields" else set()
        assert _blanks(words) ^ _blanks(english[code]) <= allowed, code


def _blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}
