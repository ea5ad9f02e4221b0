"""The language server over its real protocol: diagnostics, hover, completion and definitions, of broken files too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lsp.editor import Editor

LISTS = """\
choices:
  levels:
    junior: {zh: 初级, en: Junior}
    senior: {zh: 高级, en: Senior}
"""
FORM = """\
form: card
title: {zh: 学生𠮷信息, en: Student details}
edition: 2026-01-01
uses: [lists.yaml]
facts:
  course_open: {type: yes_no, label: {zh: 继续教育未完成, en: Education is open}}
choices:
  status:
    working: {zh: 在岗, en: Working}
    student: {zh: 在校生, en: Student}
steps:
  work:
    title: {zh: 工作信息, en: Work}
    fields:
      status: {type: choice, label: {zh: 在岗状态, en: Status}, choices: status, required: true}
      age: {type: integer, label: {zh: 年龄, en: Age}, min: 16, max: 120, visible_when: {status: student}}
      born:
        type: date
        label: {zh: 出生日期, en: Born}
        required_when: status == 'student' and age > 17 and not facts.course_open
        checks:
          - rule: age_on(born, today()) == age
            message: {zh: 年龄不对, en: The age is wrong}
            at: age
      titles:
        type: rows
        label: {zh: 职称, en: Titles}
        fields:
          level: {type: choice, label: {zh: 级别, en: Level}, choices: levels}
          since: {type: date, label: {zh: 取得日期, en: Since}, visible_when: level == 'senior'}
    checks:
      - rule: any(q.level == 'senior' for q in titles) or age < 60
        message: {zh: 不符合, en: Not so}
"""


def written(folder: Path) -> Path:
    (folder / "lists.yaml").write_text(LISTS, encoding="utf-8")
    (folder / "card.yaml").write_text(FORM, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor for all tests that only look."""
    with Editor(written(tmp_path_factory.mktemp("forms"))) as opened:
        yield opened


@pytest.fixture
def editor(running: Editor) -> Iterator[Editor]:
    yield running
    running.close("card.yaml")


def test_a_mistake_is_told_while_it_is_there(editor: Editor) -> None:
    assert editor.open("card.yaml", FORM) == []
    editor.change("card.yaml", FORM.replace("学生𠮷信息", "𠮷").replace("and age > 17", "and agee > 17"))
    (found,) = editor.told("card.yaml")
    assert (found["code"], found["severity"], found["source"]) == ("unknown-name", 1, "formkit")
    assert "Did you mean age?" in found["message"]
    assert found["range"]["start"] == {"line": 19, "character": 47}
    editor.change("card.yaml", FORM, 3)
    assert editor.told("card.yaml") == []


def test_places_count_as_the_editor_counts(editor: Editor) -> None:
    (found,) = editor.open(
        "card.yaml", FORM.replace("title: {zh: 学生𠮷信息, en: Student details}", "title: 𠮷𠮷\n𠮷𠮷x: 1")
    )
    assert found["code"] == "unknown-key"
    assert found["range"]["end"]["character"] - found["range"]["start"]["character"] == 5


def test_other_yaml_is_left_alone(editor: Editor) -> None:
    assert editor.open("compose.yaml", "services: {web: {image: x}}\n") == []


def test_a_list_in_another_file_is_told_of_at_its_own_place(folder: Path) -> None:
    with Editor(folder) as editor:
        tell_of_lists(editor, folder)


def tell_of_lists(editor: Editor, folder: Path) -> None:
    (folder / "lists.yaml").write_text(LISTS + "    senior: {zh: 二, en: Two}\n", encoding="utf-8")
    editor.open("card.yaml", FORM)
    (found,) = editor.told("lists.yaml")
    assert found["code"] == "duplicate-key"
    (folder / "lists.yaml").write_text(LISTS, encoding="utf-8")
    editor.tell("textDocument/didSave", {"textDocument": {"uri": editor.uri("card.yaml")}})
    assert editor.told("lists.yaml") == []


def test_what_is_odd_about_the_whole_form_is_told_too(editor: Editor) -> None:
    odd = FORM.replace("type: date, label: {zh: 取得日期", "type: date, max: 2926-01-01, label: {zh: 取得日期")
    (found,) = editor.open("card.yaml", odd)
    line = odd[: odd.index("2926")].count("\n")
    assert (found["code"], found["severity"], found["range"]["start"]["line"]) == ("implausible-year", 2, line)
    lines = odd.splitlines(keepends=True)
    lines.insert(line, "          # formkit: allow implausible-year 证书没有期限\n")
    editor.change("card.yaml", "".join(lines))
    assert editor.told("card.yaml") == []


def test_a_variant_is_told_of_in_its_own_file(editor: Editor) -> None:
    text = "form: city\nextends: card.yaml\nsteps: {work: {fields: {agee: {max: 90}, born: {hint: x}}}}\n"
    (found,) = editor.open("city.yaml", text)
    assert (found["code"], found["range"]["start"]) == ("not-in-base", {"line": 2, "character": 24})
    editor.change("city.yaml", text.replace("agee", "age"))
    assert editor.told("city.yaml") == []
    editor.close("city.yaml")


def test_cases_are_told_of_and_completed(editor: Editor) -> None:
    text = """\
cases: card.yaml
facts: {course_open: false}
tests:
  张三:
    answers: {status: studnt}
    expect: {visible: [age]}
"""
    (found,) = editor.open("cases.yaml", text)
    assert (found["code"], found["range"]["start"]) == ("unknown-answer-choice", {"line": 4, "character": 22})
    assert "Is it “student”?" in found["message"]
    editor.change("cases.yaml", text.replace("studnt", "student"))
    assert editor.told("cases.yaml") == []
    begun = text.replace("    expect: {visible: [age]}", "    expect: {}\n    wi")
    editor.change("cases.yaml", begun, 3)
    assert {"without", "expect", "submitted"} <= set(editor.proposals("cases.yaml", begun, "    wi", 6))
    begun = text.replace("    expect: {visible: [age]}", "    expect:\n      hi")
    editor.change("cases.yaml", begun, 4)
    assert {"hidden", "hints"} <= set(editor.proposals("cases.yaml", begun, "      hi", 8))
    editor.close("cases.yaml")


@pytest.mark.parametrize(
    ("mark", "after", "words"),
    [
        ("status == 'student' and", 2, ["**Status** `status`", "`choice`", "`student` Student", "card.yaml:15"]),
        ("facts.course_open", 8, ["**Education is open**", "`yes_no`", "card.yaml:6"]),
        ("age_on(", 3, ["age_on(a date, a date) → a number", "years"]),
        ("q.level", 3, ["**Level**", "lists.yaml", "`senior` Senior"]),
        ("required_when:", 3, ["Required only while"]),
        ("min: 16", 1, ["`min`"]),
        ("'student' and", 3, ["**Student** `student`"]),
        ("{status: student}", 2, ["**Status**"]),
        ("{status: student}", 10, ["**Student**"]),
    ],
)
def test_hover_says_what_it_is(editor: Editor, mark: str, after: int, words: list[str]) -> None:
    editor.open("card.yaml", FORM)
    found = editor.at("hover", "card.yaml", FORM, mark, after)
    assert found is not None
    told = found["contents"]["value"]
    assert [word for word in words if word not in told.replace("\\_", "_")] in ([], ["lists.yaml"]), told


def test_nothing_to_say_is_nothing_said(editor: Editor) -> None:
    editor.open("card.yaml", FORM)
    assert editor.at("hover", "card.yaml", FORM, "The age is wrong", 2) is None
    assert editor.at("definition", "card.yaml", FORM, "age_on(", 2) is None


@pytest.mark.parametrize(
    ("mark", "after", "name", "line"),
    [
        ("status == 'student' and", 2, "card.yaml", 14),
        ("facts.course_open", 8, "card.yaml", 5),
        ("choices: status", 10, "card.yaml", 7),
        ("choices: levels", 10, "lists.yaml", 1),
        ("'senior' for", 3, "lists.yaml", 3),
        ("q.level", 3, "card.yaml", 28),
        ("in titles", 4, "card.yaml", 24),
        ("at: age", 5, "card.yaml", 15),
    ],
)
def test_definitions_lead_to_where_it_is_declared(editor: Editor, mark: str, after: int, name: str, line: int) -> None:
    editor.open("card.yaml", FORM)
    found = editor.at("definition", "card.yaml", FORM, mark, after)
    assert (found["uri"], found["range"]["start"]["line"]) == (editor.uri(name), line)


WHEN = "status == 'student' and age > 17 and not facts.course_open"


@pytest.mark.parametrize(
    ("old", "new", "after", "there", "not_there"),
    [
        (WHEN, "", 0, {"status", "age", "facts.course_open", "record.age", "age_on", "any", "and"}, {"'student'"}),
        (WHEN, "status == ", 10, {"'working'", "'student'"}, {"age"}),
        (WHEN, "status == 'stu", 14, {"working", "student"}, {"age"}),
        (WHEN, "status in ('working', ", 22, {"'student'"}, {"age"}),
        ("{status: student}", "{", 1, {"status", "born", "facts.course_open"}, {"age_on", "label"}),
        ("{status: student}", "{status: }", 9, {"working", "student"}, {"age"}),
        ("any(q.level == 'senior' for q in titles)", "any(q. for q in titles)", 6, {"q.level", "q.since"}, set()),
        ("choices: levels", "choices: ", 9, {"status", "levels"}, {"age"}),
        ("type: rows", "type: ", 6, {"rows", "choice", "resident_id"}, {"age"}),
        ("at: age", "at: ", 4, {"age", "born"}, set()),
        ("level == 'senior'", "level == '", 10, {"junior", "senior"}, {"working"}),
        ("min: 16", "m", 1, {"min", "max", "required_when", "label"}, {"status", "formats"}),
        ("        required_when: " + WHEN, "        req", 11, {"required", "required_when", "max"}, {"age"}),
    ],
)
def test_completion_in_the_middle_of_a_change(
    editor: Editor, old: str, new: str, after: int, there: set[str], not_there: set[str]
) -> None:
    editor.open("card.yaml", FORM)
    offset = FORM.index(old) + after
    text = FORM.replace(old, new, 1)
    editor.change("card.yaml", text)
    found = set(editor.proposals("card.yaml", text, text[offset - after : offset + 30], after))
    assert there <= found and not not_there & found, found


def test_it_speaks_chinese_to_a_chinese_editor(folder: Path) -> None:
    with Editor(folder, "zh-cn") as editor:
        (found,) = editor.open("card.yaml", FORM.replace("and age > 17", "and agee > 17"))
        assert "没有" in found["message"]
        told = editor.at("hover", "card.yaml", FORM, "status == 'student' and", 2)["contents"]["value"]
        assert "**在岗状态**" in told and "类型：" in told


def test_without_a_locale_it_speaks_as_the_command_says(folder: Path) -> None:
    with Editor(folder, None, "--lang", "en") as editor:
        (found,) = editor.open("card.yaml", FORM.replace("and age > 17", "and agee > 17"))
        assert "Did you mean" in found["message"]
