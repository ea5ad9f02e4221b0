"""Where one stands in a file that may be in the middle of a change: keys around, the word, the value before it."""

import pytest

from formkit.lsp.cursor import Cursor, cursor_at


def at(marked: str) -> Cursor:
    """The cursor at the mark ¦ of a text."""
    line = next(number for number, text in enumerate(marked.split("\n")) if "¦" in text)
    column = marked.split("\n")[line].index("¦")
    return cursor_at(marked.replace("¦", "").split("\n"), line, column)


@pytest.mark.parametrize(
    ("text", "path", "on_key", "word"),
    [
        ("a:\n  b: val¦ue", "a b", False, "value"),
        ("a:\n  b¦: value", "a b", True, "b"),
        ("a:\n  checks:\n    - rule: x\n      mess¦age: y", "a checks message", True, "message"),
        ("a:\n  checks:\n    - {rule: x > ¦1, message: y}", "a checks rule", False, "1"),
        ("a: {b: {c: x}, d: ¦}", "a d", False, ""),
        ("a: {b: {c: x}, ¦", "a", True, ""),
        ("a: {b: {¦", "a b", True, ""),
        ("a: {b: 'x, c: y', d: z¦}", "a d", False, "z"),
        ("a: {b: [x, y¦", "a b", False, "y"),
        ("a: {b: x,\n  c: y¦}", "a c", False, "y"),
        ("a: {\n  b: x, c: y¦\n}", "a c", False, "y"),
        ("a:\n  b: >-\n    x and ¦y", "a b", False, "y"),
        ("a:\n  b:\n    la¦", "a b", True, "la"),
        ("a:\n  b: 1\n  ¦", "a", True, ""),
        ("¦", "", True, ""),
        ("步骤:\n  在岗: facts.开¦放", "步骤 在岗", False, "facts.开放"),
    ],
)
def test_where_one_stands(text: str, path: str, on_key: bool, word: str) -> None:
    found = at(text)
    assert (" ".join(found.path), found.on_key, found.word) == (path, on_key, word)


@pytest.mark.parametrize("line", range(-1, 3))
@pytest.mark.parametrize("column", (0, 5, 99))
def test_no_position_is_too_far(line: int, column: int) -> None:
    assert cursor_at(["a: {b: [", "'\"}}]"], max(line, 0), column) is not None
