"""What holds other fields or none: groups, rows, notes."""

import re
from typing import ClassVar

from pydantic import Field

from formkit.expressions.types import Group, Rows, Type
from formkit.fields.base import (
    JSON,
    Examples,
    FieldType,
    Finding,
    Moment,
    Options,
    OptionsInvalid,
    Refused,
    Shape,
    Surroundings,
)
from formkit.locales import sentence
from formkit.schemas.values import TextSpec
from formkit.texts import Text

ROW_ID = "_id"
ROW_ID_PATTERN = r"[a-z0-9]{1,32}"
_IS_ROW_ID = re.compile(ROW_ID_PATTERN).fullmatch
_GROUP = Text({"zh": "一组信息", "en": "a group of fields"})
_ROWS = Text({"zh": "多行信息", "en": "a list of rows"})


class GroupOptions(Options):
    """The keys of `group`."""

    all_or_nothing: bool = Field(False, description="Required fields count once any field of the group is filled.")


class RowsOptions(Options):
    """The keys of `rows`."""

    add_label: TextSpec | None = Field(None, description="The words of the button that adds a row.")
    row_label: TextSpec | None = Field(None, description="What one row is called.")
    min_rows: int = Field(0, ge=0, le=500, description="The least number of rows.")
    max_rows: int = Field(50, ge=1, le=500, description="The greatest number of rows.")


class NoteOptions(Options):
    """The keys of `note`."""

    text: TextSpec = Field(description="Markdown shown between the fields.")


class GroupField(FieldType[GroupOptions]):
    """Fields that stand together under one name. What is inside is judged by the fields inside."""

    name = "group"
    Options = GroupOptions
    shape: ClassVar[Shape] = Shape.GROUP
    examples = (
        Examples(good=[({"a": 1}, {"a": 1})], bad=[("x", "wrong_type"), ([{}], "wrong_type"), (1, "wrong_type")]),
    )

    def __init__(self, options: GroupOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        self.all_or_nothing = options.all_or_nothing

    def parse(self, raw: JSON) -> JSON:
        if type(raw) is not dict:
            raise Refused("wrong_type", expected=_GROUP)
        return raw or None

    def rule_type(self) -> Type:
        """Without its fields: the compiler, who knows them, puts them in (`dataclasses.replace`)."""
        return Group({})

    def format(self, value: JSON, language: str) -> str:
        return sentence("fields", "group.format", {"count": len(value)}, language)

    def json_schema(self) -> dict[str, JSON]:
        """Without its properties: whoever knows the fields puts them in."""
        return {"type": "object"}


class RowsField(FieldType[RowsOptions]):
    """A list of rows, each with an id of its own. What is inside is judged by the columns."""

    name = "rows"
    Options = RowsOptions
    shape: ClassVar[Shape] = Shape.ROWS
    examples = (
        Examples(
            {"min_rows": 1, "max_rows": 2},
            good=[
                ([{"_id": "b", "x": 1}], [{"_id": "b", "x": 1}]),
                ([{"_id": "r1"}, {"x": 2}], [{"_id": "r1"}, {"_id": "r2", "x": 2}]),
            ],
            bad=[
                ([{"_id": "a"}, {"_id": "b"}, {"_id": "c"}], "too_many_rows"),
                ([{"_id": "a"}, {"_id": "a"}], "wrong_type"),
                ([{"_id": "A.b"}], "wrong_type"),
                ([{"_id": 1}], "wrong_type"),
                ([["x"]], "wrong_type"),
                ({"r1": {}}, "wrong_type"),
            ],
        ),
        Examples({"min_rows": 2}, bad=[([{"_id": "a"}], "too_few_rows")]),
    )

    def __init__(self, options: RowsOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        if options.min_rows > options.max_rows:
            raise OptionsInvalid("limits-crossed", "min_rows", min=options.min_rows, max=options.max_rows)
        self.add_label, self.row_label = options.add_label, options.row_label
        self.min_rows, self.max_rows = options.min_rows, options.max_rows

    def parse(self, raw: JSON) -> JSON:
        if type(raw) is not list or not all(type(row) is dict for row in raw):
            raise Refused("wrong_type", expected=_ROWS)
        # The rules count on the limit, so rows beyond it never become a value.
        if len(raw) > self.max_rows:
            raise Refused("too_many_rows", max=self.max_rows, count=len(raw))
        given = [row[ROW_ID] for row in raw if row.get(ROW_ID) is not None]
        if not all(type(one) is str and _IS_ROW_ID(one) for one in given) or len(set(given)) < len(given):
            raise Refused("wrong_type", expected=_ROWS)
        free = (name for number in range(1, 2 * len(raw) + 1) if (name := f"r{number}") not in given)
        return [row if row.get(ROW_ID) is not None else {ROW_ID: next(free)} | _without_id(row) for row in raw] or None

    def check(self, value: JSON, moment: Moment) -> tuple[Finding, ...]:
        if len(value) >= self.min_rows:
            return ()
        return (Finding("too_few_rows", {"min": self.min_rows, "count": len(value)}),)

    def rule_type(self) -> Type:
        """Without its columns: the compiler, who knows them, puts them in (`dataclasses.replace`)."""
        return Rows({}, self.max_rows)

    def format(self, value: JSON, language: str) -> str:
        return sentence("fields", "rows.format", {"count": len(value)}, language)

    def json_schema(self) -> dict[str, JSON]:
        """Without its columns: whoever knows them puts them in."""
        row_id = {"type": "string", "pattern": f"^{ROW_ID_PATTERN}$"}
        items = {"type": "object", "properties": {ROW_ID: row_id}, "required": [ROW_ID]}
        return {"type": "array", "items": items, "minItems": self.min_rows, "maxItems": self.max_rows}


class NoteField(FieldType[NoteOptions]):
    """A text between the fields; it has no value."""

    name = "note"
    Options = NoteOptions
    shape: ClassVar[Shape] = Shape.NOTE
    examples = (Examples({"text": "请**如实**填写。"}, bad=[("x", "unknown_field"), (1, "unknown_field")]),)

    @property
    def text(self) -> Text:
        """Markdown."""
        return self.options.text

    def parse(self, raw: JSON) -> JSON:
        raise Refused("unknown_field")

    def rule_type(self) -> Type:
        return Type()

    def json_schema(self) -> dict[str, JSON]:
        return {"not": {}}


def _without_id(row: dict[str, JSON]) -> dict[str, JSON]:
    return {name: value for name, value in row.items() if name != ROW_ID}
