"""Passwords: S31, S128 of the checklist."""

import pytest

from formkit.fields.base import OptionsInvalid
from tests.fields.making import make, verdicts

FIELD = make("password", not_like=["id_number", "mobile", "name"])
PERSON = {"id_number": "44010619880808908X", "mobile": "13800138000", "name": "张三"}


@pytest.mark.parametrize("password", ["13800138000", "x13800138000!", "0808908x", "44010619880808908x", "19880808"])
def test_s31_ones_own_numbers_and_pieces_of_them_are_refused(password: str) -> None:
    assert verdicts(FIELD, password, **PERSON) == ["password_like_answer"]


def test_short_answers_forbid_nothing() -> None:
    assert verdicts(FIELD, "我叫张三不难猜吧", **PERSON) == []


def test_blank_answers_forbid_nothing() -> None:
    assert verdicts(FIELD, "kein-Problem", id_number=None, mobile="") == []


def test_nothing_is_trimmed_or_normalised() -> None:
    assert FIELD.parse("  e\u0301 ｘ  ") == "  e\u0301 ｘ  "
    assert not FIELD.is_blank("        ")
    assert FIELD.is_blank("")


def test_it_is_never_kept_nor_shown() -> None:
    assert FIELD.stored is False
    assert FIELD.format("geheim-geheim", "zh") == FIELD.format("x", "en") == "••••••••"
    assert "maxlength" not in FIELD.attributes()


def test_it_depends_on_what_it_must_differ_from() -> None:
    assert FIELD.depends() == ("id_number", "mobile", "name")
    with pytest.raises(OptionsInvalid, match="unknown-sibling"):
        make("password", not_like="nobody")
