"""Claims held against values: each item by its own field type, whatever fields the form has."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples.portal.exam.claims import ClaimsRefused, Verdict, claimable, compare, read_claims
from formkit import Form
from tests.forms import form_of
from tests.portal.exam.examiners import FORM, values


def verdict(path: str, claim: Any, kept: Any = None, form: Form = FORM) -> str:
    return compare(form, read_claims(form, {path: claim}), kept or values())[path].value


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"type": "accounting", "level": "intermediate", "obtained_by": "exam"}], "match"),
        ([{"level": "intermediate"}, {"level": "junior"}], "match"),
        ([{"type": "accounting"}, {"level": "junior"}], "match"),
        ([{"level": "junior"}, {"type": "accounting"}], "match"),
        ([{"level": "junior"}, {"level": "junior"}], "no_match"),
        ([{"type": "accounting"}] * 3, "no_match"),
        ([{"type": "accounting", "level": "senior"}], "no_match"),
        ([{"level": "intermediate", "obtained_by": "review"}], "no_match"),
    ],
)
def test_each_claimed_row_needs_a_row_of_its_own(rows: list[dict[str, str]], expected: str) -> None:
    assert verdict("qualifications", rows) == expected


ROWS = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["accounting", "economics"]), "level": st.sampled_from(["junior", "senior"])}
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(ROWS, st.data())
def test_a_part_of_the_rows_in_any_order_always_matches(rows: list[dict[str, str]], data: st.DataObject) -> None:
    recorded = [{"_id": f"r{number}", **row} for number, row in enumerate(rows)]
    shuffled = data.draw(st.permutations(rows))
    claimed = shuffled[: data.draw(st.integers(1, len(rows)))]
    less = [{"type": row["type"]} if data.draw(st.booleans()) else row for row in claimed]
    assert verdict("qualifications", less, {"qualifications": recorded}) == "match"
    assert verdict("qualifications", [*rows, rows[0]], {"qualifications": recorded}) == "no_match"


@pytest.mark.parametrize(
    ("kept", "claimed", "expected"),
    [
        ("张三", "张三", "match"),
        ("张三", " 张三 ", "match"),
        ("张三", "张叁", "no_match"),
        ("买买提·吐尔逊", "买买提•吐尔逊", "match"),
        ("买买提·吐尔逊", "买买提・吐尔逊", "match"),
        ("买买提·吐尔逊", "买买提吐尔逊", "no_match"),
        ("José", "Jose\u0301", "match"),
    ],
)
def test_names_are_compared_however_they_were_typed(kept: str, claimed: str, expected: str) -> None:
    assert verdict("name", claimed, {"name": kept}) == expected


@pytest.mark.parametrize(
    ("path", "claim", "expected"),
    [
        ("full_time.graduated", "2010-7", "match"),
        ("full_time.graduated", "2010-08", "no_match"),
        ("is_cpa", False, "match"),
        ("is_cpa", "否", "match"),
        ("is_cpa", True, "no_match"),
        ("part_time.level", "20", "not_on_record"),
        ("position", "科长", "not_on_record"),
        ("awards", [{"name": "先进"}], "not_on_record"),
    ],
)
def test_a_claim_is_read_by_its_field(path: str, claim: Any, expected: str) -> None:
    assert verdict(path, claim) == expected


@pytest.mark.parametrize(
    ("claims", "unknown", "named"),
    [
        ({"height": "180", "division": "440106"}, True, {"height"}),
        ({"id_number": "1", "portrait": "x", "email": "a@b.cn", "mobile": "1"}, True, None),
        ({"pledge": True, "full_time": {"level": "20"}}, True, None),
        ({"qualifications": [{"colour": "red"}]}, True, {"qualifications.colour"}),
        ({"qualifications": [{"_id": "r1"}]}, True, {"qualifications._id"}),
        ({"qualifications.level": "junior"}, True, None),
        (
            {"is_cpa": "perhaps", "accounting_since": "2010", "division": "440106"},
            False,
            {"is_cpa", "accounting_since"},
        ),
        ({"division": None}, False, None),
        ({"division": {"a": ["b"]}}, False, None),
        ({"division": 440106}, False, None),
        ({"division": "440100"}, False, None),
        ({"unit_name": "   "}, False, None),
        ({"qualifications": []}, False, None),
        ({"qualifications": {}}, False, None),
        ({"qualifications": [{}]}, False, None),
        ({"qualifications": [{"level": "junior"}] * 21}, False, None),
        ({"qualifications": [{"level": "doctor"}]}, False, {"qualifications.level"}),
    ],
)
def test_claims_that_cannot_be_compared_are_named(claims: Any, unknown: bool, named: set[str] | None) -> None:
    with pytest.raises(ClaimsRefused) as refused:
        read_claims(FORM, claims)
    assert refused.value.unknown is unknown
    assert set(refused.value.items) == (named or set(claims))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["level", "type", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*claimable(FORM), "x", "full_time"]), JSON, max_size=4))
def test_whatever_is_claimed_is_read_or_refused(claims: dict[str, Any]) -> None:
    try:
        read = read_claims(FORM, claims)
    except ClaimsRefused as refused:
        assert refused.items
    else:
        assert set(compare(FORM, read, values()).values()) <= set(Verdict)


NEWER = """
    form: accountant_collection
    title: 采集
    edition: 2027-01-01
    choices:
      level: {first: {label: 一级, renamed_from: [junior]}, second: 二级}
    steps:
      one:
        title: 一
        fields:
          {FIELDS}
"""


def test_a_new_field_of_the_form_can_be_claimed_without_a_line_of_code() -> None:
    form = form_of(NEWER.replace("{FIELDS}", "licence: {type: text, label: 执照}"))
    assert verdict("licence", " A1 ", {"licence": "A1"}, form) == "match"


def test_a_file_from_before_a_renaming_is_still_compared() -> None:
    form = form_of(
        NEWER.replace("{FIELDS}", "grade: {type: choice, choices: level, label: 等级, renamed_from: [level]}")
    )
    assert verdict("grade", "first", {"level": "junior"}, form) == "match"
    assert verdict("grade", "junior", {"grade": "first"}, form) == "match"
    assert verdict("grade", "second", {"level": "junior"}, form) == "no_match"
