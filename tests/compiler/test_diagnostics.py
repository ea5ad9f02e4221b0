"""Bad forms, each with the diagnostic it gets, its line and the words it points at."""

import pytest

from tests.forms import diagnostics_of

BAD = {
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
        [("bad-id", 1, "Name")],
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
        [("unreachable-state", 5, "done"), ("unknown-state.near", 6, "don")],
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
    "no steps": ("form: x\ntitle: t\nedition: 2023-05-26\n", [("missing-key", 1, "form: x")]),
    "an edition that is no day": ("form: x\ntitle: t\nedition: May\nsteps: {}\n", [("wrong-day", 3, "May")]),
    "a lock of another word": ("a: {type: text, label: 甲, locked: sometimes}", [("wrong-locked", 1, "sometimes")]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_forms_get_their_diagnostic_at_its_place(name: str) -> None:
    body, expected = BAD[name]
    assert diagnostics_of(body) == expected
