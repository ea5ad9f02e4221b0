"""Problems of rules in the words of the author: names as people call things, dates as people write them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from formkit.compiler.reporting import Reporter
from formkit.expressions import Problem, Scope
from formkit.locales import sentence
from formkit.texts import LANGUAGES, Text

_BARE_DAY = re.compile(r"(?<![\d'\"])\d{4}-\d{2}-\d{2}(?![\d'\"])")

# What RE2 says → what our sentence says.
_PATTERN_REASONS = {
    "missing ]": "wrong-pattern.bracket",
    "missing )": "wrong-pattern.bracket",
    "missing closing ]": "wrong-pattern.bracket",
    "missing closing )": "wrong-pattern.bracket",
    "unexpected )": "wrong-pattern.bracket",
    "no argument for repetition": "wrong-pattern.repeat",
    "bad repetition": "wrong-pattern.repeat",
    "invalid repetition": "wrong-pattern.repeat",
    "invalid character class range": "wrong-pattern.range",
    "invalid escape": "wrong-pattern.escape",
    "trailing \\": "wrong-pattern.escape",
    "invalid perl operator": "wrong-pattern.look-around",
}


def reworded(problems: Iterable[Problem], text: str, scope: Scope, reporter: Reporter) -> Iterator[Problem]:
    """The problems worth telling: without those that only follow from a field that could not be made."""
    told: set[int] = set()
    for problem in problems:
        day = next((d for d in _BARE_DAY.finditer(text) if d.start() <= problem.start < d.end()), None)
        if problem.code == "leading-zero" and day:
            if day.start() not in told:
                yield Problem("date-in-quotes", day.start(), day.end(), {"mend": f"date('{day.group()}')"})
            told.add(day.start())
        elif not _follows(problem.params, reporter):
            yield replace(problem, code=_code(problem, scope), params=named(problem.code, problem.params, reporter))


def named(code: str, params: Mapping[str, object], reporter: Reporter) -> Mapping[str, object]:
    """The params, asking for the id where a label was written."""
    if code == "unknown-name":
        id_ = reporter.labels.get(str(params["name"]))
        return {**params, "near": _did_you_mean(id_)} if id_ else params
    if code == "unknown-choice":
        possible = _called(str(params["value"]), str(params["known"]).split(", "), reporter)
        return {**params, "near": _did_you_mean(possible[0])} if possible else params
    return params


def _follows(params: Mapping[str, object], reporter: Reporter) -> bool:
    return bool({str(params.get(word, "")) for word in ("name", "part", "rows")} & reporter.broken)


def _code(problem: Problem, scope: Scope) -> str:
    name = problem.params.get("name") if problem.code == "unknown-name" else None
    forgot = name == "today" or (isinstance(name, str) and name in scope.functions)
    return "function-without-brackets" if forgot else problem.code


def _called(label: str, values: list[str], reporter: Reporter) -> list[str]:
    """Which of the values people call so."""
    choices = (choices for each in reporter.choice_lists if (choices := each.by_value).keys() >= set(values[:1]))
    return [v for each in choices for v in values if v in each and label in each[v].label.values()]


def _did_you_mean(word: str) -> Text:
    return Text({"zh": f"是不是 {word}？", "en": f"Did you mean {word}?"})


def pattern_reason(reason: str) -> Text:
    """Why a pattern does not compile, in every language."""
    code = next((code for words, code in _PATTERN_REASONS.items() if reason.startswith(words)), "wrong-pattern.other")
    return Text({language: sentence("diagnostics", code, {}, language) for language in LANGUAGES})
