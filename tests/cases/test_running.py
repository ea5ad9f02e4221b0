"""Cases run: each key of `expect` passes where it is so, and fails with its sentence where it is not."""

from pathlib import Path

import pytest

from formkit.cases import run_cases
from formkit.cases.results import FileResult
from formkit.cases.wording import CaseWording
from formkit.locales import sentences
from formkit.texts import LANGUAGES
from tests.cases.trip import HEAD, case_file

SO = """
乘飞机要写理由:
  answers: {means: plane}
  expect:
    visible: [reason, plan/, host]
    hidden: [papers/, ticket, host.phone]
    required: [reason, days]
    optional: [city, host.name]
    editable: [city, reason]
    calculated: cost
    values: {cost: 300, city: 广州}
    blank: [reason, stops]
    hints: {reason: [请写明, 一句话]}
    issues: {reason: required}
    no_issues: [days]
    accepted: false
    steps: plan
    next_step: plan
高级的不用写理由:
  answers: {means: plane}
  facts: {grade: senior}
  expect: {optional: reason, hints: {reason: 一句话}, issues: none, next_step: check, accepted: true}
职级查不到时按要写:
  answers: {means: plane}
  unknown_facts: grade
  expect: {required: reason, hints: {reason: 一句话}}
组里只写不同的:
  answers: {host: {name: 李华}}
  expect: {visible: host.phone, issues: {host.phone: required}}
行按次序编号:
  answers: {stops: [{place: 韶关}, {place: 当天}, {place: 韶关}]}
  expect:
    visible: [stops.r1.nights]
    hidden: [stops.r2.nights]
    values: {stops.r3.place: 韶关}
    issues: {stops: {code: check, message: 重复}}
去掉的不填:
  without: [days, city]
  expect: {issues: {days: required}, blank: city, visible: cost}
文件只写名字:
  answers: {days: 6, ticket: 票.jpg}
  expect: {visible: papers/, accepted: true, no_issues: ticket}
文件写上要紧的:
  answers: {days: 6, ticket: {name: 票.png, size: 2 MB}}
  expect: {issues: {ticket: [wrong_file_format, file_too_large]}}
提醒不阻止:
  answers: {means: plane, days: 21, reason: 远, ticket: a.jpg}
  expect: {accepted: true, issues: {days: {code: check, level: warning}}, editable: cost}
整张表的检查:
  answers: {days: 26, ticket: a.jpg}
  expect: {issues: {form: {code: check, message: 不能这么久}}, accepted: false}
提交后有未办结的锁定:
  submitted: true
  facts: {open: true}
  answers: {city: 深圳}
  expect: {locked: city, values: {city: 广州}, issues: {city: locked}}
档案里没有的不锁:
  record: {means: train, days: 3, stops: [{place: 韶关}]}
  facts: {open: true}
  expect: {editable: city, issues: none, values: {stops.r1.place: 韶关}}
只走过第一步:
  answers: {days: 6, ticket: a.jpg}
  visited: [plan]
  expect: {next_step: papers, steps: [plan, papers]}
两个工作日后同意:
  state: sent
  entered: 2024-01-05
  today: 2024-01-09
  expect: {state: granted, due: 2024-01-09, record: open}
没到日子不动:
  state: sent
  entered: 2024-01-05
  today: 2024-01-08
  expect: {state: sent, record: read_only, transitions: {system: grant, leader: refuse, applicant: []}}
领导可以不同意:
  state: sent
  take: refuse
  reason: 预算不够
  expect: {state: refused}
不同意要写原因:
  state: sent
  take: refuse
  expect: {state: sent, issues: {form: reason_missing}}
别人不能办:
  state: sent
  take: refuse
  by: applicant
  reason: 不想去
  expect: {state: sent, issues: {form: transition_not_open}}
"""

NOT_SO = """
全不对:
  answers: {means: plane, days: 12}
  expect:
    visible: [stops.r1.place, host.phone]
    hidden: [reason, plan/]
    required: city
    optional: reason
    locked: city
    editable: host.phone
    calculated: cost
    values: {city: 深圳, days: 12}
    blank: city
    hints: {reason: 请写明}
    issues: {reason: too_long, city: required, days: {code: check, message: 太短}}
    no_issues: reason
    accepted: true
    steps: plan
    next_step: check
    state: granted
    due: 2024-02-01
    record: open
    transitions: {leader: grant}
"""
CODES = [
    "not-visible",
    "not-visible",
    "not-hidden",
    "not-hidden",
    "not-required",
    "not-optional",
    "not-locked",
    "not-editable",
    "not-calculated",
    "not-blank",
    "some-issues",
    "other-value",
    "other-hints",
    "other-issues",
    "no-issue",
    "no-issue",
    "other-transitions",
    "not-accepted",
    "other-next-step",
    "other-state",
    "other-due",
    "other-record",
    "other-steps",
]


def told(result: FileResult, language: str = "zh") -> list[str]:
    words = CaseWording(result.form, language)
    return [f"{each.case.name}: {words.failure(f)}" for each in result.failed for f in each.failures]


def test_what_is_so_passes(tmp_path: Path) -> None:
    result = run_cases(case_file(tmp_path, SO))
    assert told(result) == []
    assert len(result.results) == 18


def test_what_is_not_so_fails(tmp_path: Path) -> None:
    failures = run_cases(case_file(tmp_path, NOT_SO)).results[0].failures
    assert [failure.code for failure in failures] == CODES


_GIVEN = ("answers", "without", "submitted", "record", "facts", "unknown_facts", "visited", "take", "by", "entered")


def test_each_of_them_can_fail(tmp_path: Path) -> None:
    """What they expect follows from what they state: for somebody else it is not so."""
    head = HEAD.replace("means: train", "means: plane").replace("grade: junior", "grade: senior")
    head = head.replace("days: 3", "days: 19").replace("2024-01-10", "2024-01-11").replace("city: 广州", "city: 佛山")
    bare = "\n".join(line for line in SO.splitlines() if not line.startswith(tuple(f"  {key}:" for key in _GIVEN)))
    passed = [each.case.name for each in run_cases(case_file(tmp_path, bare, head=head)).results if not each.failures]
    assert passed == ["只走过第一步", "没到日子不动"]


def test_a_failure_says_where_and_why(tmp_path: Path) -> None:
    result = run_cases(case_file(tmp_path, "甲:\n  expect: {visible: reason}"))
    failure = result.results[0].failures[0]
    assert (failure.place.line, failure.place.column) == (11, 23)
    words = CaseWording(result.form, "zh")
    assert words.failure(failure) == "“乘机理由”（reason）应当显示，实际不显示"
    lines = list(words.beneath(failure, result.results[0]))
    assert [line.text for line in lines] == [
        f"“乘机理由”不显示：因为“交通”是“火车”，不是“飞机”（{tmp_path}/trip.yaml:18:23）"
    ]
    assert [line.text for line in lines[0].inner] == ["“交通”是“火车”，在步骤“行程”里填的"]


def test_answers_that_cannot_be_submitted_are_told(tmp_path: Path) -> None:
    head = HEAD.replace("days: 3", "days: 99")
    result = run_cases(case_file(tmp_path, "甲:\n  submitted: true\n  expect: {accepted: true}", head=head))
    assert [failure.code for failure in result.results[0].failures] == ["submission-refused"]
    words = CaseWording(result.form, "zh")
    lines = [line.text for line in words.beneath(result.results[0].failures[0], result.results[0])]
    assert lines == ["“天数”（days）：too_large 不能大于 30，请检查。"]


def test_a_record_of_another_shape_is_told(tmp_path: Path) -> None:
    result = run_cases(case_file(tmp_path, "甲:\n  record: {days: often}\n  expect: {accepted: true}"))
    assert told(result) == ["甲: record 里的“天数”（days）应当是数字"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_has_its_sentence(language: str) -> None:
    assert set(CODES) | {"accepted", "submission-refused", "wrong-record"} <= sentences("cases", language).keys()


def test_both_languages_say_the_same() -> None:
    zh, en = (sentences("cases", language) for language in LANGUAGES)
    assert zh.keys() == en.keys()


def test_a_variant_has_cases_of_its_own(tmp_path: Path) -> None:
    """What it does not state is its base's, and told of in the base's file."""
    (tmp_path / "city.yaml").write_text(
        "form: city_trip\nextends: trip.yaml\nedition: 2024-02-01\nsteps: {plan: {fields: {days: {max: 20}}}}\n",
        "utf-8",
    )
    tests = "甲:\n  answers: {days: 21}\n  expect: {issues: {days: too_large}, visible: reason}"
    result = run_cases(case_file(tmp_path, tests, head=HEAD.replace("trip.yaml", "city.yaml")))
    assert [failure.code for failure in result.results[0].failures] == ["not-visible"]
    words = CaseWording(result.form, "zh")
    (line, *_) = words.beneath(result.results[0].failures[0], result.results[0])
    assert line.text.endswith(f"（{tmp_path}/trip.yaml:18:23）")
