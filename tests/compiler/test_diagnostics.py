"""Bad forms, each with the diagnostic it gets, its line and the words it points at."""

from json import dumps

import pytest

from formkit.fields import FIELD_TYPES
from formkit.locales import diagnostic_hint, diagnostic_sentence
from formkit.schemas.form_spec import FieldSpec
from tests.forms import diagnostics_found, diagnostics_of

BAD = {
    "a dash with nothing after it": (
        """
        name:
          type: text
          label: 姓名
          checks:
            -
        """,
        [("empty-value", 5, "")],
    ),
    "a key nobody knows": (
        "name: {type: text, label: 姓名, requird: true}",
        [("unknown-key.near", 1, "requird")],
    ),
    "a type nobody knows": (
        "name: {type: txt, label: 姓名}",
        [("unknown-type.near", 1, "txt")],
    ),
    "an option of the wrong kind": (
        "name: {type: text, label: 姓名, max_length: many}",
        [("wrong-whole-number", 1, "many")],
    ),
    "an id with a capital": (
        "Name: {type: text, label: 姓名}",
        [("bad-id.near", 1, "Name")],
    ),
    "an id the rule language needs": (
        "record: {type: text, label: 数}",
        [("reserved-id", 1, "record")],
    ),
    "a list nobody declared": (
        "level: {type: choice, label: 级别, choices: levels}",
        [("unknown-choices", 1, "levels")],
    ),
    "a rule that names nobody": (
        """
        a: {type: text, label: 甲}
        b: {type: text, label: 乙, visible_when: aa == 'x'}
        """,
        [("unknown-name", 2, "aa")],
    ),
    "a short form that names nobody": (
        """
        a: {type: text, label: 甲}
        b: {type: text, label: 乙, visible_when: {zz: x}}
        """,
        [("unknown-name", 2, "zz")],
    ),
    "when and unless at once": (
        """
        a: {type: yes_no, label: 甲}
        b: {type: text, label: 乙, visible_when: a, visible_unless: a}
        """,
        [("when-and-unless", 2, "visible_unless")],
    ),
    "two fields of one name in two steps": (
        """
        steps:
          one: {title: 一, fields: {a: {type: text, label: 甲}}}
          two: {title: 二, fields: {a: {type: text, label: 甲}}}
        """,
        [("duplicate-field", 3, "a")],
    ),
    "fields in a field that takes none": (
        "a: {type: text, label: 甲, fields: {b: {type: text, label: 乙}}}",
        [("fields-not-allowed", 1, "fields")],
    ),
    "a group of nothing": (
        "a: {type: group, label: 甲}",
        [("fields-missing", 1, "a")],
    ),
    "rows within a group": (
        "a: {type: group, label: 甲, fields: {b: {type: rows, label: 乙, fields: {c: {type: text, label: 丙}}}}}",
        [("nested-fields", 1, "fields")],
    ),
    "two fields that show each other": (
        """
        a: {type: yes_no, label: 甲, visible_when: b}
        b: {type: yes_no, label: 乙, visible_when: a}
        """,
        [("cycle", 1, "a")],
    ),
    "two columns that show each other": (
        """
        r:
          type: rows
          label: 行
          fields:
            a: {type: yes_no, label: 甲, visible_when: b}
            b: {type: yes_no, label: 乙, visible_when: a}
        """,
        [("cycle", 1, "r")],
    ),
    "a check shown at a field that is not there": (
        """
        a: {type: integer, label: 甲, checks: [{rule: a > 1, message: 大些, at: aa}]}
        """,
        [("unknown-field.near", 1, "aa")],
    ),
    "a choice twice in a tree": (
        """
        choices:
          places:
            x: {label: 甲, children: {y: 乙}}
            y: 丙
        steps:
          one: {title: 一, fields: {p: {type: choice, label: 地, choices: places}}}
        """,
        [("duplicate-choice", 4, "y")],
    ),
    "until before since": (
        """
        choices:
          levels: {x: {label: 甲, since: 2020-01-01, until: 2019-01-01}}
        steps:
          one: {title: 一, fields: {p: {type: choice, label: 级, choices: levels}}}
        """,
        [("until-before-since", 2, "2019-01-01")],
    ),
    "a list file that is not there": (
        """
        uses: [lists/none.yaml]
        steps:
          one: {title: 一, fields: {p: {type: text, label: 级}}}
        """,
        [("unknown-file", 1, "lists/none.yaml")],
    ),
    "a state nobody declared": (
        """
        steps:
          one: {title: 一, fields: {p: {type: text, label: 级}}}
        workflow:
          start: pending
          states: {pending: {label: 待审核}, done: {label: 完成, final: true}}
          transitions: {approve: {from: pending, to: don, by: system, after: 1 working_day}}
        """,
        [("unknown-state.near", 6, "don")],
    ),
    "a state without a way out": (
        """
        steps:
          one: {title: 一, fields: {p: {type: text, label: 级}}}
        workflow:
          start: pending
          states: {pending: {label: 待审核}}
        """,
        [("dead-end-state", 5, "pending")],
    ),
    "a delay nobody understands": (
        """
        steps:
          one: {title: 一, fields: {p: {type: text, label: 级}}}
        workflow:
          start: pending
          states: {pending: {label: 待审核}, done: {label: 完成, final: true}}
          transitions: {approve: {from: pending, to: done, by: system, after: 一天}}
        """,
        [("wrong-delay", 6, "一天")],
    ),
    "a step named as a page that is there anyway": (
        "steps:\n  check: {title: 核对, fields: {a: {type: text, label: 甲}}}\n",
        [("page-id", 2, "check")],
    ),
    "no steps": ("form: x\ntitle: t\nedition: 2023-05-26\n", [("missing-key", 1, "form: x")]),
    "an edition that is no day": ("form: x\ntitle: t\nedition: May\nsteps: {}\n", [("wrong-day", 3, "May")]),
    "a lock of another word": ("a: {type: text, label: 甲, locked: sometimes}", [("wrong-locked", 1, "sometimes")]),
}

# What policy staff write by mistake, each with its one finding.
SLIPS = {
    "a key in capitals": ("a: {Type: text, label: 甲}", [("unknown-key.near", 1, "Type")]),
    "a key in Chinese": ("a: {type: text, label: 甲, 必填: true}", [("unknown-key.near", 1, "必填")]),
    "a type in Chinese": ("a: {type: 图片, label: 甲}", [("unknown-type.near", 1, "图片")]),
    "yes in Chinese": ("a: {type: text, label: 甲, required: 是}", [("wrong-yes-no.near", 1, "是")]),
    "a day for required": (
        "a: {type: text, label: 甲, required: 2027-01-01}",
        [("required-not-yes-no", 1, "2027-01-01")],
    ),
    "a label that was forgotten": ("a: {type: text, label: }", [("empty-value", 1, "label")]),
    "a label of nothing": ("a: {type: text, label: ''}", [("empty-text", 1, "''")]),
    "one language forgotten": ("a: {type: text, label: {zh: , en: A}}", [("empty-value", 1, "zh")]),
    "a condition that was forgotten": (
        "a: {type: text, label: 甲, visible_when: }",
        [("empty-value", 1, "visible_when")],
    ),
    "a language that is none": ("a: {type: text, label: {中文: 甲}}", [("unknown-language.near", 1, "中文")]),
    "a full-width colon in brackets": ("a: {type: text, label: {zh：甲, en: A}}", [("full-width-colon", 1, "zh：甲")]),
    "no space after a colon": ("a: {type: text, label: {zh:甲, en: A}}", [("no-space-after-colon", 1, "zh:甲")]),
    "formats with a full-width comma": (
        "a: {type: image, label: 甲, formats: [jpeg，png]}",
        [("full-width-comma", 1, "jpeg，png")],
    ),
    "formats without brackets": (
        """
        a:
          type: image
          label: 甲
          formats: jpeg, png
        """,
        [("brackets-missing", 4, "jpeg, png")],
    ),
    "formats in full-width brackets": (
        """
        a:
          type: image
          label: 甲
          formats: 【jpeg】
        """,
        [("full-width-bracket", 4, "【jpeg】")],
    ),
    "a format by its file name": ("a: {type: image, label: 甲, formats: [jpg]}", [("wrong-choice.near", 1, "jpg")]),
    "a size without its unit": ("a: {type: image, label: 甲, max_size: 2}", [("size-without-unit.near", 1, "2")]),
    "a size in half a unit": ("a: {type: image, label: 甲, max_size: 2M}", [("wrong-size.near", 1, "2M")]),
    "a number with a unit": ("a: {type: text, label: 甲, max_length: 50字}", [("wrong-whole-number.near", 1, "50字")]),
    "a lock in Chinese": ("a: {type: text, label: 甲, locked: 提交后}", [("wrong-locked.near", 1, "提交后")]),
    "a rule with a label for an id": (
        "a: {type: yes_no, label: 甲}\nb: {type: text, label: 乙, visible_when: 甲 == true}",
        [("unknown-name", 2, "甲")],
    ),
    "a bare day in a rule": (
        "a: {type: text, label: 甲, required_when: today() >= 2027-01-01}",
        [("date-in-quotes", 1, "2027-01-01")],
    ),
    "a function without brackets": (
        "a: {type: date, label: 甲}\nb: {type: text, label: 乙, visible_when: a <= today}",
        [("function-without-brackets", 2, "today")],
    ),
    "a field that could not be made, named in rules": (
        "a: {type: integer, label: 甲, min: 5, max: 1}\nb: {type: text, label: 乙, visible_when: a > 2}\n"
        "c: {type: text, label: 乙, visible_when: {a: 2}}",
        [("limits-crossed", 1, "5")],
    ),
    "a list file that is not there, and its lists": (
        """
        uses: [lists/none.yaml]
        steps:
          one: {title: 一, fields: {p: {type: choice, label: 级, choices: levels}}}
        """,
        [("unknown-file", 1, "lists/none.yaml")],
    ),
    "a choice retired beside its names": (
        """
        choices: {c: {x: {zh: 甲, until: 2026-12-31}}}
        steps: {one: {title: 一, fields: {p: {type: choice, label: 级, choices: c}}}}
        """,
        [("label-to-nest", 1, "{zh: 甲, until: 2026-12-31}")],
    ),
    "a step without fields": ("steps:\n  one: {title: 一}\n", [("empty-step", 2, "one")]),
    "steps misspelt": ("form: x\ntitle: t\nedition: 2023-05-26\nstep: {}\n", [("unknown-key.near", 4, "step")]),
    "an edition in Chinese": (
        "form: x\ntitle: t\nedition: 2023年5月26日\nsteps: {}\n",
        [("wrong-day.near", 3, "2023年5月26日")],
    ),
    "a word of a list that is not beside": (
        "a: {type: text, label: 甲}\nb: {type: password, label: 乙, not_like: [a, aa]}",
        [("unknown-sibling.near", 2, "aa")],
    ),
    "an own sentence for a code that is none": (
        "a: {type: text, label: 甲, required: true, messages: {requird: 请填写}}",
        [("unknown-message.near", 1, "requird")],
    ),
    "an alias nobody defined": (
        "a:\n  type: text\n  label: 甲\n  hint: *help\n",
        [("unknown-alias", 4, "*help")],
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_gets_one_finding_that_says_what_was_meant(name: str) -> None:
    body, expected = SLIPS[name]
    assert diagnostics_of(body) == expected


@pytest.mark.parametrize(
    ("body", "mend"),
    [
        ("a: {type: text, label: 甲, required: 是}", "true"),
        ("a: {type: image, label: 甲, max_size: 2}", "2 MB"),
        ("a: {type: image, label: 甲, formats: [jpg]}", "jpeg"),
        ("a-b: {type: text, label: 甲}", "a_b"),
        ("a: {type: yes_no, label: 甲}\nb: {type: text, label: 乙, visible_when: 甲 == true}", "是不是 a？"),
        (
            "choices: {c: {x: 学生}}\nsteps: {one: {title: 一, fields: {p: {type: choice, label: 级, choices: c}, "
            "q: {type: text, label: 乙, visible_when: {p: 学生}}}}}",
            "是不是 x？",
        ),
    ],
)
def test_the_mend_is_named(body: str, mend: str) -> None:
    (found,) = diagnostics_found(body)
    assert mend in diagnostic_sentence(found, "zh") + diagnostic_hint(found, "zh")


ODD_VALUES = ["zzz", -1, 10**9, 1.5, True, [], ["zzz"], {"zzz": "zzz"}, [{"zzz": 1}]]


@pytest.mark.parametrize("type_", sorted(FIELD_TYPES))
def test_no_option_gets_words_that_are_not_ours(type_: str) -> None:
    """Whatever stands after an option of a field type, nothing is told in the words of a library."""
    for option in (*FIELD_TYPES[type_].Options.model_fields, *FieldSpec.model_fields):
        for value in ODD_VALUES:
            body = f"a: {dumps({'type': type_, 'label': '甲', option: value}, ensure_ascii=False)}"
            assert "wrong-value" not in {found.code for found in diagnostics_found(body)}, body


@pytest.mark.parametrize("name", BAD)
def test_bad_forms_get_their_diagnostic_at_its_place(name: str) -> None:
    body, expected = BAD[name]
    assert diagnostics_of(body) == expected
