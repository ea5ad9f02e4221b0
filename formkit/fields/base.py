"""What a field type is: one class that declares everything about itself."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from formkit.choices import ChoiceList
from formkit.expressions.types import Type
from formkit.issues import Level

JSON = Any  # a JSON value: None, bool, int, str, list or dict of them; see docs/decisions on plain values

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Shape(StrEnum):
    """How a field sits among the answers: a value, an object of fields, a list of such objects, or nothing."""

    VALUE = "value"
    GROUP = "group"
    ROWS = "rows"
    NOTE = "note"


class Refused(Exception):  # noqa: N818 - a verdict on an answer, always caught by validation
    """A raw answer cannot be read as a value; `code` and `params` become the issue."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a field type says of a value that it could read."""

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    level: Level = Level.ERROR


class Options(BaseModel):
    """A field type's own keys in the YAML, beside the keys every field has."""

    # Models are built at first use: importing formkit must not pay for types a form does not have.
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True, defer_build=True
    )


class OptionsInvalid(Exception):  # noqa: N818 - caught by the compiler, which makes a diagnostic of it
    """Options that are each well-formed and do not fit together; `key` names the one to mend."""

    def __init__(self, code: str, key: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.key, self.params = code, key, params


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a field type may see of its form while it is being made: the choice lists, and its sibling fields' ids."""

    choices: Mapping[str, ChoiceList]
    siblings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """What a verdict may depend on besides the value: the deciding date and the other visible answers beside it."""

    today: str
    siblings: Mapping[str, JSON] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Examples:
    """Samples that show and test a type: options as in YAML, raw answers with their value or their refusal's code."""

    options: Mapping[str, JSON] = field(default_factory=lambda: _NOTHING)
    good: Sequence[tuple[JSON, JSON]] = ()
    bad: Sequence[tuple[JSON, str]] = ()


Own = TypeVar("Own", bound=Options)


class FieldType(ABC, Generic[Own]):
    """One type of field, as used by one field of one form: immutable once made.

    A new type needs one subclass and one template. Name it, give it `Options` and a `widget`, and say how a raw answer
    (JSON, or the text a browser posts) becomes a value. Values are plain JSON.
    """

    name: ClassVar[str]
    shape: ClassVar[Shape] = Shape.VALUE
    Options: ClassVar[type[Options]] = Options
    examples: ClassVar[Sequence[Examples]] = ()
    stored: ClassVar[bool] = True
    """Whether the value may be kept and shown again: false for a password."""
    attachment: ClassVar[bool] = False
    """Whether the value names uploaded files."""

    judges: bool = False
    """Whether `check` has anything to say of a value, ever."""
    all_or_nothing: bool = False
    """In a group: whether required fields count only once anything in it is filled."""
    min_rows: int = 0
    max_rows: int = 0

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.judges = cls.check is not FieldType.check
        own = cls.__dict__.keys()
        if "exact_values" not in own and not own.isdisjoint(("is_blank", "parse", "check")):
            cls.exact_values = FieldType.exact_values  # type: ignore[method-assign]

    def __init__(self, options: Own, surroundings: Surroundings) -> None:
        self.options = options
        self.surroundings = surroundings

    @property
    def widget(self) -> str:
        """The name of the template that draws it."""
        return self.name

    @property
    def choice_list(self) -> ChoiceList | None:
        """The list its answers come from, if it has one."""
        return None

    def depends(self) -> Sequence[str]:
        """Ids of the fields beside it whose answers its verdict needs (they come in `Moment.siblings`)."""
        return ()

    def is_blank(self, raw: JSON) -> bool:
        """Whether a raw answer counts as no answer."""
        if isinstance(raw, str):
            return not raw or raw.isspace()
        return raw is None or raw == [] or raw == {}

    @abstractmethod
    def parse(self, raw: JSON) -> JSON:
        """The value of a raw answer that is not blank; raises `Refused` if it has none. None is a blank value."""

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        """What there is to say of a value on a day: limits, checksums, choices out of date."""
        return ()

    def exact_values(self) -> Mapping[str, JSON]:
        """Raw texts with the value that `parse` would give them, of which `check` has nothing to say on any day.

        A short cut for types with few values. It is not inherited by a type with a `parse` or `check` of its own.
        """
        return _NOTHING

    @abstractmethod
    def rule_type(self) -> Type:
        """What the rules see of it."""

    def format(self, value: JSON, language: str) -> str:
        """A value as a person reads it."""
        return str(value)

    def hint(self, language: str) -> str:
        """What the type itself says of how to answer: how to write a month, which files; empty if nothing."""
        return ""

    def suffix(self, language: str) -> str:
        """The unit that stands behind the control; empty if there is none."""
        return ""

    @abstractmethod
    def json_schema(self) -> dict[str, JSON]:
        """The JSON Schema of the values that `parse` gives and that keep the limits of the options."""

    def attributes(self) -> Mapping[str, str | int | bool]:
        """HTML attributes its control carries (`inputmode`, `autocomplete`, `maxlength`, …), written once, here."""
        return _NOTHING  # type: ignore[return-value]
