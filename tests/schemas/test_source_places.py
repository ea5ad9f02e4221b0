"""Where values, keys and characters inside a text stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.diagnostics import Place
from formkit.schemas.positions import Lines
from formkit.schemas.source import Document, parse_yaml

FORM = """\
form: 会计人员
title: {zh: 采集, en: Collection}
steps:
  work:
    fields:
      division:
        type: choice
        label:

  # a comment
  done: {}
levels: [senior, 'full''s']
rows:
  - a: 1
    b: 2
  - c
"""


def document(text: str) -> Document:
    return parse_yaml(text).documents[0]


def marked(text: str, place: Place) -> str:
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    return text[starts[place.line - 1] + place.column - 1 : starts[place.end_line - 1] + place.end_column - 1]


@pytest.mark.parametrize(
    ("path", "line", "column", "written"),
    [
        (("form",), 1, 7, "会计人员"),
        (("title", "en"), 2, 21, "Collection"),
        (("title",), 2, 8, "{zh: 采集, en: Collection}"),
        (("steps", "work", "fields", "division", "type"), 7, 15, "choice"),
        (("steps", "work", "fields", "division", "label"), 8, 15, ""),
        (("steps", "done"), 11, 9, "{}"),
        (("levels", 1), 12, 18, "'full''s'"),
        (("rows", 0), 14, 5, "a: 1\n    b: 2"),
        (("rows", 1), 16, 5, "c"),
    ],
)
def test_place_of_a_value(path: tuple[str | int, ...], line: int, column: int, written: str) -> None:
    place = document(FORM).place(path)
    assert (place.line, place.column, marked(FORM, place)) == (line, column, written)


def test_a_block_ends_with_its_last_value_not_with_the_comment_behind_it() -> None:
    assert document(FORM).place(("steps", "work")).end_line == 8


def test_a_block_text_ends_with_its_last_word() -> None:
    text = "a: |\n  one\n  two\n\n# end\nb: 1"
    assert marked(text, document(text).place(("a",))) == "|\n  one\n  two"


def test_indexes_beyond_the_text_mean_its_end() -> None:
    assert Lines("f", "ab\n").place(1, 99) == Place("f", 1, 2, 2, 1)
    assert Lines("f", "ab").place(99, 3) == Place("f", 1, 3, 1, 3)


def test_a_list_that_is_not_indented_ends_with_its_last_item() -> None:
    text = "a:\n- b\n? c\n: d"
    assert marked(text, document(text).place(("a",))) == "- b"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (("form",), "form"),
        (("steps", "work", "fields"), "fields"),
        (("title", "zh"), "zh"),
        (("levels", 0), "senior"),
        ((), FORM.strip()),
    ],
)
def test_place_of_a_key(path: tuple[str | int, ...], written: str) -> None:
    assert marked(FORM, document(FORM).place(path, key=True)) == written


@pytest.mark.parametrize(
    ("path", "line", "written"),
    [
        (("steps", "work", "title"), 4, "work"),
        (("steps", "work", "title", "zh"), 4, "work"),
        (("form", "zh"), 1, "form"),
        (("rows", 0, "z"), 14, "a: 1"),
        (("rows", 7), 13, "rows"),
        (("rows", "a"), 13, "rows"),
        (("missing",), 1, "form: 会计人员"),
    ],
)
def test_what_is_missing_is_reported_at_its_nearest_parent(
    path: tuple[str | int, ...], line: int, written: str
) -> None:
    for key in (False, True):
        place = document(FORM).place(path, key=key)
        assert (place.line, marked(FORM, place)) == (line, written)


INSIDE = {
    "plain": ("a: x == 甲乙 and y", "甲乙", "甲乙"),
    "plain over two lines": ("a: x ==\n  甲乙 and y", "甲乙 and", "甲乙 and"),
    "single quotes": ("a: 'x == ''甲乙'' and y'", "甲乙", "甲乙"),
    "doubled quote itself": ("a: 'x''y'", "'", "''"),
    "double quotes": ('a: "x \\"\\u7532\\" and y"', "and", "and"),
    "escape itself": ('a: "x \\u7532 y"', "甲", "\\u7532"),
    "escaped line break": ('a: "one\\\n   two three"', "three", "three"),
    "double quotes over lines": ('a: "one\n   two\n\n   three"', "three", "three"),
    "literal": ("a: |\n  one\n    two\n\n  three\n", "three", "three"),
    "indentation inside a literal": ("a: |\n  one\n    two\n", "  two", "  two"),
    "literal with a comment": ("a: |- # no\n  one two", "two", "two"),
    "literal with a given indentation": ("a: |2-\n    one\n  two", "two", "two"),
    "folded": ("a: >\n  one\n  two\n\n  three\n", "two\nthree", "two\n\n  three"),
    "folded, CR LF": ("a: >-\r\n  one\r\n  two", "two", "two"),
    "beyond the first plane": ("a: 😀 two", "two", "two"),
    "behind an anchor": ("a: &x 'two'", "two", "two"),
    "behind an anchor, plain": ("a: &x one two", "two", "two"),
    "an item": ("- one\n- in two", "two", "two"),
}


@pytest.mark.parametrize("name", INSIDE)
def test_place_of_characters_inside_a_text(name: str) -> None:
    text, wanted, written = INSIDE[name]
    read = document(text)
    path: tuple[str | int, ...] = ("a",) if isinstance(read.value, dict) else (1,)
    meant = read.value[path[0]]  # type: ignore[index]
    start = meant.index(wanted)
    assert marked(text, read.place_in(path, start, start + len(wanted))) == written


def test_an_empty_span_and_one_beyond_the_end() -> None:
    read = document("a: 'one'")
    assert read.place_in(("a",), 1, 1) == Place("<text>", 1, 6, 1, 6)
    assert read.place_in(("a",), 3, 3) == Place("<text>", 1, 8, 1, 8)
    assert read.place_in(("a",), 2, 99) == Place("<text>", 1, 7, 1, 8)


def test_inside_what_is_no_text_the_whole_value_is_reported() -> None:
    read = document("a: 12\nb: {c: d}\ne: ''")
    assert read.place_in(("a",), 0, 1) == read.place(("a",))
    assert read.place_in(("b",), 0, 1) == read.place(("b",))
    assert read.place_in(("b", "z"), 0, 1) == read.place(("b",), key=True)
    assert read.place_in(("e",), 0, 1) == read.place(("e",))


WORDS = st.lists(st.text("ab甲'\"\\ \n", min_size=1, max_size=12), min_size=1, max_size=5).map(" ".join)


@given(WORDS.filter(lambda text: text.strip() == text), st.sampled_from("'\"|"), st.data())
@settings(max_examples=200)
def test_each_character_of_a_written_text_is_found_again(text: str, style: str, data: st.DataObject) -> None:
    body = {
        "'": "'" + text.replace("'", "''").replace("\n", " ") + "'",
        '"': '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"',
        "|": "|-\n" + "\n".join(f"  {line}" for line in text.split("\n")),
    }[style]
    read = document(f"a: {body}\n")
    meant = read.value["a"]  # type: ignore[index]
    at = data.draw(st.integers(0, len(meant) - 1))
    if not meant[at].isspace():
        found = marked(f"a: {body}\n", read.place_in(("a",), at, at + 1))
        assert found.strip("\\")[:1] in (meant[at], "")
        assert len(found) <= 2
