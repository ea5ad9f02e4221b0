"""What is `national: true` in a base, no variant weakens; what it tightens or explains, it may."""

from textwrap import dedent

import pytest

from formkit.compiler import Compiler
from formkit.locales import diagnostic_hint, diagnostic_sentence

BASE = """\
form: leave
title: 请假
edition: 2026-01-01
facts:
  on_probation: {type: yes_no, label: 试用期}
  grade: {type: choice, choices: grades, label: 职级}
choices:
  grades: {high: 高, low: 低}
  kinds: {annual: 年假, sick: {label: 病假, until: 2030-12-31}}
  codes:
    national: true
    choices: {a: 甲, b: {label: 乙, since: 2026-06-01}}
  places: {home: 在家, away: 外出}
steps:
  about:
    title: 请假内容
    fields:
      kind: {type: choice, label: 类别, choices: kinds, required: true, national: true}
      place: {type: choice, label: 地点, choices: places}
      days: {type: integer, label: 天数, min: 1, max: 30}
      reason:
        type: text
        label: {zh: 原因}
        max_length: 90
        national: true
        required_when: days > 3 or kind == 'sick'
        visible_unless: place == 'home'
        locked_when: facts.on_probation
      code: {type: choice, label: 代码, choices: codes, locked: after_submission, national: true}
      proof: {type: image, label: 证明, formats: [jpeg], max_size: 2 MB, national: true}
      weeks: {type: integer, label: 周数, value: days / 7, national: true}
      pledge: {type: consent, label: 承诺, statement: 属实, required: true, national: true}
      mark: {type: text, label: 编号, pattern: '[A-Z]+', national: true}
      free: {type: text, label: 备注, max_length: 90}
      home:
        type: group
        label: 住址
        fields:
          street: {type: text, label: 街道, required: true, national: true}
          door: {type: text, label: 门牌}
    sections:
      people:
        title: 随行
        national: true
        fields:
          children:
            type: rows
            label: 子女
            max_rows: 5
            fields:
              name: {type: text, label: 姓名, required: true}
              born: {type: date, label: 出生日期}
    checks:
      - {id: not_too_long, national: true, rule: "days < 20 or kind != 'sick'", message: 病假太长, when: days > 5}
      - {id: own, rule: days < 25, message: 太长}
  last:
    title: 最后
    national: true
    note: 请核对
    checks:
      - {rule: days > 0, message: 天数不对, level: warning}
checks:
  - {id: whole, national: true, rule: days < 28, message: 不能再长}
"""


def about(text: str) -> str:
    return f"steps: {{about: {{{text}}}}}"


def field(text: str) -> str:
    return about(f"fields: {{{text}}}")


FORBIDDEN = {
    "a field removed": (about("remove: [kind]"), "national-removed"),
    "a column removed": (field("children: {remove: [name]}"), "national-removed"),
    "a step removed": ("remove: [last]", "national-removed"),
    "a section removed": (about("remove: [people]"), "national-removed"),
    "a check removed": (about("remove: [not_too_long]"), "national-check-removed"),
    "a check of the form removed": ("remove: [whole]", "national-check-removed"),
    "every check removed": ("steps: {last: {remove: [checks]}}", "national-check-removed"),
    "a list removed": ("remove: [codes]\nsteps: {about: {fields: {code: {choices: kinds}}}}", "national-removed"),
    "made optional": (field("kind: {required: false}"), "national-optional"),
    "required removed": (field("kind: {remove: [required]}"), "national-optional"),
    "required of some": (field("kind: {required: false, required_when: {place: away}}"), "national-optional"),
    "required of others": (field("reason: {required_when: days > 5}"), "national-condition"),
    "required of fewer": (field("reason: {required_when: days > 4 or kind == 'sick'}"), "national-condition"),
    "a column optional": (field("children: {fields: {name: {required: false}}}"), "national-optional"),
    "unlocked": (field("code: {locked: never}"), "national-unlocked"),
    "a condition of a lock removed": (field("reason: {remove: [locked_when]}"), "national-unlocked"),
    "a lock for fewer": (field("reason: {locked_when: facts.on_probation and days > 3}"), "national-condition"),
    "hidden from some": (field("kind: {visible_when: facts.on_probation}"), "national-hidden"),
    "hidden with its step": (about("visible_when: facts.on_probation"), "national-hidden"),
    "hidden with its section": (about("sections: {people: {visible_unless: days > 3}}"), "national-hidden"),
    "hidden from more": (field("reason: {visible_unless: \"place in ('home', 'away')\"}"), "national-condition"),
    "a longer text": (field("reason: {max_length: 100}"), "national-loosened"),
    "no longest text": (field("reason: {remove: [max_length]}"), "national-loosened"),
    "more rows": (field("children: {max_rows: 6}"), "national-loosened"),
    "another format": (field("proof: {formats: [jpeg, png]}"), "national-loosened"),
    "larger files": (field("proof: {max_size: 3 MB}"), "national-loosened"),
    "another pattern": (field("mark: {pattern: '[A-Z]'}"), "national-undecided"),
    "no pattern": (field("mark: {remove: [pattern]}"), "national-loosened"),
    "another pledge": (field("pledge: {statement: 大致属实}"), "national-undecided"),
    "another type": (field("reason: {type: long_text, label: 原因, national: true}"), "national-type"),
    "another name": (field("reason: {label: 说明}"), "national-label"),
    "another value": (field("weeks: {value: days / 5}"), "national-value"),
    "a value not worked out": (field("weeks: {remove: [value]}"), "national-value"),
    "a value worked out": (field("mark: {value: reason}"), "national-value"),
    "a mark turned off": (field("kind: {national: false}"), "national-unmarked"),
    "a mark removed": (field("kind: {remove: [national]}"), "national-unmarked"),
    "the mark of a step": ("steps: {last: {national: false}}", "national-unmarked"),
    "the mark of a section": (about("sections: {people: {national: false}}"), "national-unmarked"),
    "the mark of a list": ("choices: {codes: {choices: {}, national: false}}", "national-unmarked"),
    "the mark of a check": (about("checks: [{id: not_too_long, national: false}]"), "national-unmarked"),
    "a softer check": (about("checks: [{id: not_too_long, level: warning}]"), "national-check"),
    "a check with another rule": (about("checks: [{id: not_too_long, rule: days < 21}]"), "national-check"),
    "a check seldom judged": (about("checks: [{id: not_too_long, when: days > 6}]"), "national-check"),
    "a choice more": ("choices: {kinds: {study: 进修}}", "national-choice-added"),
    "a choice for longer": ("choices: {kinds: {sick: {until: 2040-01-01}}}", "national-choice-added"),
    "a choice called otherwise": ("choices: {codes: {a: 子}}", "national-choice-label"),
    "a choice more in a marked list": ("choices: {codes: {c: 丙}}", "national-choice-added"),
    "another list": (field("code: {choices: kinds}"), "national-choice-added"),
    "a field that a condition reads is hidden": (field("place: {visible_when: facts.on_probation}"), "national-hidden"),
    "a choice that a condition reads is retired": (
        "choices: {places: {home: {until: 2026-02-01}}}",
        "national-choice-retired",
    ),
    "a limit that a condition needs": (field("days: {max: 3}"), "national-undecided"),
    "a field that a rule reads is worked out": (field("days: {value: '3'}"), "national-value"),
    "a field that a rule reads is of another type": (field("days: {type: decimal, label: 天数}"), "national-type"),
    "a fact of another type": (
        "facts: {on_probation: {type: text}}\n" + field("reason: {locked_when: facts.on_probation == 'x'}"),
        "national-type",
    ),
    "its group asked all or not at all": (field("home: {all_or_nothing: true}"), "national-loosened"),
    "its group hidden": (field("home: {visible_when: days > 3}"), "national-hidden"),
    "another time zone": ("time_zone: Asia/Urumqi", "national-undecided"),
}
ALLOWED = {
    "texts": field("kind: {hint: 请选}, reason: {hint: 简短, lock_reason: 不能改, messages: {required: 请写}}"),
    "a label in another language": field("reason: {label: {zh: 原因, en: Reason}}"),
    "titles and notes": "title: 市请假\nsteps: {about: {title: 内容, note: 请写}, last: {note: 看}}",
    "a shorter text": field("reason: {max_length: 50, min_length: 2}"),
    "fewer formats and smaller files": field("proof: {formats: [jpeg], max_size: 1 MB}"),
    "a pattern": field("reason: {pattern: '.+'}"),
    "required always": field("reason: {required: true, remove: [required_when]}"),
    "required of more": field("reason: {required_when: days > 2 or kind == 'sick' or facts.on_probation}"),
    "locked more": field("code: {locked: always}, reason: {locked_when: facts.on_probation or days > 3}"),
    "locked where it was not": field("kind: {locked: after_submission}"),
    "shown to more": field("reason: {visible_unless: place == 'home' and days < 3}"),
    "shown to all": field("reason: {remove: [visible_unless]}"),
    "a choice retired": "choices: {codes: {a: {until: 2029-12-31}, b: {since: 2026-07-01}}}",
    "a choice more in a list of no national field": "choices: {places: {abroad: 国外}}",
    "a stricter check": about("checks: [{id: not_too_long, rule: days < 10 and kind != 'annual', when: days > 3}]"),
    "a check always judged": about("checks: [{id: not_too_long, remove: [when]}]"),
    "a check more": about("checks: [{rule: days < 15, message: 太长}]"),
    "what is not marked": about("remove: [free, own]"),
    "something else asked": field("phone: {type: mobile, label: 手机, required: true, after: kind}"),
    "parts put elsewhere": field("kind: {after: days}"),
    "fewer rows": field("children: {max_rows: 3}"),
    "another look": field("kind: {display: radio}"),
    "more marked": field("free: {national: true}"),
    "the days, the drafts and the notices": "edition: 2027-01-01\nbasis: 新文件\ndrafts: {when_published: keep}",
}


def found(differences: str, base: str = BASE) -> list[tuple[str, str, int]]:
    texts = {"leave.yaml": base, "city.yaml": f"form: city\nextends: leave.yaml\n{dedent(differences)}\n"}
    compiled = Compiler().compile_texts(texts, "city.yaml")
    assert not compiled.diagnostics or not compiled.forms
    for each in compiled.diagnostics:
        for language in ("zh", "en"):
            told = diagnostic_sentence(each, language) + diagnostic_hint(each, language)
            assert "{" not in told.replace("{{", ""), told
    return [(each.code, each.place.file, each.place.line) for each in compiled.diagnostics]


def test_the_base_is_a_form() -> None:
    assert found("") == []


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_is_national_is_not_weakened(name: str) -> None:
    differences, code = FORBIDDEN[name]
    told = found(differences)
    assert code in {each for each, _, _ in told}, told
    assert all(file == "city.yaml" and line > 2 for each, file, line in told if each.startswith("national-")), told


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_national_is_tightened_and_explained(name: str) -> None:
    assert found(ALLOWED[name]) == []


def test_both_places_and_the_reason_are_told() -> None:
    texts = {"leave.yaml": BASE, "city.yaml": "form: city\nextends: leave.yaml\n" + field("days: {max: 3}")}
    told = Compiler().compile_texts(texts, "city.yaml").diagnostics
    sentence = diagnostic_sentence(told[0], "en")
    assert "leave.yaml, line 20" in sentence
    assert "“原因”, which is national" in sentence
    assert str(told[0].place).startswith("city.yaml:3:")


WHOLE = BASE.replace("form: leave\n", "form: leave\nnational: true\n")
WORKFLOW = """\
workflow:
  start: pending
  states: {pending: {label: 待批}, approved: {label: 已批, final: true}}
  transitions: {approve: {from: pending, to: approved, by: system, after: 1 day}}
"""


@pytest.mark.parametrize(
    ("differences", "codes"),
    [
        (about("remove: [free]"), {"national-removed"}),
        (field("free: {max_length: 100}"), {"national-loosened"}),
        (about("remove: [own]"), {"national-check-removed"}),
        ("national: false", {"national-unmarked"}),
        ("remove: [national]", {"national-unmarked"}),
        ("workflow: {transitions: {approve: {after: 5 days}}}", {"national-workflow"}),
        ("workflow: {states: {pending: {label: 等待}}}", set()),
        ("title: 市请假\nsummary: 新", set()),
        (field("phone: {type: mobile, label: 手机}"), set()),
    ],
)
def test_a_whole_form_is_national(differences: str, codes: set[str]) -> None:
    assert {each for each, _, _ in found(differences, WHOLE + WORKFLOW)} == codes


def test_a_workflow_of_a_form_that_is_not_marked_is_the_variants() -> None:
    assert found("workflow: {transitions: {approve: {after: 5 days}}}", BASE + WORKFLOW) == []


def test_a_mark_holds_all_along_a_chain() -> None:
    texts = {
        "leave.yaml": BASE,
        "province.yaml": "form: province\nextends: leave.yaml\n" + field("free: {national: true, max_length: 50}"),
        "city.yaml": "form: city\nextends: province.yaml\n"
        + field("free: {max_length: 60}, kind: {required: false}, reason: {max_length: 80}"),
    }
    told = Compiler().compile_texts(texts, "city.yaml").diagnostics
    assert {(each.code, each.place.file, each.params["file"]) for each in told} == {
        ("national-optional", "city.yaml", "leave.yaml"),
        ("national-loosened", "city.yaml", "province.yaml"),
    }
