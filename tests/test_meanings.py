"""The meanings of DESIGN §3.2, each by its number, and the seven attacks."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import formkit
from formkit import UNKNOWN, FactMissing, Level, validate
from formkit.form import Form
from tests.forms import form_of

DAY = "2024-09-01"


def codes(form: Form, answers: Any, **around: Any) -> list[tuple[str, str]]:
    around.setdefault("today", DAY)
    return [(issue.code, issue.path) for issue in validate(form, answers, **around).issues]


def values(form: Form, answers: Any, **around: Any) -> dict[str, Any]:
    around.setdefault("today", DAY)
    return validate(form, answers, **around).values


STATUS = """
choices:
  status: {employed: 在职, student: 在校生}
steps:
  work:
    title: 工作
    fields:
      status: {type: choice, label: 状态, choices: status, required: true}
      school: {type: text, label: 学校, visible_when: {status: student}, required: true}
      employer: {type: text, label: 单位, visible_unless: {status: student}}
  more:
    title: 更多
    visible_when: {status: student}
    fields:
      card: {type: text, label: 学生证号, required: true}
"""


class TestBlank:
    """1. A comparison with a blank is unknown."""

    form = form_of("""
        age: {type: integer, label: 年龄}
        guardian: {type: text, label: 监护人, visible_when: age < 18}
        note: {type: text, label: 备注, visible_unless: age < 18}
        adult: {type: text, label: 成人, required_when: age >= 18}
        other: {type: text, label: 其他, required_unless: age >= 18, checks: [{rule: age != 20, message: 不能是二十}]}
    """)

    def test_when_needs_a_definite_yes(self) -> None:
        evaluation = formkit.evaluate(self.form, {}, today=DAY)
        assert not evaluation.state("guardian").visible
        assert not evaluation.state("adult").required

    def test_unless_applies_unless_definitely_yes(self) -> None:
        evaluation = formkit.evaluate(self.form, {}, today=DAY)
        assert evaluation.state("note").visible
        assert evaluation.state("other").required

    def test_a_check_fails_only_on_a_definite_no(self) -> None:
        assert codes(self.form, {"other": "x"}) == []
        assert codes(self.form, {"other": "x", "age": 20, "adult": "y"}) == [("check", "other")]


class TestHidden:
    """2. A hidden field is not asked, not validated, not stored, and reads as blank."""

    form = form_of(STATUS)

    def test_a_value_for_a_hidden_field_is_dropped_with_a_notice(self) -> None:
        result = validate(self.form, {"status": "employed", "school": "中大"}, today=DAY)
        assert result.ok
        assert [(i.code, i.path, i.level) for i in result.issues] == [("hidden", "school", Level.NOTICE)]
        assert result.values == {"status": "employed"}

    def test_a_hidden_step_hides_its_fields(self) -> None:
        assert codes(self.form, {"status": "employed", "card": "1"}) == [("hidden", "card")]
        assert codes(self.form, {"status": "student", "school": "中大"}) == [("required", "card")]

    def test_a_hidden_field_reads_as_blank_in_every_rule(self) -> None:
        form = form_of("""
            a: {type: yes_no, label: 甲}
            b: {type: text, label: 乙, visible_when: a}
            c: {type: text, label: 丙, visible_when: b == 'x'}
        """)
        assert values(form, {"a": False, "b": "x", "c": "y"}) == {"a": False}
        assert values(form, {"a": True, "b": "x", "c": "y"}) == {"a": True, "b": "x", "c": "y"}

    def test_an_empty_value_for_a_hidden_field_is_no_news(self) -> None:
        assert codes(self.form, {"status": "employed", "school": " "}) == []


class TestRequired:
    """3. Required counts only while visible, and in an all-or-nothing group once anything is filled."""

    @pytest.mark.parametrize("record", [None, {}], ids=["new", "changed"])
    def test_an_answer_that_is_asked_for_later_counts(self, record: dict[str, Any] | None) -> None:
        form = form_of("""
            one: {type: text, label: 一, required_when: two is blank}
            two: {type: text, label: 二, required_when: one is blank}
            why: {type: text, label: 事由, required_when: kind == 'other'}
            kind: {type: text, label: 类别}
            awards:
              type: rows
              label: 奖
              fields:
                proof: {type: text, label: 证明, required_when: year > 2000 and kind == 'other'}
                year: {type: integer, label: 年}
        """)
        assert codes(form, {"two": "x", "kind": "other"}, record=record) == [("required", "why")]
        assert codes(form, {"two": "x", "kind": "none"}, record=record) == []
        assert codes(form, {}, record=record) == ([("required", "one"), ("required", "two")] if record is None else [])
        row = {"one": "x", "why": "y", "kind": "other", "awards": [{"_id": "r1", "year": 2001}]}
        assert codes(form, row, record=record) == [("required", "awards.r1.proof")]

    def test_only_while_visible(self) -> None:
        form = form_of(STATUS)
        assert codes(form, {"status": "employed"}) == []
        assert codes(form, {"status": "student"}) == [("required", "school"), ("required", "card")]

    def test_all_or_nothing(self) -> None:
        form = form_of("""
            part_time:
              type: group
              label: 非全日制教育
              all_or_nothing: true
              fields:
                school: {type: text, label: 学校, required: true}
                major: {type: text, label: 专业, required: true}
                year: {type: integer, label: 年}
        """)
        assert codes(form, {}) == []
        assert codes(form, {"part_time": {"school": "", "major": None}}) == []
        assert codes(form, {"part_time": {"school": "中大"}}) == [("required", "part_time.major")]
        wrong = codes(form, {"part_time": {"year": "many"}})
        assert ("required", "part_time.school") in wrong

    def test_a_blank_answer_to_what_could_not_be_read_is_told_once(self) -> None:
        form = form_of("year: {type: integer, label: 年, required: true}")
        assert len(codes(form, {"year": "x"})) == 1


LOCKED = """
steps:
  one:
    title: 一
    fields:
      number: {type: text, label: 证件号码, required: true, locked: after_submission, lock_reason: 不能变更}
      open: {type: yes_no, label: 开}
      gated: {type: text, label: 受限, visible_when: open, locked: after_submission}
      awards:
        type: rows
        label: 奖励
        fields:
          name: {type: text, label: 名称, locked: after_submission}
          level: {type: text, label: 级别}
  hidden:
    title: 二
    visible_when: open
    fields:
      inside: {type: text, label: 里, locked: after_submission}
"""
RECORD = {
    "number": "A1",
    "open": True,
    "gated": "g",
    "inside": "i",
    "awards": [{"_id": "r1", "name": "甲", "level": "高"}],
}


class TestLocked:
    """4. Locked values come from the record, never from the browser."""

    form = form_of(LOCKED)

    def test_open_before_submission(self) -> None:
        assert values(self.form, {"number": "A1"}) == {"number": "A1"}

    @pytest.mark.parametrize("answers", [{}, {"number": "A1"}, {"number": " A1 "}])
    def test_absent_or_equal_passes(self, answers: dict[str, Any]) -> None:
        result = validate(self.form, answers, record=RECORD, today=DAY)
        assert result.ok
        assert result.values == RECORD

    @pytest.mark.parametrize("posted", ["B2", "", None, [], {"x": 1}, 7])
    def test_a_different_one_is_refused_a_blank_too(self, posted: Any) -> None:
        result = validate(self.form, {"number": posted}, record=RECORD, today=DAY)
        assert [(i.code, i.path) for i in result.issues] == [("locked", "number")]
        assert result.values["number"] == "A1"

    def test_in_a_row(self) -> None:
        rows = [{"_id": "r1", "name": "乙", "level": "低"}]
        result = validate(self.form, {"awards": rows}, record=RECORD, today=DAY)
        assert [(i.code, i.path) for i in result.issues] == [("locked", "awards.r1.name")]
        assert result.values["awards"] == [{"_id": "r1", "name": "甲", "level": "低"}]

    @pytest.mark.parametrize("rows", [[], None, [{"name": "乙"}], [{"_id": "r9", "name": "乙"}]])
    def test_a_row_with_a_locked_value_cannot_be_taken_away_and_set_again(self, rows: Any) -> None:
        assert ("locked", "awards.r1") in codes(self.form, {"awards": rows}, record=RECORD)

    def test_a_new_row_is_open(self) -> None:
        rows = [{"_id": "r1"}, {"_id": "r2", "name": "新"}]
        assert codes(self.form, {"awards": rows}, record=RECORD) == []

    def test_hiding_does_not_unset_and_a_change_in_a_hidden_place_is_refused(self) -> None:
        hiding = validate(self.form, {"open": False}, record=RECORD, today=DAY)
        assert hiding.ok
        assert (hiding.values["gated"], hiding.values["inside"]) == ("g", "i")
        attacked = {"open": False, "gated": "h", "inside": "j"}
        assert codes(self.form, attacked, record=RECORD) == [("locked", "gated"), ("locked", "inside")]

    def test_hiding_a_group_or_rows_keeps_what_is_locked_inside(self) -> None:
        form = form_of("""
            open: {type: yes_no, label: 开}
            group:
              type: group
              label: 组
              visible_when: open
              fields: &inside
                a: {type: text, label: 甲, locked: after_submission}
                b: {type: text, label: 乙}
            rows: {type: rows, label: 行, visible_when: open, fields: *inside}
        """)
        record = {"open": True, "group": {"a": "1", "b": "2"}, "rows": [{"_id": "r1", "a": "3", "b": "4"}]}
        attacked = {"open": False, "group": {"a": "x"}, "rows": [{"_id": "r1", "a": "x"}]}
        result = validate(form, attacked, record=record, today=DAY)
        assert result.values == {"open": False, "group": {"a": "1"}, "rows": [{"_id": "r1", "a": "3"}]}
        assert [(i.code, i.path) for i in result.issues] == [("hidden", "group"), ("hidden", "rows")]

    def test_the_reason_is_there_for_people(self) -> None:
        state = formkit.evaluate(self.form, {}, record=RECORD, today=DAY).state("number")
        assert state.locked
        assert state.lock_reason is not None and state.lock_reason.in_("zh") == "不能变更"

    fact_form = form_of("""
        facts:
          education_open: {type: yes_no, label: 继续教育在途}
        steps:
          one:
            title: 一
            fields:
              division: {type: text, label: 区划, locked_when: facts.education_open}
    """)

    def test_a_fact_is_never_silently_missing(self) -> None:
        with pytest.raises(FactMissing, match="education_open"):
            validate(self.fact_form, {}, today=DAY)

    @pytest.mark.parametrize(("fact", "locked"), [(True, True), (False, False), (None, False), (UNKNOWN, True)])
    def test_a_lock_that_hangs_on_an_unknown_fact_holds(self, fact: Any, locked: bool) -> None:
        facts = {"education_open": fact}
        found = codes(self.fact_form, {"division": "B"}, record={"division": "A"}, facts=facts)
        assert found == ([("locked", "division")] if locked else [])


class TestCalculated:
    """5. Calculated values are computed on the server."""

    form = form_of("""
        price: {type: integer, label: 单价, max: 9999, min: 0}
        pieces: {type: integer, label: 数量, max: 9999, min: 0}
        total: {type: integer, label: 合计, value: price * pieces}
        kind: {type: text, label: 种类}
        both: {type: integer, label: 和, value: price + pieces, value_when: kind == 'auto'}
    """)

    def test_worked_out_whatever_is_posted(self) -> None:
        assert values(self.form, {"price": 2, "pieces": 3})["total"] == 6
        assert codes(self.form, {"price": 2, "pieces": 3, "total": 6}) == []
        assert codes(self.form, {"price": 2, "pieces": 3, "total": "6"}) == []
        assert codes(self.form, {"price": 2, "pieces": 3, "total": ""}) == []  # a box left empty claims nothing
        result = validate(self.form, {"price": 2, "pieces": 3, "total": 7}, today=DAY)
        assert [(i.code, i.path) for i in result.issues] == [("calculated", "total")]
        assert result.values["total"] == 6

    def test_a_required_one_that_cannot_be_worked_out_stops_the_submission(self) -> None:
        form = form_of("""
            facts:
              name: {type: text, label: 姓名}
            steps:
              one: {title: 一, fields: {name: {type: text, label: 姓名, value: facts.name, required: true}}}
        """)
        assert codes(form, {}, facts={"name": UNKNOWN}) == [("calculated_blank", "name")]
        assert codes(form, {}, facts={"name": "甲"}) == []

    def test_only_while_its_condition_holds(self) -> None:
        assert values(self.form, {"price": 2, "pieces": 3, "both": 9})["both"] == 9
        assert values(self.form, {"price": 2, "pieces": 3, "kind": "auto"})["both"] == 5


def test_6_undeclared_names() -> None:
    form = form_of(LOCKED)
    answers = {"number": "x", "nothing": 1, "awards": [{"_id": "r1", "name": "n", "more": 1}], "one": {}}
    assert sorted(codes(form, answers)) == [
        ("unknown_field", "awards.r1.more"),
        ("unknown_field", "nothing"),
        ("unknown_field", "one"),
    ]


class TestChoices:
    """7. Choices are judged on the deciding date."""

    form = form_of("""
        choices:
          level:
            junior: 初级
            old: {label: 旧级, until: 2020-12-31}
            full: {label: 正高级, since: 2019-01-11}
        steps:
          one:
            title: 一
            fields:
              level: {type: choice, label: 级别, choices: level}
              note: {type: text, label: 备注}
    """)

    @pytest.mark.parametrize(
        ("value", "day", "good"),
        [
            ("full", "2019-01-10", False),
            ("full", "2019-01-11", True),
            ("full", "2019-01-12", True),
            ("old", "2020-12-30", True),
            ("old", "2020-12-31", True),
            ("old", "2021-01-01", False),
            ("none_such", "2020-01-01", False),
        ],
    )
    def test_since_and_until(self, value: str, day: str, good: bool) -> None:
        assert validate(self.form, {"level": value}, today=day).ok is good

    def test_a_retired_value_on_record_stays_while_it_is_not_edited(self) -> None:
        assert validate(self.form, {"note": "x"}, record={"level": "old"}, today=DAY).ok
        assert validate(self.form, {"note": "x", "level": "old"}, record={"level": "old"}, today=DAY).ok
        assert not validate(self.form, {"level": "old"}, record={"level": "junior"}, today=DAY).ok


class TestChange:
    """8. A change is judged by what it changes, and what depends on that."""

    form = form_of("""
        choices:
          status: {employed: 在职, student: 在校生}
        steps:
          one:
            title: 一
            fields:
              status: {type: choice, label: 状态, choices: status, required: true}
              card: {type: text, label: 学生证, visible_when: {status: student}, required: true}
              since_then: {type: text, label: 新字段, required: true}
              name: {type: text, label: 姓名, max_length: 3}
              start: {type: integer, label: 起}
              end: {type: integer, label: 止, checks: [{rule: start <= end, message: 先后}]}
              awards:
                type: rows
                label: 奖励
                fields:
                  title: {type: text, label: 名, required: true}
                  note: {type: text, label: 注, required: true}
    """)
    record = {
        "status": "employed",
        "name": "很长的名字",
        "start": 5,
        "end": 3,
        "awards": [{"_id": "r1", "title": "甲"}],
    }

    def test_untouched_old_values_stay_accepted(self) -> None:
        assert codes(self.form, {}, record=self.record) == []
        assert codes(self.form, dict(self.record), record=self.record) == []

    def test_what_is_changed_is_judged(self) -> None:
        assert [path for _, path in codes(self.form, {"name": "另一个很长的名字"}, record=self.record)] == ["name"]
        assert codes(self.form, {"end": 4}, record=self.record) == [("check", "end")]
        assert codes(self.form, {"status": None}, record=self.record) == [("required", "status")]

    def test_what_depends_on_it_is_judged(self) -> None:
        assert codes(self.form, {"status": "student"}, record=self.record) == [("required", "card")]
        assert codes(self.form, {"start": 6}, record=self.record) == [("check", "end")]

    def test_rows_are_judged_one_by_one(self) -> None:
        rows = [{"_id": "r1", "title": "甲"}, {"_id": "r2", "title": "乙"}]
        assert codes(self.form, {"awards": rows}, record=self.record) == [("required", "awards.r2.note")]


class TestRows:
    """9. Rows have stable ids and max_rows."""

    form = form_of("""
        awards:
          type: rows
          label: 奖励
          max_rows: 3
          fields:
            name: {type: text, label: 名, required: true}
            big: {type: yes_no, label: 大}
            amount: {type: integer, label: 额, visible_when: big, required: true}
    """)

    def test_issues_point_at_the_row_by_its_id(self) -> None:
        rows = [{"_id": "b", "name": "x"}, {"_id": "a", "big": True}]
        assert codes(self.form, {"awards": rows}) == [("required", "awards.a.name"), ("required", "awards.a.amount")]

    def test_rows_without_an_id_get_one(self) -> None:
        rows = values(self.form, {"awards": [{"name": "x"}, {"_id": "r1", "name": "y"}]})["awards"]
        assert [row["_id"] for row in rows] == ["r2", "r1"]

    @pytest.mark.parametrize("id_", ["r1", "", "a b", "a.b", "x" * 33, 5, ["r1"]])
    def test_a_wrong_or_doubled_id_is_refused(self, id_: Any) -> None:
        rows = [{"_id": "r1", "name": "x"}, {"_id": id_, "name": "y"}]
        assert codes(self.form, {"awards": rows}) == [("wrong_row", "awards")]

    def test_more_than_max_rows(self) -> None:
        rows = [{"name": str(number)} for number in range(4)]
        assert codes(self.form, {"awards": rows}) == [("too_many_rows", "awards")]
        assert codes(self.form, {"awards": rows[:3]}) == []

    def test_a_row_left_wholly_empty_is_no_row(self) -> None:
        assert values(self.form, {"awards": [{"_id": "r1", "name": "", "big": None}]}) == {}


def test_10_text_is_cleaned() -> None:
    form = form_of("""
        name: {type: text, label: 名, max_length: 3}
        mobile: {type: mobile, label: 手机}
    """)
    answers = {"name": "  \u202ea\u0301bc  ", "mobile": "１３８００１３８０００"}
    assert values(form, answers) == {"name": "\u00e1bc", "mobile": "13800138000"}
    assert validate(form, {"name": "𠮷𠮷𠮷"}, today=DAY).ok


def test_11_same_input_same_output() -> None:
    form = form_of(STATUS)
    answers = {"status": "student", "card": "", "odd": 1, "more": [1]}
    first, second = (validate(form, answers, today=DAY) for _ in range(2))
    assert repr(first) == repr(second)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["number", "open", "gated", "inside", "awards", "x"])


class TestWhateverArrives:
    """The seven attacks, from the YAML alone, whatever JSON arrives."""

    form = form_of(LOCKED)

    @settings(max_examples=300, deadline=None)
    @given(
        st.dictionaries(
            NAMES, JSON_VALUES | st.lists(st.dictionaries(st.sampled_from(["_id", "name", "level"]), JSON_VALUES))
        )
    )
    def test_locked_values_survive(self, answers: dict[str, Any]) -> None:
        result = validate(self.form, answers, record=RECORD, today=DAY)
        if result.ok:
            assert result.values["number"] == "A1"
            assert result.values["inside"] == "i"
            assert result.values["gated"] == "g"
            assert ("r1", "甲") in [(row["_id"], row.get("name")) for row in result.values["awards"]]

    @settings(max_examples=300, deadline=None)
    @given(JSON_VALUES)
    def test_nothing_raises_and_what_comes_out_is_declared_json(self, answers: Any) -> None:
        result = validate(self.form, answers, today=DAY)
        assert set(result.values) <= set(self.form.top_fields)
        json.dumps(result.values)
