"""`formkit check`: findings, their places, and the exit code."""

import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import FORM, IN_CHINESE, Command

BROKEN = FORM.replace("days > 3", "dayz > 3")


def test_a_good_form_is_good(formkit: Command, folder: Path) -> None:
    (folder / "leave.yaml").write_text(IN_CHINESE, encoding="utf-8")
    ran = formkit("check", "leave.yaml", "--format", "json")
    assert (ran.status, ran.json, ran.err) == (0, {"diagnostics": []}, "")


def test_a_finding_for_programs(formkit: Command, folder: Path) -> None:
    (folder / "leave.yaml").write_text(BROKEN, encoding="utf-8")
    ran = formkit("check", "leave.yaml", "--format", "json", "--lang", "en")
    assert ran.status == 1
    (found,) = ran.json["diagnostics"]
    column = BROKEN.splitlines()[11].index("dayz") + 1
    assert found.pop("message") and found.pop("hint")
    assert found == {
        "code": "unknown-name",
        "severity": "error",
        "file": "leave.yaml",
        "line": 12,
        "column": column,
        "end_line": 12,
        "end_column": column + 4,
    }


def test_a_finding_for_people(formkit: Command, folder: Path) -> None:
    (folder / "leave.yaml").write_text(BROKEN, encoding="utf-8")
    ran = formkit("check", "leave.yaml")
    where, line, carets, *_ = ran.out.splitlines()
    assert where.startswith("leave.yaml:12:")
    assert line.index("dayz") == carets.index("^") - (len("事由") + len("：") - 1)
    assert ran.out.splitlines()[-1] == "共 1 个错误、0 个警告。"


def test_a_folder_is_read_with_its_subfolders(formkit: Command, folder: Path) -> None:
    (folder / "more" / "deep").mkdir(parents=True)
    (folder / "more" / "deep" / "bad.yml").write_text("form: [", encoding="utf-8")
    (folder / "more" / "note.txt").write_text("form: [", encoding="utf-8")
    ran = formkit("check", ".", "--format", "json")
    assert (ran.status, {found["file"] for found in ran.json["diagnostics"]}) == (1, {"more/deep/bad.yml"})


def test_several_paths(formkit: Command, folder: Path) -> None:
    (folder / "bad.yaml").write_text("form: [", encoding="utf-8")
    assert formkit("check", "leave.yaml", "bad.yaml").status == 1


def test_what_is_not_there_is_no_finding(formkit: Command, folder: Path) -> None:
    ran = formkit("check", "none.yaml", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "formkit: There is no “none.yaml”: check the name and the folder.\n"
    (folder / "empty").mkdir()
    assert formkit("check", "empty").status == 2


def test_a_file_that_is_no_form_at_all(formkit: Command, folder: Path) -> None:
    (folder / "odd.yaml").write_bytes(b"\xff\xfe\x00" * 10)
    assert formkit("check", "odd.yaml", "--format", "json").json["diagnostics"][0]["code"] == "utf-16"


def test_a_pipe_that_closes_early_is_no_crash(folder: Path) -> None:
    many = "".join(f"  - {{k{number}: 1, k{number}: 2}}\n" for number in range(3000))
    # More than a pipe holds, so that the writer is still at it when the reader goes away.
    for number in range(20):
        (folder / f"many{number}.yaml").write_text(f"form: a\nbasis:\n{many}", encoding="utf-8")
    command = [sys.executable, "-m", "formkit.cli", "check", "."]
    root = str(Path(__file__).parents[2])
    ran = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PYTHONPATH": root})
    assert ran.stdout is not None and ran.stderr is not None
    ran.stdout.read(10)
    ran.stdout.close()
    complaint = ran.stderr.read()
    ran.stderr.close()
    assert (ran.wait(), complaint) == (1, b"")
