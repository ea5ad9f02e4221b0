"""The page of the functions that rules may call."""

from collections.abc import Iterator

from docs.generating.markdown import code, page, table, value
from formkit.expressions import BUILT_IN, Choice, RuleFunction, Type

_ABOUT = """\
What a rule may call besides [the language itself](rule-language.md). A blank argument makes the answer blank before the
function is asked. Each example is a test that the server and the browser both pass."""


def rule_functions() -> str:
    """Every function with its signature and its vectors."""
    return page("Rule functions", _ABOUT, *(part for found in BUILT_IN.values() for part in _section(found)))


def signature(function: RuleFunction) -> str:
    """`age_on(a date, a date) → a number`."""
    given = ", ".join(_called(each) for each in function.parameters)
    return f"{function.name}({given}) → {_type(function.result)}"


def _called(parameter: Type | tuple[Type, ...]) -> str:
    several = parameter if isinstance(parameter, tuple) else (parameter,)
    return " or ".join(_type(each) for each in several)


def _type(found: Type) -> str:
    words = found.called.in_("en")
    return f"{words} of {', '.join(found.values)}" if isinstance(found, Choice) else words


def _section(function: RuleFunction) -> Iterator[str]:
    yield f"## {function.name}"
    yield code(signature(function))
    yield (function.python.__doc__ or "").strip().partition("\n")[0] if function.python is not len else ""
    yield "" if function.browser else "Rules that call it wait for the server."
    yield table(
        ("Given", "Answer"), ((", ".join(map(value, given)), _answer(gives)) for given, gives in function.vectors)
    )


def _answer(gives: object) -> str:
    return "blank" if gives is None else value(gives)
