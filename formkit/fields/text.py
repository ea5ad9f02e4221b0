"""Text and what is written as text: names, remarks, e-mail addresses, mobile numbers."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from formkit.expressions.types import Text as TextType
from formkit.expressions.types import Type
from formkit.fields.base import JSON, Examples, FieldType, Finding, Moment, Options, OptionsInvalid, Own, Surroundings
from formkit.fields.clean import clean_line, clean_lines, narrow
from formkit.fields.patterns import compile_pattern, portable

Length = Annotated[int, Field(ge=0, le=1_000_000)]

_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･᛫⸱・", "\u00b7"))


class TextOptions(Options):
    """The keys of `text`."""

    min_length: Length = Field(0, description="The least number of characters.")
    max_length: Length = Field(200, description="The greatest number of characters.")
    pattern: str | None = Field(None, description="A regular expression (RE2) that the whole text must match.")
    kind: Literal["name"] | None = Field(None, description="name: a person's name; middle dots are written alike.")
    autocomplete: str | None = Field(None, description="What the browser may fill in, as `name` or `organization`.")


class LongTextOptions(Options):
    """The keys of `long_text`."""

    min_length: Length = Field(0, description="The least number of characters.")
    max_length: Length = Field(2000, description="The greatest number of characters.")
    lines: int = Field(5, ge=2, le=40, description="The height of the box.")


class _Written(FieldType[Own]):
    """A type whose values are clean one-line text."""

    def parse(self, raw: JSON) -> JSON:
        return clean_line(raw) or None

    def rule_type(self) -> Type:
        return TextType()

    @property
    def widget(self) -> str:
        return "input"


class TextField(_Written[TextOptions]):
    """One line of text."""

    name = "text"
    Options = TextOptions
    examples = (
        Examples(
            good=[("  张三 ", "张三"), ("e\u0301", "é"), ("李\u202e四", "李四")],
            bad=[(1, "wrong_type"), ("a\x00b", "unreadable_characters")],
        ),
        Examples({"kind": "name"}, good=[("买买提•艾力", "买买提·艾力"), ("阿依・古丽", "阿依·古丽")]),
        Examples(
            {"min_length": 2, "max_length": 3},
            good=[("𠮷野家", "𠮷野家")],
            bad=[("一", "too_short"), ("一二三四", "too_long")],
        ),
        Examples(
            {"pattern": r"[A-Z]{2}\d{3}"},
            good=[("AB123", "AB123")],
            bad=[("AB123\u0664", "wrong_format"), ("xAB123", "wrong_format")],
        ),
    )

    def __init__(self, options: TextOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        check_lengths(options.min_length, options.max_length)
        self._matches = compile_pattern(options.pattern)
        self._is_name = options.kind == "name"

    def parse(self, raw: JSON) -> JSON:
        text = clean_line(raw)
        return (text.translate(_MIDDLE_DOTS) if self._is_name and not text.isascii() else text) or None

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        found = judge_length(value, self.options.min_length, self.options.max_length)
        if found is None and self._matches is not None and self._matches(value) is None:
            found = Finding("wrong_format")
        return () if found is None else (found,)

    def json_schema(self) -> dict[str, JSON]:
        schema = length_schema(self.options.min_length, self.options.max_length)
        if portable(self.options.pattern):
            schema["pattern"] = f"^(?:{self.options.pattern})$"
        return schema

    def attributes(self) -> Mapping[str, str | int | bool]:
        attributes: dict[str, str | int | bool] = {"type": "text", "maxlength": self.options.max_length}
        autocomplete = self.options.autocomplete or ("name" if self._is_name else None)
        return attributes | ({"autocomplete": autocomplete} if autocomplete else {})


class LongTextField(FieldType[LongTextOptions]):
    """Text of several lines."""

    name = "long_text"
    Options = LongTextOptions
    examples = (
        Examples(
            good=[(" 一\r\n二\t三\u2028四\n", "一\n二\t三\n四")],
            bad=[([], "wrong_type"), ("a\x07", "unreadable_characters")],
        ),
        Examples({"max_length": 3}, good=[("a\r\nb", "a\nb")], bad=[("a\nbc", "too_long")]),
    )

    def __init__(self, options: LongTextOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        check_lengths(options.min_length, options.max_length)

    @property
    def widget(self) -> str:
        return "textarea"

    def parse(self, raw: JSON) -> JSON:
        return clean_lines(raw) or None

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        found = judge_length(value, self.options.min_length, self.options.max_length)
        return () if found is None else (found,)

    def rule_type(self) -> Type:
        return TextType()

    def json_schema(self) -> dict[str, JSON]:
        return length_schema(self.options.min_length, self.options.max_length)

    def attributes(self) -> Mapping[str, str | int | bool]:
        return {"rows": self.options.lines, "maxlength": self.options.max_length}


class EmailOptions(Options):
    """The keys of `email`."""

    max_length: int = Field(254, ge=6, le=254, description="The greatest number of characters.")


_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*").fullmatch
_DOMAIN = re.compile(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]").fullmatch


class EmailField(_Written[EmailOptions]):
    """An e-mail address; its domain may be in Chinese and is kept in lower case."""

    name = "email"
    Options = EmailOptions
    examples = (
        Examples(
            good=[(" Li.Hua@Example.COM ", "Li.Hua@example.com"), ("a＠例子。中国", "a@例子.中国")],
            bad=[
                ("a@b", "wrong_email"),
                ("a@@b.cn", "wrong_email"),
                ("a@b.cn\r\nBcc: x@y.cn", "wrong_email"),
                ("a..b@c.cn", "wrong_email"),
                (f"{'a' * 65}@b.cn", "wrong_email"),
                (f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.cn", "too_long"),
                (5, "wrong_type"),
            ],
        ),
    )

    def parse(self, raw: JSON) -> JSON:
        local, at, domain = narrow(clean_line(raw)).rpartition("@")
        return f"{local}{at}{domain.lower()}" or None

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        if len(value) > self.options.max_length:
            return (Finding("too_long", {"max": self.options.max_length, "length": len(value)}),)
        return () if _is_email(value) else (Finding("wrong_email"),)

    def json_schema(self) -> dict[str, JSON]:
        # Not `format: email`: that knows no Chinese domains.
        return {"type": "string", "minLength": 3, "maxLength": self.options.max_length, "pattern": r"^\S+@\S+\.\S+$"}

    def attributes(self) -> Mapping[str, str | int | bool]:
        # Not type=email: browsers rewrite Chinese domains in it.
        limit = self.options.max_length
        return {
            "type": "text",
            "inputmode": "email",
            "autocomplete": "email",
            "spellcheck": "false",
            "maxlength": limit,
        }


_MOBILE = re.compile(r"1[3-9][0-9]{9}").fullmatch
_MOBILE_SIGNS = str.maketrans("", "", " -()")


class MobileField(_Written[Options]):
    """A mobile number of the Chinese mainland, eleven digits."""

    name = "mobile"
    examples = (
        Examples(
            good=[
                ("13800138000", "13800138000"),
                ("+86 138-0013-8000", "13800138000"),
                ("００８６１３８００１３８０００", "13800138000"),
                ("8613800138000", "13800138000"),
            ],
            bad=[("12800138000", "wrong_mobile"), ("1380013800", "wrong_mobile"), (13800138000, "wrong_type")],
        ),
    )

    def parse(self, raw: JSON) -> JSON:
        text = narrow(clean_line(raw))
        if _MOBILE(text):
            return text
        digits = text.translate(_MOBILE_SIGNS)
        for prefix in ("+86", "0086", "86"):
            if _MOBILE(digits.removeprefix(prefix)):
                return digits.removeprefix(prefix)
        return text or None

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        return () if _MOBILE(value) else (Finding("wrong_mobile"),)

    def json_schema(self) -> dict[str, JSON]:
        return {"type": "string", "pattern": "^1[3-9][0-9]{9}$"}

    def attributes(self) -> Mapping[str, str | int | bool]:
        return {"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"}


def check_lengths(least: int, most: int) -> None:
    """Refuses limits of which the lower is above the upper."""
    if least > most:
        raise OptionsInvalid("limits-crossed", "min_length", min=least, max=most)


def judge_length(value: str, least: int, most: int) -> Finding | None:
    """What is wrong with the number of characters (code points), if anything."""
    length = len(value)
    if length > most:
        return Finding("too_long", {"max": most, "length": length})
    if length < least:
        return Finding("too_short", {"min": least, "length": length})
    return None


def length_schema(least: int, most: int) -> dict[str, JSON]:
    """The JSON Schema of text with these limits; there is no empty value."""
    return {"type": "string", "minLength": max(least, 1), "maxLength": most}


def _is_email(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    if len(local) > 64 or not _LOCAL(local) or not _DOMAIN(domain):
        return False
    try:
        return domain.isascii() or len(domain.encode("idna")) <= 253
    except UnicodeError:
        return False
