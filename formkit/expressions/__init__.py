"""The rule language: text in a scope → typed, compiled, exportable rules; it knows nothing of forms."""

from formkit.expressions.functions import BUILT_IN, RuleFunction
from formkit.expressions.problems import Problem, ShortProblem
from formkit.expressions.rule import Rule, parse_rule
from formkit.expressions.runtime import UNKNOWN, UNKNOWN_MARK, Context
from formkit.expressions.scan import RESERVED_WORDS
from formkit.expressions.scope import Scope
from formkit.expressions.short_form import parse_short_form
from formkit.expressions.types import (
    FILE_COLUMNS,
    Choice,
    Choices,
    Date,
    File,
    Group,
    Month,
    Number,
    Rows,
    Text,
    Type,
    YesNo,
)

__all__ = [
    "BUILT_IN",
    "FILE_COLUMNS",
    "RESERVED_WORDS",
    "UNKNOWN",
    "UNKNOWN_MARK",
    "Choice",
    "Choices",
    "Context",
    "Date",
    "File",
    "Group",
    "Month",
    "Number",
    "Problem",
    "Rows",
    "Rule",
    "RuleFunction",
    "Scope",
    "ShortProblem",
    "Text",
    "Type",
    "YesNo",
    "parse_rule",
    "parse_short_form",
]
