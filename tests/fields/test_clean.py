"""Text from people is cleaned in one place (DESIGN 3.2, 10)."""

import pytest

from formkit.fields.base import Refused
from formkit.fields.clean import clean_line, clean_lines, narrow


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  张三\u3000", "张三"),
        ("e\u0301", "é"),
        ("\u202eevil\u202c", "evil"),
        ("零\u200b宽", "零宽"),
        ("\ufeff文", "文"),
        ("a\tb", "a b"),
        ("a \r\n b", "a b"),
        ("a\x85", "a"),
        ("\u200b", ""),
        ("葛\U000e0100", "葛\U000e0100"),
        ("𠮷", "𠮷"),
    ],
)
def test_a_line_comes_out_clean(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean
    assert clean_line(clean) == clean


def test_several_lines_keep_their_line_ends_and_tabs() -> None:
    assert clean_lines("\r\n一\r二\r\n三\u2029四\t五\n") == "一\n二\n三\n四\t五"


@pytest.mark.parametrize("raw", ["a\x00b", "a\x1bb", "\ud800", "a\ufffeb", "a\x9fb"])
def test_control_characters_are_refused(raw: str) -> None:
    for clean in (clean_line, clean_lines):
        with pytest.raises(Refused, match="unreadable_characters"):
            clean(raw)


@pytest.mark.parametrize("raw", [1, 1.5, True, ["a"], {"a": "b"}])
def test_what_is_no_text_is_refused(raw: object) -> None:
    with pytest.raises(Refused, match="wrong_type"):
        clean_line(raw)


def test_full_width_signs_and_any_dash_become_ascii() -> None:
    assert narrow("１２－３４―５６　Ａｂ＠。") == "12-34-56 Ab@."
