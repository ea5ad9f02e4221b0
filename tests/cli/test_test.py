"""`formkit test`: what fails and why, what was seen, as text and as JSON."""

from pathlib import Path

from tests.cli.conftest import Command

CASES = """\
cases: leave.yaml
facts: {days_left: 5}
answers: {days: 2}
tests:
  两天不用写事由:
    expect: {hidden: why, accepted: true}
  四天要写:
    answers: {days: 4}
    expect: {visible: why, issues: {why: required}}
"""


def write(folder: Path, text: str = CASES) -> None:
    (folder / "cases").mkdir()
    (folder / "cases" / "leave.yaml").write_text(text.replace("leave.yaml", "../leave.yaml"), "utf-8")


def test_all_is_well(formkit: Command, folder: Path) -> None:
    write(folder)
    ran = formkit("test")
    assert ran.status == 0
    assert (
        ran.out.splitlines()
        == [
            "请假（leave）：2 个案例，通过 2 个；3 条规则，两种结果都走到的 1 条。",
            "  leave.yaml:18  “交接”（later/）显示的条件  没有案例使它成立",
            "      days > 10",
            "  leave.yaml:14  “申请”（ask/）的第 1 条检查  没有案例使它不成立",
            "      days <= facts.days_left",
            "  步骤：2 个中走到 1 个，没有走到：later",
        ]
        or ran.out
    )
    assert formkit("test", "--complete").status == 1
    assert formkit("test", "leave.yaml").out == ran.out
    assert formkit("test", "cases/leave.yaml", "--coverage", "--lang", "en").out.splitlines()[1:3] == [
        "  leave.yaml:12  when “事由” (why) is shown  cases: true 1, false 1, undecided 0",
        "      days > 3",
    ]


def test_a_failure_has_its_place_and_its_why(formkit: Command, folder: Path) -> None:
    write(folder, CASES.replace("days: 4", "days: 3"))
    ran = formkit("test", ".", "--lang", "en")
    assert ran.status == 1
    assert (
        ran.out.splitlines()[:4]
        == [
            "cases/leave.yaml:7  fails: 四天要写",
            "  cases/leave.yaml:9  “事由” (why) should be shown and is not",
            "    “事由” is not shown, because “Days” is 3, not more than 3 (leave.yaml:12:50)",
            "      “Days” is 3, entered in the step “Request”",
        ]
        or ran.out
    )
    found = formkit("test", "--format", "json").json["forms"][0]
    assert [(case["name"], case["passed"]) for case in found["cases"]] == [
        ("两天不用写事由", True),
        ("四天要写", False),
    ]
    assert found["cases"][1]["failures"][0]["code"] == "not-visible"
    assert found["cases"][1]["failures"][0]["line"] == 9
    assert not found["complete"] and found["steps"]["missed"] == ["later"]
    assert {rule["path"]: rule["missing"] for rule in found["rules"]}["ask/"] == [False]


def test_what_cannot_be_run(formkit: Command, folder: Path) -> None:
    assert formkit("test", "nowhere").status == 2
    ran = formkit("test")
    assert ran.status == 2 and "没有案例文件" in ran.err
    write(folder, CASES.replace("hidden: why", "hidden: whi"))
    ran = formkit("test")
    assert ran.status == 1 and "unknown-case-field" in ran.out and "whi" in ran.out
    assert formkit("check", ".").status == 1
    assert formkit("check", "leave.yaml").status == 0


def test_missing_cases_are_written_where_they_fit(formkit: Command, folder: Path) -> None:
    write(folder)
    file = folder / "cases" / "leave.yaml"
    before = file.read_text("utf-8")
    ran = formkit("test", "--write")
    assert ran.status == 0
    assert ran.out.splitlines()[-1].startswith("已在 cases/leave.yaml 的末尾补上 2 个案例")
    assert file.read_text("utf-8").startswith(before)
    assert formkit("test", "--complete").status == 0
    after = file.read_text("utf-8")
    assert formkit("test", "--write").status == 0
    assert file.read_text("utf-8") == after


def test_a_file_keeps_its_line_ends(formkit: Command, folder: Path) -> None:
    file = folder / "cases.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + CASES.replace("\n", "\r\n").encode())
    assert formkit("test", "cases.yaml", "--write").status == 0
    after = file.read_bytes()
    assert after.startswith(b"\xef\xbb\xbfcases") and after.count(b"\n") == after.count(b"\r\n") > 12
    assert formkit("test", "cases.yaml", "--complete").status == 0


def test_a_file_they_do_not_fit_into_stays_as_it_is(formkit: Command, folder: Path) -> None:
    for text in (
        CASES.replace("answers: {days: 2}\n", "") + "answers: {days: 2}\n",
        CASES.replace("  两天", "    两天").replace("  四天", "    四天").replace("    expect", "      expect")
        .replace("    answers: {days: 4}", "      answers: {days: 4}"),
        f"{CASES}---\n{CASES}",
    ):  # fmt: skip
        (folder / "cases.yaml").write_text(text, "utf-8")
        ran = formkit("test", "cases.yaml", "--write")
        assert (ran.status, "补不进" in ran.err) == (2, True), ran
        assert (folder / "cases.yaml").read_text("utf-8") == text
    assert [path.name for path in folder.glob("*.new")] == []
