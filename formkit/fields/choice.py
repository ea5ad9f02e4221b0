"""Yes or no, a declaration to tick, one of a list, several of a list."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from formkit.choices import ChoiceList
from formkit.expressions.types import Choice as ChoiceType
from formkit.expressions.types import Choices as ChoicesType
from formkit.expressions.types import Type, YesNo
from formkit.fields.base import (
    JSON,
    Examples,
    FieldType,
    Finding,
    Moment,
    Options,
    OptionsInvalid,
    Own,
    Refused,
    Surroundings,
)
from formkit.locales import sentence
from formkit.schemas.values import TextSpec
from formkit.texts import Text

_YES = frozenset(("true", "yes", "on", "1", "是"))
_NO = frozenset(("false", "no", "off", "0", "否"))
_YES_LABEL, _NO_LABEL = Text({"zh": "是", "en": "Yes"}), Text({"zh": "否", "en": "No"})
_BOOLEAN = Text({"zh": "“是”或“否”", "en": "yes or no"})
_CHOICE = Text({"zh": "列表中的一项", "en": "a choice of the list"})
_LIST = Text({"zh": "若干选项", "en": "a list of choices"})


class YesNoOptions(Options):
    """The keys of `yes_no`."""

    yes_label: TextSpec = Field(default_factory=lambda: _YES_LABEL, description="What is shown for yes.")
    no_label: TextSpec = Field(default_factory=lambda: _NO_LABEL, description="What is shown for no.")


class ConsentOptions(Options):
    """The keys of `consent`."""

    statement: TextSpec | None = Field(None, description="What the person declares; the label if left out.")


class ChoiceOptions(Options):
    """The keys of `choice`."""

    choices: str = Field(description="The id of a list under `choices:`.")
    display: Literal["radio", "select", "search", "cascade"] | None = Field(
        None, description="How it is offered; left out, the size and the depth of the list decide."
    )


class ChoicesOptions(Options):
    """The keys of `choices`."""

    choices: str = Field(description="The id of a list under `choices:`.")
    min_choices: int = Field(0, ge=0, description="The least number to choose.")
    max_choices: int | None = Field(None, ge=1, description="The greatest number to choose.")


class YesNoField(FieldType[YesNoOptions]):
    """Yes or no."""

    name = "yes_no"
    Options = YesNoOptions
    examples = (
        Examples(
            good=[(True, True), (False, False), ("true", True), ("No", False), ("是", True)],
            bad=[("maybe", "not_in_list"), (1, "wrong_type"), ([True], "wrong_type")],
        ),
    )

    @property
    def yes_label(self) -> Text:
        """What is shown for yes."""
        return self.options.yes_label

    @property
    def no_label(self) -> Text:
        """What is shown for no."""
        return self.options.no_label

    def parse(self, raw: JSON) -> JSON:
        return _boolean(raw)

    def exact_values(self) -> Mapping[str, JSON]:
        return dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)

    def rule_type(self) -> Type:
        return YesNo()

    def format(self, value: JSON, language: str) -> str:
        return (self.options.yes_label if value else self.options.no_label).in_(language)

    def json_schema(self) -> dict[str, JSON]:
        return {"type": "boolean"}


class ConsentField(FieldType[ConsentOptions]):
    """A declaration to tick: true, or not answered."""

    name = "consent"
    Options = ConsentOptions
    examples = (
        Examples(
            good=[(True, True), ("true", True), ("on", True), (False, None), ("false", None)],
            bad=[("maybe", "not_in_list"), (1, "wrong_type")],
        ),
    )

    @property
    def statement(self) -> Text | None:
        """What the person declares; None: the field's label says it."""
        return self.options.statement

    def is_blank(self, raw: JSON) -> bool:
        return raw is False or (isinstance(raw, str) and raw.strip().lower() in _NO) or super().is_blank(raw)

    def parse(self, raw: JSON) -> JSON:
        return _boolean(raw) or None

    def exact_values(self) -> Mapping[str, JSON]:
        return dict.fromkeys(_YES, True)

    def rule_type(self) -> Type:
        return YesNo()

    def format(self, value: JSON, language: str) -> str:
        return sentence("fields", "consent.given", {}, language)

    def json_schema(self) -> dict[str, JSON]:
        return {"const": True}


class _Listed(FieldType[Own]):
    """A type whose answers come from a choice list."""

    def __init__(self, options: Own, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        list_id = str(getattr(options, "choices", ""))
        if list_id not in surroundings.choices:
            raise OptionsInvalid("unknown-choices", "choices", value=list_id, known=", ".join(surroundings.choices))
        self._list = surroundings.choices[list_id]
        self._leaves = self._list.leaves
        renamed = ((old, choice.value) for choice in self._list.by_value.values() for old in choice.renamed_from)
        self._renamed = {old: new for old, new in renamed if old not in self._list.by_value}
        self._dated = self._leaves - self._list.undated.keys()

    @property
    def choice_list(self) -> ChoiceList:
        return self._list

    def _chosen(self, raw: JSON) -> str:
        """The value of one posted choice; raises `Refused`."""
        if type(raw) is not str:
            raise Refused("wrong_type", expected=_CHOICE)
        if raw in self._leaves:
            return str(raw)
        value = raw.strip()
        value = self._renamed.get(value, value)
        if value in self._leaves:
            return value
        choice = self._list.by_value.get(value)
        if choice is not None and choice.children:
            raise Refused("choice_incomplete", choice=choice.label)
        raise Refused("not_in_list")

    def _judge(self, value: str, today: str) -> Iterable[Finding]:
        if value not in self._dated:
            return ()
        for choice in self._list.ancestry(value):
            if choice.until is not None and choice.until < today:
                return (Finding("retired_choice", {"choice": choice.label, "until": choice.until}),)
            if choice.since is not None and today < choice.since:
                return (Finding("choice_not_yet", {"choice": choice.label, "since": choice.since}),)
        return ()

    def _values(self) -> tuple[str, ...]:
        return tuple(value for value in self._list.by_value if value in self._leaves)


class ChoiceField(_Listed[ChoiceOptions]):
    """One choice of a list; in a tree only a leaf."""

    name = "choice"
    Options = ChoiceOptions
    examples = (
        Examples(
            {"choices": "colours"},
            good=[("red", "red"), (" red ", "red"), ("crimson", "red")],
            bad=[
                ("pink", "not_in_list"),
                ("grey", "retired_choice"),
                ("ultraviolet", "choice_not_yet"),
                (["red"], "wrong_type"),
                (1, "wrong_type"),
            ],
        ),
        Examples(
            {"choices": "places"},
            good=[("440106", "440106")],
            bad=[("440100", "choice_incomplete"), ("43", "not_in_list")],
        ),
    )

    def __init__(self, options: ChoiceOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        self._widget = options.display or _usual_display(self._list)
        self.judges = bool(self._dated)

    @property
    def widget(self) -> str:
        return self._widget

    def parse(self, raw: JSON) -> JSON:
        return self._chosen(raw)

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        return self._judge(value, moment.today)

    def exact_values(self) -> Mapping[str, JSON]:
        return self._list.undated

    def rule_type(self) -> Type:
        return ChoiceType(self._values())

    def format(self, value: JSON, language: str) -> str:
        return self._list.label(value, language)

    def json_schema(self) -> dict[str, JSON]:
        return {"enum": list(self._values())}


class ChoicesField(_Listed[ChoicesOptions]):
    """Several choices of a list, kept in the list's order."""

    name = "choices"
    Options = ChoicesOptions
    examples = (
        Examples(
            {"choices": "colours", "max_choices": 2},
            good=[
                (["red", "blue"], ["red", "blue"]),
                (["blue", "red", "blue", ""], ["red", "blue"]),
                ("red", ["red"]),
                ([""], None),
            ],
            bad=[
                (["pink"], "not_in_list"),
                (["red", "blue", "green"], "too_many_choices"),
                (["red", "grey"], "retired_choice"),
                ([["red"]], "wrong_type"),
                ({"red": True}, "wrong_type"),
            ],
        ),
        Examples({"choices": "colours", "min_choices": 2}, bad=[(["red"], "too_few_choices")]),
    )

    def __init__(self, options: ChoicesOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        if options.max_choices is not None and options.max_choices < options.min_choices:
            raise OptionsInvalid("limits-crossed", "min_choices", min=options.min_choices, max=options.max_choices)
        self._order = {value: position for position, value in enumerate(self._values())}

    @property
    def widget(self) -> str:
        return "checkboxes"

    def parse(self, raw: JSON) -> JSON:
        several = [raw] if type(raw) is str else raw
        if type(several) is not list:
            raise Refused("wrong_type", expected=_LIST)
        # Each distinct choice is looked up once, however long a hostile list is.
        chosen = {self._chosen(item) for item in several if item != ""}
        return sorted(chosen, key=self._order.__getitem__) or None

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        least, most = self.options.min_choices, self.options.max_choices
        if most is not None and len(value) > most:
            yield Finding("too_many_choices", {"max": most, "count": len(value)})
        if len(value) < least:
            yield Finding("too_few_choices", {"min": least, "count": len(value)})
        for item in value:
            yield from self._judge(item, moment.today)

    def rule_type(self) -> Type:
        return ChoicesType(self._values())

    def format(self, value: JSON, language: str) -> str:
        between = sentence("fields", "choices.between", {}, language)
        return between.join(self._list.label(item, language) for item in value)

    def json_schema(self) -> dict[str, JSON]:
        most = {} if self.options.max_choices is None else {"maxItems": self.options.max_choices}
        items = {"enum": list(self._values())}
        return {
            "type": "array",
            "items": items,
            "uniqueItems": True,
            "minItems": max(1, self.options.min_choices),
        } | most

    def attributes(self) -> Mapping[str, str | int | bool]:
        return {}


def _boolean(raw: JSON) -> bool:
    if type(raw) is bool:
        return bool(raw)
    if type(raw) is not str:
        raise Refused("wrong_type", expected=_BOOLEAN)
    word = raw.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Refused("not_in_list")


def _usual_display(choices: ChoiceList) -> str:
    if choices.depth > 1:
        return "cascade"
    count = len(choices.choices)
    return "radio" if count <= 6 else "select" if count <= 40 else "search"
