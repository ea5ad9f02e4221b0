"""A field type of your own: one class, here, and one template, `custom_field_theme/widgets/postal_code.html`.

Run `python examples/custom_field.py` to see it read answers, refuse some, and draw itself.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import Field

import formkit
from formkit.expressions.types import Text, Type
from formkit.fields import FIELD_TYPES, Examples, FieldType, Finding, Moment, Options, Refused
from formkit.fields.clean import clean_line, narrow
from formkit.renderers import DEFAULT_THEME, RENDERERS, HtmlRenderer, Theme

SIX_DIGITS = re.compile(r"[0-9]{6}").fullmatch


class PostalCodeOptions(Options):
    """The type's own keys in the YAML; unknown keys and wrong values become diagnostics with line and column."""

    starts_with: str = Field(
        "", pattern="^[0-9]{0,6}$", description="The digits it must begin with, as 51 for Guangdong."
    )


class PostalCode(FieldType[PostalCodeOptions]):
    """A Chinese postal code."""

    name = "postal_code"  # what is written after `type:`, and the name of its template
    Options = PostalCodeOptions
    examples = (
        Examples(good=[("510030", "510030"), ("５１００３０", "510030")], bad=[("51003", "wrong_postal_code")]),
        Examples({"starts_with": "51"}, good=[("510030", "510030")], bad=[("100000", "wrong_region")]),
    )

    def parse(self, raw: object) -> str | None:
        code = narrow(clean_line(raw)).replace(" ", "")
        if code and not SIX_DIGITS(code):
            raise Refused("wrong_postal_code")
        return code or None

    def check(self, value: str, moment: Moment) -> Iterable[Finding]:  # noqa: ARG002 - a calm type needs no day
        return () if value.startswith(self.options.starts_with) else (Finding("wrong_region"),)

    def rule_type(self) -> Type:
        return Text()

    def json_schema(self) -> dict[str, object]:
        return {"type": "string", "pattern": f"^(?={self.options.starts_with})[0-9]{{6}}$"}

    def attributes(self) -> Mapping[str, str | int | bool]:
        return {"type": "text", "inputmode": "numeric", "autocomplete": "postal-code"}


FORM = """\
form: address
title: 通讯地址
edition: 2026-01-01
steps:
  address:
    title: 地址
    fields:
      postal_code:
        type: postal_code
        label: 邮政编码
        starts_with: "51"
        required: true
        messages:
          wrong_postal_code: 邮政编码是六位数字，请检查。
          wrong_region: 这不是广东省的邮政编码，请检查。
"""

FIELDS = FIELD_TYPES.extended([PostalCode])
THEME = Theme(Path(__file__).with_name("custom_field_theme"), fallback=DEFAULT_THEME)
RENDERERS_WITH_THEME = RENDERERS.extended({"html": HtmlRenderer(THEME)})


def main() -> None:
    """Loads a form with the new type, judges an answer, draws the page."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "address.yaml")
        path.write_text(FORM, "utf-8")
        form = formkit.load(path, field_types=FIELDS)
    answers = {"postal_code": "100000"}
    result = formkit.validate(form, answers, today="2026-11-23")
    for issue in result.issues:
        print(issue.path, issue.code, issue.message.in_("zh") if issue.message else "")
    print(
        formkit.render(
            form, "address", answers, today="2026-11-23", issues=result.issues, renderers=RENDERERS_WITH_THEME
        )
    )


if __name__ == "__main__":
    main()
