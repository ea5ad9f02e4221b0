"""Variants: forms that state only their differences from a base."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit import load, render, validate
from formkit.compiler import Compiled, Compiler
from formkit.diagnostics import Place
from formkit.errors import FormInvalid
from formkit.form import Form
from formkit.testing.strategies import answers_for, mixed_answers_for
from formkit.texts import Text

BASE = """\
form: leave
title: {zh: 请假, en: Leave}
summary: 请假用
edition: 2026-01-01
basis: 制度
uses: [lists/kinds.yaml]
facts:
  on_probation: {type: yes_no, label: 试用期}
choices:
  pay:
    full: 全薪
    half: {label: 半薪, since: 2020-01-01}
steps:
  about:
    title: 请假内容
    note: 请如实填写
    fields:
      kind: {type: choice, label: 类别, choices: kinds, required: true}
      days: {type: integer, label: 天数, min: 1, max: 30}
    sections:
      money:
        title: 待遇
        fields:
          pay: {type: choice, label: 薪酬, choices: pay}
          reason:
            type: text
            label: 原因
            max_length: 90
            visible_when: {kind: sick}
    checks:
      - {id: short_sick_leave, rule: days < 20 or kind != 'sick', message: 病假不能超过 20 天}
  people:
    title: 随行
    fields:
      children:
        type: rows
        label: 子女
        fields:
          name: {type: text, label: 姓名}
          born: {type: date, label: 出生日期}
workflow:
  start: pending
  states:
    pending: {label: 待批}
    approved: {label: 已批, final: true}
  transitions:
    approve: {from: pending, to: approved, by: system, after: 1 day}
"""
KINDS = """\
choices:
  kinds:
    annual: 年假
    sick: 病假
    other:
      label: 其他
      children: {marriage: 婚假, funeral: 丧假}
"""


def compiled(differences: str, base: str = BASE, head: str = "form: city_leave\nextends: ../leave.yaml\n") -> Compiled:
    texts = {"leave.yaml": base, "lists/kinds.yaml": KINDS, "cities/leave.yaml": head + dedent(differences)}
    return Compiler().compile_texts(texts, "cities/leave.yaml")


def variant(differences: str, **more: str) -> Form:
    found = compiled(differences, **more)
    assert not found.diagnostics, found.diagnostics
    return next(iter(found.forms.values()))


def faults(differences: str, **more: str) -> list[tuple[str, str, int]]:
    return [(each.code, each.place.file, each.place.line) for each in compiled(differences, **more).diagnostics]


def at(place: Place) -> tuple[str, int]:
    return place.file, place.line


def ids(form: Form, step: str) -> list[str]:
    return [field.id for field in form.steps_by_id[step].fields]


def test_what_is_not_stated_is_the_bases() -> None:
    form = variant("")
    assert form.id == "city_leave"
    assert (form.title["en"], form.edition, form.basis) == ("Leave", "2026-01-01", ("制度",))
    assert list(form.fields) == ["kind", "days", "pay", "reason", "children", "children.name", "children.born"]
    assert at(form.place) == ("cities/leave.yaml", 1)
    assert at(form.fields["reason"].place) == ("leave.yaml", 25)
    assert at(form.steps[0].place) == ("leave.yaml", 14)


def test_keys_of_every_part_are_changed_and_each_knows_its_file() -> None:
    form = variant(
        """\
        title: 市请假
        edition: 2026-07-01
        facts: {on_probation: {label: 见习期}}
        steps:
          about:
            title: 内容
            fields:
              days: {max: 10}
              reason: {hint: 一句话, visible_when: {kind: annual}}
            sections:
              money: {note: 按规定发给}
            checks:
              - {id: short_sick_leave, level: warning}
              - {rule: days > 0, message: 至少一天}
          people:
            fields:
              children: {max_rows: 3, fields: {name: {required: true}}}
        workflow:
          transitions: {approve: {after: 5 days}}
        """
    )
    assert (form.title["zh"], form.edition, form.languages) == ("市请假", "2026-07-01", ("zh",))
    assert form.facts["on_probation"].label["zh"] == "见习期"
    days, reason = form.fields["days"], form.fields["reason"]
    assert (days.type.options.min, days.type.options.max) == (1, 10)
    assert at(days.place) == ("leave.yaml", 19)
    assert reason.visible is not None and reason.visible.place is not None
    assert (at(reason.place), at(reason.visible.place)) == (("leave.yaml", 25), ("cities/leave.yaml", 11))
    assert reason.type.options.max_length == 90
    about = form.steps_by_id["about"]
    assert [check.level for check in about.checks] == ["warning", "error"]
    assert [at(check.place) for check in about.checks if check.place] == [("leave.yaml", 31), ("cities/leave.yaml", 16)]
    assert about.sections[1].note == Text("按规定发给")
    assert form.fields["children"].type.max_rows == 3
    assert form.fields["children.name"].required.always
    assert form.workflow is not None and form.workflow.transitions["approve"].after is not None
    assert form.workflow.transitions["approve"].after.count == 5


def test_new_parts_stand_where_they_are_put() -> None:
    form = variant(
        """\
        steps:
          welcome: {title: 须知, note: 请先读, first: true}
          about:
            fields:
              phone: {type: mobile, label: 手机, before: reason}
              first_day: {type: date, label: 第一天, first: true}
              last: {type: text, label: 最后}
            sections:
              papers: {title: 材料, fields: {proof: {type: file, label: 证明, formats: [pdf]}}, before: money}
          end: {title: 完, note: 好, after: about}
        """
    )
    assert [step.id for step in form.steps] == ["welcome", "about", "end", "people"]
    assert ids(form, "about") == ["first_day", "kind", "days", "last", "proof", "pay", "phone", "reason"]
    assert [section.id for section in form.steps_by_id["about"].sections] == ["", "papers", "money"]
    assert at(form.fields["phone"].place) == ("cities/leave.yaml", 7)


def test_a_part_of_the_base_is_put_elsewhere() -> None:
    form = variant("steps: {about: {fields: {days: {after: pay}, reason: {first: true}}, before: people}}\n")
    assert ids(form, "about") == ["kind", "reason", "pay", "days"]


def test_parts_and_keys_are_left_out() -> None:
    form = variant(
        """\
        remove: [summary, people]
        steps:
          about:
            remove: [note, short_sick_leave, pay]
            fields:
              reason: {remove: [visible_when, max_length]}
        """
    )
    assert (form.summary, [step.id for step in form.steps]) == (None, ["about"])
    assert ids(form, "about") == ["kind", "days", "reason"]
    assert (form.steps[0].note, form.steps[0].checks) == (None, ())
    assert form.fields["reason"].visible is None
    assert form.fields["reason"].type.options.max_length == 200


def test_a_field_of_another_type_is_stated_whole() -> None:
    form = variant("steps: {about: {fields: {reason: {type: long_text, label: 详情, after: days}}}}\n")
    reason = form.fields["reason"]
    assert (reason.type.name, reason.visible, at(reason.place)) == ("long_text", None, ("cities/leave.yaml", 3))
    assert ids(form, "about") == ["kind", "days", "reason", "pay"]


def test_choices_are_added_and_retired_in_own_and_shared_lists() -> None:
    form = variant(
        """\
        choices:
          pay: {half: {until: 2026-12-31}, full: 足额, none: {label: 无薪, first: true}}
          kinds:
            marriage: {until: 2026-06-30}
            maternity: {label: 产假, after: marriage}
            study: 进修
          cities: {gz: 广州}
        """
    )
    pay, kinds = form.choices["pay"], form.choices["kinds"]
    assert [(each.value, each.label["zh"], each.since, each.until) for each in pay.choices] == [
        ("none", "无薪", None, None),
        ("full", "足额", None, None),
        ("half", "半薪", "2020-01-01", "2026-12-31"),
    ]
    assert [each.value for each in kinds.choices] == ["annual", "sick", "other", "study"]
    assert [each.value for each in kinds.by_value["other"].children] == ["marriage", "maternity", "funeral"]
    marriage, study = kinds.by_value["marriage"].place, kinds.by_value["study"].place
    assert marriage is not None and at(marriage) == ("lists/kinds.yaml", 7)
    assert study is not None and at(study) == ("cities/leave.yaml", 8)
    assert kinds.by_value["marriage"].until == "2026-06-30"
    assert "cities" in form.choices


def test_files_used_are_found_from_the_folder_of_who_names_them() -> None:
    texts = {
        "leave.yaml": BASE,
        "lists/kinds.yaml": KINDS,
        "cities/leave.yaml": "form: leave\nextends: ../leave.yaml\nuses: more.yaml\n"
        "steps: {about: {fields: {city: {type: choice, label: 市, choices: cities}}}}\n",
        "cities/more.yaml": "choices: {cities: {gz: 广州}}\n",
    }
    found = Compiler().compile_texts(texts, "cities/leave.yaml")
    assert not found.diagnostics
    assert set(found.sources) == set(texts)
    assert {"kinds", "cities"} <= found.forms["leave"].choices.keys()


def test_the_edition_is_pinned_by_the_variant_its_base_and_their_lists() -> None:
    texts = {"leave.yaml": BASE, "lists/kinds.yaml": KINDS, "city.yaml": "form: city\nextends: leave.yaml\n"}

    def pinned(**changed: str) -> str:
        renamed = {name.replace("_yaml", ".yaml").replace("lists_", "lists/"): text for name, text in changed.items()}
        return Compiler().compile_texts({**texts, **renamed}, "city.yaml").forms["city"].edition_hash

    whole = pinned()
    assert whole == pinned()
    others = {
        pinned(leave_yaml=BASE.replace("请假用", "请假")),
        pinned(lists_kinds_yaml=KINDS.replace("病假", "因病请假")),
        pinned(city_yaml="form: city\nextends: leave.yaml\nbasis: 市制度\n"),
    }
    assert len(others | {whole}) == 4


def test_a_base_may_have_a_base() -> None:
    texts = {
        "leave.yaml": BASE,
        "lists/kinds.yaml": KINDS,
        "all.yaml": "form: province\nextends: leave.yaml\nsteps: {about: {fields: {days: {max: 20}}}}\n---\n"
        "form: city\nextends: '#province'\nsteps: {about: {fields: {days: {min: 2}}}}\n",
    }
    found = Compiler().compile_texts(texts, "all.yaml")
    assert not found.diagnostics
    options = found.forms["city"].fields["days"].type.options
    assert (options.min, options.max) == (2, 20)


BAD = {
    "an unknown field": ("steps: {about: {fields: {dais: {max: 3}}}}", ["not-in-base.near"]),
    "a new field without a type": ("steps: {about: {fields: {zzzz: {label: 新}}}}", ["not-in-base"]),
    "a field of another step": ("steps: {people: {fields: {reason: {hint: 新}}}}", ["part-elsewhere"]),
    "an unknown step": ("steps: {abuot: {fields: {days: {max: 3}}}}", ["not-in-base.near"]),
    "an unknown choice": ("choices: {pay: {haf: {until: 2026-12-31}}}", ["not-in-base.near"]),
    "an unknown check": ("steps: {about: {checks: [{id: short_leave, level: warning}]}}", ["not-in-base.near"]),
    "an unknown key": ("steps: {about: {fields: {days: {maxx: 3}}}}", ["unknown-key.near"]),
    "an empty field": ("steps:\n  about:\n    fields:\n      days:\n", ["empty-difference"]),
    "an empty key": ("steps: {about: {fields: {days: {max: }}}}", ["empty-difference"]),
    "an empty new key": ("steps: {about: {fields: {days: {hint: }}}}", ["empty-value"]),
    "an empty choice": ("choices: {pay: {half: }}", ["empty-choice"]),
    "a choice removed": ("choices: {pay: {half: remove}}", ["remove-choice"]),
    "a choice removed otherwise": ("choices: {pay: {remove: [half]}}", ["remove-choice"]),
    "a remove too deep": ("steps: {about: {fields: {remove: [days]}}}", ["misplaced-remove"]),
    "a remove of nothing": ("steps: {about: {remove: [dayz]}}", ["unknown-removed.near"]),
    "a remove of what must be": ("steps: {about: {remove: [title]}}", ["unknown-removed"]),
    "a remove that is no list": ("steps: {about: {remove: {days: 1}}}", ["wrong-remove"]),
    "changed and removed": ("steps: {about: {fields: {days: {max: 3}}, remove: [days]}}", ["changed-and-removed"]),
    "after nobody": ("steps: {about: {fields: {a: {type: text, label: 甲, after: dayz}}}}", ["unknown-neighbour.near"]),
    "two places": ("steps: {about: {fields: {a: {type: text, label: 甲, after: days, first: true}}}}", ["two-places"]),
    "first, or not": ("steps: {about: {fields: {a: {type: text, label: 甲, first: no}}}}", ["wrong-first"]),
}


@pytest.mark.parametrize("name", BAD)
def test_a_slip_is_told_where_it_stands(name: str) -> None:
    differences, codes = BAD[name]
    assert faults(differences) == [(code, "cities/leave.yaml", 6 if "\n" in differences else 3) for code in codes]


def test_what_makes_the_base_wrong_is_told_at_both_places() -> None:
    found = faults("steps: {about: {remove: [kind]}}")
    assert ("breaks-base", "cities/leave.yaml", 2) in found
    assert ("unknown-name", "leave.yaml", 31) in found


def test_a_name_that_is_a_key_and_a_part_is_written_whole() -> None:
    base = BASE.replace("      kind:", "      note: {type: note, text: 注意}\n      kind:", 1)
    assert faults("steps: {about: {remove: [note]}}", base=base) == [("ambiguous-removed", "cities/leave.yaml", 3)]
    form = variant("steps: {about: {remove: [fields.note]}}", base=base)
    assert ("note" not in form.fields, form.steps[0].note) == (True, Text("请如实填写"))
    form = variant("steps: {about: {remove: [step.note]}}", base=base)
    assert ("note" in form.fields, form.steps[0].note) == (True, None)


def head(extends: str) -> str:
    return f"form: city_leave\nextends: {extends}\n"


@pytest.mark.parametrize(
    ("extends", "code"),
    [
        ("../nowhere.yaml", "unknown-base"),
        ("../leave.yaml#leaf", "unknown-base-form.near"),
        ("../lists/kinds.yaml", "no-base"),
        ("'#city_leave'", "extends-circle"),
        ("[a, b]", "wrong-extends"),
        ("leave.yaml", "no-base"),
    ],
)
def test_a_base_that_is_not_there(extends: str, code: str) -> None:
    assert faults("", head=head(extends)) == [(code, "cities/leave.yaml", 2)]


def test_a_base_among_several_is_named() -> None:
    assert faults("", base=BASE + "---\n" + BASE.replace("form: leave", "form: other")) == [
        ("which-base", "cities/leave.yaml", 2)
    ]


def test_circles_and_long_chains_end() -> None:
    texts = {"a.yaml": "form: a\nextends: b.yaml\n", "b.yaml": "form: b\nextends: c.yaml\n"}
    texts["c.yaml"] = "form: c\nextends: a.yaml\n"
    found = Compiler().compile_texts(texts, "a.yaml").diagnostics
    circle = next(each for each in found if each.code == "extends-circle")
    assert (circle.place.file, circle.params["circle"]) == ("c.yaml", "a → b → c → a")
    chain = {f"f{n}.yaml": f"form: f{n}\nextends: f{n + 1}.yaml\n" for n in range(20)}
    found = Compiler().compile_texts({**chain, "f20.yaml": BASE}, "f0.yaml").diagnostics
    assert "too-many-bases" in {each.code for each in found}


def test_a_broken_base_is_said_once_and_the_variant_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE.replace("type: integer", "type: intger").replace("uses:", "basis_:"))
    (tmp_path / "city.yaml").write_text("form: city\nextends: base.yaml\n")
    with pytest.raises(FormInvalid) as raised:
        load(tmp_path / "city.yaml")
    codes = [each.code for each in raised.value.diagnostics]
    assert codes.count("unknown-key.near") == 1
    assert "base-broken" in codes


def test_a_variant_from_the_disk_judges_answers(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "kinds.yaml").write_text(KINDS, "utf-8")
    (tmp_path / "leave.yaml").write_text(BASE, "utf-8")
    (tmp_path / "cities").mkdir()
    city = tmp_path / "cities" / "leave.yaml"
    city.write_text("form: leave\nextends: ../leave.yaml\nsteps: {about: {fields: {days: {max: 3}}}}\n", "utf-8")
    answers = {"kind": "annual", "days": 5}
    for file, codes in ((tmp_path / "leave.yaml", []), (city, ["too_large"])):
        result = validate(load(file), answers, facts={"on_probation": False}, today="2026-03-01")
        assert [issue.code for issue in result.issues] == codes
    assert {each.place.file for each in load(city).fields.values()} == {str(tmp_path / "leave.yaml")}


_TEXTS = {"leave.yaml": BASE, "lists/kinds.yaml": KINDS, "same.yaml": "form: leave\nextends: leave.yaml\n"}
WHOLE = Compiler().compile_texts(_TEXTS, "leave.yaml").forms["leave"]
SAME = Compiler().compile_texts(_TEXTS, "same.yaml").forms["leave"]


@settings(deadline=None)
@given(st.data())
def test_a_variant_that_says_nothing_does_as_its_base(data: st.DataObject) -> None:
    facts, today = {"on_probation": data.draw(st.sampled_from([True, False, None]))}, "2026-03-01"
    answers = data.draw(mixed_answers_for(WHOLE, today=today, facts=facts))
    assert validate(WHOLE, answers, facts=facts, today=today) == validate(SAME, answers, facts=facts, today=today)
    filled = data.draw(answers_for(WHOLE, today=today, facts=facts))
    for step in (*WHOLE.steps_by_id, "check"):
        pages = [render(form, step, filled, facts=facts, today=today) for form in (WHOLE, SAME)]
        assert pages[0] == pages[1]


_KEYS = "steps fields sections checks remove choices type label after first hint max until workflow states transitions"
_IDS = (
    "about people money kind days children name pay kinds half other pending approve while facts uses national id form"
)
_WORDS = st.sampled_from([*_KEYS.split(), *_IDS.split(), "extends"])
_WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | _WORDS,
    lambda inner: st.dictionaries(_WORDS, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(_WORDS, _WRITTEN, max_size=4))
def test_whatever_a_variant_states_is_taken_or_told_of(stated: dict[str, object]) -> None:
    texts = {**_TEXTS, "city.yaml": json.dumps({"form": "city", "extends": "leave.yaml", **stated}, ensure_ascii=False)}
    for base in (BASE, BASE.replace("form: leave\n", "form: leave\nnational: true\n")):
        found = Compiler().compile_texts({**texts, "leave.yaml": base}, "city.yaml")
        assert found.forms or found.diagnostics
