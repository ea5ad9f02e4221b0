"""`formkit diff`: what it writes in each format, its exit code, and files that do not load."""

from pathlib import Path

from tests.cli.conftest import FORM, Command


def test_what_changed_in_sentences_with_both_places(formkit: Command, folder: Path) -> None:
    (folder / "new.yaml").write_text(FORM.replace("label: 交接人, required: true", "label: 交接人"), "utf-8")
    ran = formkit("diff", "leave.yaml", "new.yaml")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "版本对照：请假",
        "2024-01-01（leave.yaml）→ 2024-01-01（new.yaml）",
        "共 1 处变化：0 处不兼容，0 处要重新填写或核对，1 处无影响。",
        "",
        "无影响（1 处）",
        "  交接人：从必填改为选填（天数大于10时）",
        "      became-optional  who  leave.yaml:20:47 → new.yaml:20:7",
    ]


def test_something_breaking_ends_with_1(formkit: Command, folder: Path) -> None:
    (folder / "new.yaml").write_text(
        FORM.replace("type: integer, label: {zh: 天数", "type: text, label: {zh: 天数")
        .replace(", min: 1", "")
        .replace("days > 3", "days is not blank")
        .replace("days > 10", "days is not blank")
        .replace("days <= facts", "1 <= facts"),
        "utf-8",
    )
    ran = formkit("diff", "leave.yaml", "new.yaml", "--format", "json", "--lang", "en")
    assert ran.status == 1
    (breaking,) = [each for each in ran.json["changes"] if each["severity"] == "breaking"]
    assert breaking["sentence"] == "Days: from a whole number to one line of text; what was entered does not fit"
    assert breaking["old"] == {"file": "leave.yaml", "line": 11, "column": 7}
    assert ran.json["summary"]["breaking"] == 1


def test_a_page_to_sign_stands_alone_and_escapes(formkit: Command, folder: Path) -> None:
    (folder / "new.yaml").write_text(FORM.replace("交接人", "<script>x</script>"), "utf-8")
    assert formkit("diff", "leave.yaml", "new.yaml", "--format", "html", "--out", "page.html").status == 0
    page = (folder / "page.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "核对人" in page
    assert "http" not in page
    told = formkit("diff", "leave.yaml", "new.yaml", "--format", "markdown").out
    assert "\\<script\\>" in told


def test_nothing_changed(formkit: Command) -> None:
    ran = formkit("diff", "leave.yaml", "leave.yaml#leave", "--lang", "en")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "The two editions say the same: nothing changed.")


def test_a_file_that_does_not_load_or_cannot_be_written(formkit: Command, folder: Path) -> None:
    (folder / "bad.yaml").write_text(FORM.replace("type: text, label: 交接人", "type: nothing, label: 交接人"), "utf-8")
    ran = formkit("diff", "leave.yaml", "bad.yaml")
    assert ran.status == 1
    assert "unknown-type" in ran.out
    assert formkit("diff", "leave.yaml", "gone.yaml").status == 2
    assert formkit("diff", "leave.yaml", "leave.yaml", "--out", "no/such/folder").status == 2
