"""Wherever one stands in a form, whole or cut off, something or nothing is said of it, and nothing breaks."""

from pathlib import Path

import pytest

from formkit.lsp.cursor import cursor_at
from formkit.lsp.meaning import Meaning
from formkit.lsp.outline import read_outlines
from formkit.lsp.told import hover_text, short_text

FILE = Path(__file__).parents[2] / "forms" / "transfer.yaml"
TEXT = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut"])
def test_every_position(cut: bool) -> None:
    outlines, lines = read_outlines(TEXT, str(FILE)), TEXT.split("\n")
    told = 0
    for line in range(0, len(lines), 3):
        for column in range(0, len(lines[line]) + 2, 5):
            shown = [*lines[:line], lines[line][:column], *lines[line + 1 :]] if cut else lines
            for outline in outlines[: 1 + line % 2]:
                meaning = Meaning(outline, cursor_at(shown, line, column))
                thing = meaning.thing()
                told += bool(thing and hover_text(thing, outline, "zh"))
                told += sum(len(short_text(proposal.thing, "en")) > 0 for proposal in meaning.proposals())
    assert told > 100


def test_a_list_of_another_file_has_its_place_there() -> None:
    outline = read_outlines(TEXT, str(FILE))[0]
    destinations = outline.lists["transfer_destinations"]
    assert destinations.place.file.endswith("transfer_destinations.yaml") and destinations.inner


ODD = (
    "",
    "[]",
    "form: x",
    "form: [1]\nsteps: 3",
    "form: x\nsteps: {a: 1, b: {fields: [x], sections: {c: 2}}}",
    "choices: {a: 1}",
    "uses: none.yaml\nform: x\nfacts: {a: }",
    "a: &x {b: *x}",
    "form: x\nchoices: {l: {choices: {a: {label: {zh: 1}}}}}",
)


@pytest.mark.parametrize("text", ODD)
def test_odd_files_have_an_outline(text: str) -> None:
    for outline in read_outlines(text, "odd.yaml"):
        assert list(Meaning(outline, cursor_at(text.split("\n"), 0, 3)).proposals()) is not None


VARIANT = """\
form: city
extends: base.yaml
steps:
  about:
    fields:
      age:

        hint: 周岁
      phone: {type: text, label: 电话, after: a}
    checks:
      - {rule: age > 1, message: 不对}
"""
BASE = """\
form: base
title: 表
edition: 2026-01-01
steps:
  about:
    title: 一
    fields:
      age: {type: integer, label: 年龄}
    sections: {more: {title: 二, fields: {awards: {type: rows, label: 奖励, fields: {year: {type: year, label: 年}}}}}}
  last: {title: 末, note: 完}
"""


def test_a_variant_knows_the_names_of_its_base(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    (outline,) = read_outlines(VARIANT, str(tmp_path / "city.yaml"))
    lines = VARIANT.split("\n")

    def proposed(line: int, column: int, text: str = "") -> set[str]:
        shown = [*lines[:line], text, *lines[line + 1 :]] if text else lines
        return {each.text for each in Meaning(outline, cursor_at(shown, line, column)).proposals()}

    assert {"age", "awards", "phone"} <= proposed(10, 14)
    assert {"age", "awards", "phone"} <= proposed(6, 6, "      ")
    assert {"age", "awards"} <= proposed(8, 44)
    assert {"about", "last"} <= proposed(9, 2, "  ")
    assert {"hint", "max", "remove", "after"} <= proposed(6, 8, "        ")
    assert "remove" in proposed(9, 4, "    ")
    assert outline.fields["age"].place.file.endswith("base.yaml")
    assert outline.fields["phone"].place.file.endswith("city.yaml")


def test_a_variant_with_a_mistake_knows_them_too(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    (outline,) = read_outlines("form: city\nextends: base.yaml\nremove: [nothing]\n", str(tmp_path / "city.yaml"))
    assert list(outline.fields) == ["age", "awards"]
