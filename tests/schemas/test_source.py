"""Every trap of YAML, one test each; places of values; and that nothing a file can hold raises."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.diagnostics import Diagnostic
from formkit.locales import diagnostic_hint, diagnostic_sentence
from formkit.schemas.source import Document, Source, parse_yaml, read_yaml

FORM = """\
form: 会计人员  # who
title: {zh: 采集, en: Collection}
steps:
  work:
    fields:
      division:
        type: choice
        locked_when: facts.open
      levels: [senior, 'full''s']
note: |
  第一行
    缩进
rule: >
  a == 1
  and b
"""


def value(text: str) -> object:
    return document(text).value


def document(text: str) -> Document:
    source = parse_yaml(text)
    assert source.diagnostics == ()
    (only,) = source.documents
    return only


def finding(content: str | bytes) -> Diagnostic:
    (only,) = parse_yaml(content, file="f.yaml").diagnostics
    assert diagnostic_sentence(only, "zh") != diagnostic_sentence(only, "en")
    assert not diagnostic_sentence(only, "en").startswith(f"{only.code} {{")
    assert diagnostic_hint(only, "zh")
    assert diagnostic_hint(only, "en")
    return only


def at(found: Diagnostic) -> tuple[str, int, int]:
    return found.code, found.place.line, found.place.column


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("~", None),
        ("", None),
        ("null", None),
        ("0", 0),
        ("-12", -12),
        ("08", "08"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("12:30:45", "12:30:45"),
        ("2024-09-01", "2024-09-01"),
        ("0.50", "0.50"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("+86", "+86"),
        ("440106199001011234", "440106199001011234"),
        ("9" * 5000, "9" * 5000),
        ("'12'", "12"),
        ('"true"', "true"),
        ("１２", "１２"),
        ("=", "="),
    ],
)
def test_scalars_mean_what_they_look_like(written: str, meant: object) -> None:
    assert value(f"a: {written}") == {"a": meant}
    assert type(value(f"a: {written}")["a"]) is type(meant)  # type: ignore[index]


def test_keys_are_text_as_written() -> None:
    assert value("1: a\ntrue: b\n08: c\nno: d\n'<<': e") == {"1": "a", "true": "b", "08": "c", "no": "d", "<<": "e"}


def test_nested_values() -> None:
    assert value(FORM)["steps"]["work"]["fields"]["levels"] == ["senior", "full's"]  # type: ignore[index]
    assert value("- {}\n- []\n- - 1\n  - a: b") == [{}, [], [1, {"a": "b"}]]


def test_duplicate_key_names_both_lines_and_keeps_the_first() -> None:
    source = parse_yaml("a: 1\nb: 2\na: 3\n")
    assert [at(found) for found in source.diagnostics] == [("duplicate-key", 3, 1)]
    assert source.diagnostics[0].params == {"key": "a", "first_line": 1, "line": 3}
    assert source.documents[0].value == {"a": 1, "b": 2}


def test_same_key_in_two_mappings_is_no_duplicate() -> None:
    assert value("- {a: 1}\n- {a: 2}") == [{"a": 1}, {"a": 2}]


TRAPS = {
    "merge key": ("a: {<<: {b: 1}}", ("merge-key", 1, 5)),
    "python tag": ("a: !!python/object/apply:os.system [ls]", ("tag", 1, 4)),
    "standard tag": ("a: !!str 08", ("tag", 1, 4)),
    "local tag": ("a: !x 1", ("tag", 1, 4)),
    "undefined tag handle": ("a: !foo!x 1", ("tag", 1, 4)),
    "list as key": ("? [a]\n: 1", ("key-not-text", 1, 3)),
    "braces of a template": ("a: {{x}}", ("key-not-text", 1, 5)),
    "alias as key": ("a: &x b\n*x : 1", ("key-not-text", 2, 1)),
    "empty key": ("'': 1", ("empty-key", 1, 1)),
    "full-width space as indentation": ("a: 1\n\u3000b: 2", ("odd-space", 2, 1)),
    "unknown alias": ("a: *x", ("unknown-alias", 1, 4)),
    "alias of the document before": ("a: &x 1\n---\nb: *x", ("unknown-alias", 3, 4)),
    "recursive list": ("a: &x [*x]", ("recursive-alias", 1, 8)),
    "recursive mapping": ("a: &x\n  b: *x", ("recursive-alias", 2, 6)),
    "tab": ("a:\n\tb: 1", ("tab", 2, 1)),
    "tab after spaces": ("a:\n  b: 1\n \tc: 2", ("tab", 3, 2)),
    "tab in continued text": ("a: x\n\ty", ("tab", 2, 1)),
    "tab in a block text": ("a: |\n  x\n\ty\n", ("tab", 3, 1)),
    "two colons": ("a: b: c", ("unexpected-colon", 1, 5)),
    "no space after the colon": ("key:value\nb: 1", ("no-space-after-colon", 1, 4)),
    "no colon": ("a: 1\nb", ("missing-colon", 2, 1)),
    "full-width colon": ("a: 1\nb：d\nc: 1", ("full-width-colon", 2, 2)),
    "full-width comma": ("a: {zh: 甲，en: 乙}", ("full-width-comma", 1, 10)),
    "quote not closed": ("a: 'x\nb: 1", ("unclosed-quote", 1, 4)),
    "quote not closed before ---": ('a: "x\n---\nb', ("unclosed-quote", 1, 4)),
    "apostrophe": ("a: 'it's'", ("text-after-quote", 1, 4)),
    "backslash": ('a: "C:\\q"', ("unknown-escape", 1, 7)),
    "bracket not closed": ("a: [1, 2\nb: 3", ("unclosed-bracket", 1, 4)),
    "bracket not opened": ("a: ]", ("unexpected-bracket", 1, 4)),
    "bracket not closed at the end": ("a: [1,\n", ("unclosed-bracket", 1, 4)),
    "inner bracket not closed": ("a: [{b: [1, 2\n", ("unclosed-bracket", 1, 9)),
    "bracket not closed behind an anchor": ("a: &x [1,\n", ("unclosed-bracket", 1, 7)),
    "bracket not closed, with a harmless tab within": ("a: [1,\n\t2\n", ("unclosed-bracket", 1, 4)),
    "comma too many": ("a: [1,, 2]", ("unexpected-comma", 1, 7)),
    "dash on the line of the key": ("a: - b", ("unexpected-dash", 1, 4)),
    "asterisk before Chinese": ("a: *必填", ("reserved-character", 1, 4)),
    "at sign": ("a: @x", ("reserved-character", 1, 4)),
    "text after the block mark": ("a: >18", ("text-after-block-mark", 1, 6)),
    "indentation": ("a:\n  b: 1\n c: 2", ("bad-indentation", 3, 2)),
    "directive": ("%YAML 3.0\n---\na: 1", ("yaml-syntax", 1, 1)),
    "nothing": ("", ("empty-file", 1, 1)),
    "only a comment": ("# x\n", ("empty-file", 1, 1)),
    "NUL": ("a: 1\nb: \0", ("control-character", 2, 4)),
    "escape character": (b"a: \x1b[31m", ("control-character", 1, 4)),
    "BOM within": ("a: \ufeffb", ("control-character", 1, 4)),
    "lone surrogate": ("a: \ud800", ("not-utf-8", 1, 4)),
    "GBK": ("中: 1\na: ".encode() + "甲".encode("gbk"), ("not-utf-8", 2, 4)),
    "UTF-16": ("a: 1".encode("utf-16"), ("utf-16", 1, 1)),
    "UTF-16 without a mark": ("a: 1".encode("utf-16-le"), ("utf-16", 1, 1)),
}


@pytest.mark.parametrize("name", TRAPS)
def test_trap(name: str) -> None:
    content, expected = TRAPS[name]
    assert at(finding(content)) == expected


def test_utf8_mark_is_accepted_in_silence() -> None:
    source = parse_yaml(b"\xef\xbb\xbfa: 1")
    assert (source.diagnostics, source.text) == ((), "a: 1")


def test_alias_shares_its_value_and_place() -> None:
    read = document("a: &x {b: 1}\nc: *x")
    assert read.value == {"a": {"b": 1}, "c": {"b": 1}}
    assert str(read.place(("c", "b"))) == "<text>:1:11"


def test_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_text("a: 1\n" * 100)
    (found,) = read_yaml(path, limit=499).diagnostics
    assert (found.code, found.params["limit"]) == ("file-too-large", "499 B")
    assert finding("a" * 2_000_001).params["limit"] == "2 MB"
    assert parse_yaml("a" * 2_000_000).diagnostics == ()


@pytest.mark.parametrize(("name", "reason"), [("nowhere.yaml", "there is no such file"), (".", "it is a folder")])
def test_unreadable_file(tmp_path: Path, name: str, reason: str) -> None:
    (found,) = read_yaml(tmp_path / name).diagnostics
    assert (found.code, found.place.file) == ("unreadable-file", str(tmp_path / name))
    assert reason in diagnostic_sentence(found, "en")


def test_impossible_file_name() -> None:
    assert read_yaml("a\0b").diagnostics[0].code == "unreadable-file"


def test_depth_is_bounded() -> None:
    assert parse_yaml("[" * 60 + "]" * 60).diagnostics == ()
    assert at(finding("[" * 61 + "]" * 61)) == ("too-deep", 1, 61)
    assert at(finding("- " * 61 + "a")) == ("too-deep", 1, 121)


def test_depth_is_bounded_through_aliases() -> None:
    lines = ["a0: &a0 []", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 80))]
    assert finding("\n".join(lines)).code == "too-deep"


def test_number_of_values_is_bounded() -> None:
    assert finding("- a\n" * 200_001).code == "too-many-values"


def test_number_of_documents_is_bounded() -> None:
    assert parse_yaml("--- a\n" * 1000).diagnostics == ()
    assert at(finding("--- a\n" * 1001)) == ("too-many-documents", 1001, 1)


def test_alias_bomb_is_defused() -> None:
    lines = ["a0: &a0 [x, x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    assert finding("\n".join(lines)).code == "alias-bomb"


def test_number_of_findings_is_bounded() -> None:
    found = parse_yaml("a: 1\n" * 1000).diagnostics
    assert (len(found), found[-1].code) == (101, "too-many-findings")


@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? ", "[{", "a: {"])
def test_200_000_brackets_do_not_crash_the_process(piece: str) -> None:
    program = "import sys; from formkit.schemas.source import parse_yaml; "
    program += "print(parse_yaml(sys.argv[1] * 200_000).diagnostics[-1].code)"
    done = subprocess.run([sys.executable, "-c", program, piece], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() in ("too-deep", "unexpected-colon")


def test_documents_and_their_hashes() -> None:
    one, two = parse_yaml("a: 1\n---\nb: 2\n").documents
    assert (one.value, two.value) == ({"a": 1}, {"b": 2})
    assert two.place(("b",)).line == 3
    assert one.hash != two.hash
    assert two.hash == document("b: 2").hash == parse_yaml("---\r\nb: 2\r\n").documents[0].hash
    assert one.hash == parse_yaml("a: 1\n---\nb: 3\n").documents[0].hash
    assert one.hash != document("a: 1 # noted").hash


def test_documents_before_a_syntax_error_are_kept() -> None:
    source = parse_yaml("a: 1\n---\nb: [\n")
    assert [read.value for read in source.documents] == [{"a": 1}]
    assert source.diagnostics[0].code == "unclosed-bracket"


def test_source_keeps_the_refused_text_so_that_its_line_can_be_shown() -> None:
    assert parse_yaml("a: \0") == Source("<text>", "a: \0", (), parse_yaml("a: \0").diagnostics)


JUNK = st.text(alphabet="ab甲：，: -?[]{}'\"|>&*!#%@`\\\n\t\r,<~1 ", max_size=60)
VALID_LINES = st.lists(st.sampled_from(FORM.splitlines()), max_size=8).map("\n".join)


def assert_survives(content: str | bytes) -> None:
    source = parse_yaml(content)
    lines = source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert source.documents or source.diagnostics
    for found in source.diagnostics:
        place = found.place
        assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)
        assert place.end_line <= len(lines)
        assert place.column <= len(lines[place.line - 1]) + 1
        assert not diagnostic_sentence(found, "zh").startswith(f"{found.code} {{")
    for read in source.documents:
        assert len(read.hash) == 64


@given(st.binary(max_size=80))
def test_any_bytes_are_survived(content: bytes) -> None:
    assert_survives(content)


@given(st.text(max_size=80) | JUNK)
@settings(max_examples=300)
def test_any_text_is_survived(content: str) -> None:
    assert_survives(content)


@given(st.integers(0, len(FORM)), st.integers(0, 6), JUNK | VALID_LINES)
@settings(max_examples=300)
def test_mutated_forms_are_survived(position: int, removed: int, added: str) -> None:
    assert_survives(FORM[:position] + added + FORM[position + removed :])


SLIPS = {
    "no-space-after-colon": ("a:\n  max_length:50\n  autocomplete: name\n", 2, 13),
    "odd-space-after-colon": ("a:\n  size:\u00a05 MB\n  b: c\n", 2, 8),
    "full-width-bracket": ("a: ｛zh: 甲, en: A｝\n", 1, 4),
    "text-after-bracket": ("a:\n  pattern: [0-9]{6}\n  b: c\n", 2, 12),
    "unexpected-bracket": ("a: {zh: 甲, en: A}}\nb: c\n", 1, 18),
    "comment-in-brackets": ("a: {zh: 甲 #1, en: A}\nb: c\n", 1, 11),
    "unexpected-colon": ("a: {zh: 甲: 乙, en: A}\nb: c\n", 1, 10),
    "conflict-mark": ("a: 1\n<<<<<<< HEAD\nb: 2\n", 2, 1),
}


@pytest.mark.parametrize("code", SLIPS)
def test_a_slip_is_named_where_it_is(code: str) -> None:
    text, line, column = SLIPS[code]
    assert at(finding(text)) == (code, line, column)


def test_a_wide_blank_is_told_once() -> None:
    (found,) = parse_yaml("a:\n    b: 1\n　　c: 2\n    d: 3\n").diagnostics
    assert (found.code, found.place.line) == ("odd-space", 3)


def test_a_name_with_a_character_nobody_sees_is_refused() -> None:
    assert at(finding("a:\n  ex\u200bam: 考试\n")) == ("control-character", 2, 3)
