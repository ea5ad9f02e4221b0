"""Text in lines: everything is there, nothing is too wide, and Chinese punctuation stands where it may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.renderers.lines import SUBSTITUTE, broken, missing, printable

KNOWN = frozenset(range(0x20, 0x7F)) | frozenset(map(ord, "会计，。（）《》㐂〓"))


def width(sign: str) -> float:
    return 1.0 if ord(sign) > 0x2E80 else 0.5


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("会计会计会", ["会计会计", "会"]),
        ("会计会计，会", ["会计会", "计，会"]),
        ("会计会（计）", ["会计会", "（计）"]),
        ("one two three", ["one two", "three"]),
        ("unbreakable", ["unbreaka", "ble"]),
        ("a\n\nb", ["a", "", "b"]),
        ("，，，，，，", ["，，，，", "，，"]),
        ("会abcdefgh", ["会", "abcdefgh"]),
    ],
)
def test_where_lines_are_parted(text: str, lines: list[str]) -> None:
    assert broken(text, width, 4) == lines


@given(st.text(st.sampled_from("会计，。（）《》 ab-1\n"), max_size=200), st.floats(1, 9))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, room: float) -> None:
    lines = broken(text, width, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(sum(map(width, line)) <= room for line in lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("㐂𠮷", "㐂〓"),
        ("a\tb\u3000c", "a b c"),
        ("a\x00\u200f\u202eb", "ab"),
        ("计\ufe00\U000e0100", "计"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("שלום", "〓〓〓〓"),
        ("\ud800", "〓"),
    ],
)
def test_what_is_shown_of_characters_the_font_may_not_have(text: str, shown: str) -> None:
    assert printable(text, KNOWN) == shown


def test_what_is_missing_is_told_and_a_substitute_typed_is_not() -> None:
    assert list(missing("𠮷〓㐂é", KNOWN)) == ["𠮷", "é"]
    assert ord(SUBSTITUTE) in KNOWN
