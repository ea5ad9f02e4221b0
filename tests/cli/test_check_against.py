"""`formkit check NEW --against OLD`: what is held and forgotten is an error, with the lines to paste."""

from pathlib import Path

from tests.cli.conftest import FORM, IN_CHINESE, Command

RETYPED = (
    IN_CHINESE.replace("type: integer, label: {zh: 天数", "type: text, label: {zh: 天数")
    .replace(", min: 1", "")
    .replace("days > 3", "days is not blank")
    .replace("days > 10", "days is not blank")
    .replace("days <= facts", "1 <= facts")
)


def test_what_is_forgotten_is_told_with_the_lines_to_choose_from(formkit: Command, folder: Path) -> None:
    (folder / "new.yaml").write_text(RETYPED, "utf-8")
    ran = formkit("check", "new.yaml", "--against", "leave.yaml", "--lang", "en")
    assert ran.status == 1
    assert "error untreated-change  Days: from a whole number to one line of text" in ran.out
    assert "\n      changes:\n        days: keep  # it stays as it is\n        days: ask_again" in ran.out
    (folder / "new.yaml").write_text(f"{RETYPED}changes: {{days: ask_again}}\n", "utf-8")
    ran = formkit("check", "new.yaml", "--against", "leave.yaml#leave")
    assert (ran.status, ran.out) == (0, "没有发现问题。\n")


def test_for_programs(formkit: Command, folder: Path) -> None:
    (folder / "new.yaml").write_text(RETYPED, "utf-8")
    ran = formkit("check", "new.yaml#leave", "--against", "leave.yaml", "--format", "json")
    assert ran.status == 1
    (told,) = ran.json["diagnostics"]
    assert (told["code"], told["file"]) == ("untreated-change", "new.yaml")


def test_a_new_form_that_does_not_load_is_told_as_ever(formkit: Command, folder: Path) -> None:
    (folder / "new.yaml").write_text(FORM.replace("type: text, label: 交接人", "type: nothing, label: 交接人"), "utf-8")
    ran = formkit("check", "new.yaml", "--against", "leave.yaml")
    assert ran.status == 1
    assert "unknown-type" in ran.out
    ran = formkit("check", "leave.yaml", "--against", "new.yaml")
    assert ran.status == 1
    assert "unknown-type" in ran.out


def test_several_forms_are_held_against_those_of_their_ids(formkit: Command, folder: Path) -> None:
    steps = "steps: {a: {title: 甲, fields: {x: {type: text, label: X}}}}\n"
    more = f"---\nform: more\ntitle: 更多\nedition: 2024-01-01\n{steps}"
    (folder / "old.yaml").write_text(f"{FORM}{more}", "utf-8")
    (folder / "new.yaml").write_text(f"{RETYPED}{more}", "utf-8")
    assert formkit("check", "new.yaml", "--against", "old.yaml").status == 1
    assert formkit("check", "new.yaml#more", "--against", "old.yaml").status == 0
    assert formkit("check", "new.yaml", "--against", "old.yaml#more").status == 0


def test_what_cannot_be_compared_is_refused(formkit: Command, folder: Path) -> None:
    (folder / "other.yaml").write_text(
        FORM.replace("form: leave", "form: other") + "---\n" + FORM.replace("form: leave", "form: third"), "utf-8"
    )
    assert formkit("check", "leave.yaml", "--against", "gone.yaml").status == 2
    assert formkit("check", "gone.yaml", "--against", "leave.yaml").status == 2
    assert formkit("check", "leave.yaml", "leave.yaml", "--against", "leave.yaml").status == 2
    assert formkit("check", "leave.yaml#zzz", "--against", "leave.yaml").status == 2
    ran = formkit("check", "leave.yaml", "--against", "other.yaml", "--lang", "en")
    assert ran.status == 2
    assert "no form in common" in ran.err
    ran = formkit("check", "other.yaml#third", "--against", "leave.yaml", "--lang", "en")
    assert ran.status == 1
    assert "against-form-renamed" in ran.out
