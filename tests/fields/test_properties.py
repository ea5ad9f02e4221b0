"""Whatever JSON arrives, a field type reads it or refuses it, and reading twice changes nothing."""

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.fields import FIELD_TYPES, Refused, Shape
from tests.fields.making import errors, every_example, findings, make

_DIGITS = st.sampled_from("0123456789０１２３９Xx.-+, ，。年月日/é́ﬃ\u200b\u202e\u3000AZaz元¥Ａａ＠@東𠮷")
_TEXTS = st.one_of(st.text(max_size=40), st.text(_DIGITS, max_size=24))
_SAMPLES = st.sampled_from([raw for _, _, raw, _ in every_example()])
JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _TEXTS, _SAMPLES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["id", "_id", "name", "size", "x"]), inner, max_size=4),
    ),
    max_leaves=8,
)
MADE = {
    f"{name}-{number}": make(name, examples.options)
    for name, kind in FIELD_TYPES.items()
    for number, examples in enumerate(kind.examples)
}


@pytest.mark.parametrize("name", MADE)
@settings(max_examples=60, deadline=None)
@given(raw=JSON_VALUES)
def test_any_json_is_read_or_refused(name: str, raw: Any) -> None:
    field = MADE[name]
    field.is_blank(raw)
    try:
        value = field.parse(raw)
    except Refused:
        return
    if value is None:
        return
    assert field.parse(value) == value
    found = findings(field, value, document="card", mobile=raw)
    assert field.format(value, "zh")
    if field.shape is Shape.VALUE and not errors(found):
        jsonschema.validate(value, field.json_schema())
        assert field.rule_type().fits(value) or (field.attachment and "height" not in str(value))


@settings(max_examples=300, deadline=None)
@given(raw=_TEXTS)
def test_clean_text_stays_clean(raw: str) -> None:
    for name in ("text-0", "text-1", "long_text-0", "email-0", "mobile-0", "identity_document-0"):
        try:
            value = MADE[name].parse(raw)
        except Refused:
            continue
        assert value is None or MADE[name].parse(value) == value
