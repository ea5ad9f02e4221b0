"""Choices: in the list, on the day, down to the leaf."""

import pytest

from formkit.choices import Choice, ChoiceList
from formkit.expressions.types import Choice as ChoiceType
from formkit.fields import FIELD_TYPES, Surroundings
from formkit.fields.base import OptionsInvalid
from formkit.texts import Text
from tests.fields.making import COLOURS, findings, make, verdicts


def test_a_choice_is_judged_on_the_deciding_day() -> None:
    field = make("choice", choices="colours")
    assert verdicts(field, "grey", "2020-12-31") == []
    assert verdicts(field, "grey", "2021-01-01") == ["retired_choice"]
    assert verdicts(field, "blue", "2019-01-10") == ["choice_not_yet"]
    assert verdicts(field, "blue", "2019-01-11") == []


def test_a_leaf_retires_with_what_holds_it() -> None:
    field = make("choice", choices="places")
    assert verdicts(field, "449901") == ["retired_choice"]
    assert findings(field, "449901")[0].params["choice"] == Text({"zh": "旧市", "en": "449900"})
    assert verdicts(field, "440102") == ["retired_choice"]


def test_a_leaf_may_stand_at_any_depth() -> None:
    field = make("choice", choices="places")
    assert verdicts(field, "441900") == []
    assert field.rule_type() == ChoiceType(("440106", "440102", "441900", "449901"))
    assert field.format("440106", "zh") == "广州市 天河区"


def test_an_old_value_that_was_renamed_becomes_the_new_one() -> None:
    assert make("choice", choices="colours").parse("crimson") == "red"
    assert make("choices", choices="colours").parse(["crimson", "red"]) == ["red"]


@pytest.mark.parametrize(("count", "widget"), [(6, "radio"), (7, "select"), (40, "select"), (41, "search")])
def test_the_size_of_a_list_decides_how_it_is_offered(count: int, widget: str) -> None:
    sized = ChoiceList("sized", tuple(Choice(str(number), Text(str(number))) for number in range(count)))
    kind = FIELD_TYPES["choice"]
    options = kind.Options.model_validate({"choices": "sized"})
    assert kind(options, Surroundings({"sized": sized})).widget == widget


def test_a_tree_is_a_cascade_and_the_author_may_say_otherwise() -> None:
    assert make("choice", choices="places").widget == "cascade"
    assert make("choice", choices="places", display="search").widget == "search"


def test_a_list_nobody_defined_is_the_author_s_fault() -> None:
    with pytest.raises(OptionsInvalid) as caught:
        make("choice", choices="colors")
    assert (caught.value.code, caught.value.key) == ("unknown-choices", "choices")
    assert caught.value.params == {"value": "colors", "known": "colours, places"}


def test_several_choices_are_read_in_the_list_s_order() -> None:
    field = make("choices", choices="colours")
    assert field.format(field.parse(["green", "red"]), "zh") == "红、绿"
    assert field.choice_list is COLOURS


def test_a_very_long_list_is_read_at_once() -> None:
    assert make("choices", choices="colours").parse(["red"] * 100_000) == ["red"]


def test_yes_and_no_may_be_called_otherwise() -> None:
    field = make("yes_no", yes_label={"zh": "同意", "en": "Agree"}, no_label="不同意")
    assert field.format(True, "en") == "Agree"
    assert field.format(False, "zh") == "不同意"
    assert (make("yes_no").format(True, "zh"), make("yes_no").format(False, "en")) == ("是", "No")


@pytest.mark.parametrize("raw", [False, "false", "否", None, "", "0"])
def test_consent_not_given_is_a_blank(raw: object) -> None:
    assert make("consent").is_blank(raw)
