"""Choices that are never offered, and those no longer offered that a rule still names."""

from collections.abc import Iterator

from formkit.choices import Choice, ChoiceList
from formkit.diagnostics import Diagnostic, Place, Severity
from formkit.expressions import Choice as ChoiceType
from formkit.expressions import Choices, Rule
from formkit.expressions.ir import Node, parts
from formkit.form import Form
from formkit.lint.rule import Linted, LintRule


def never_offered(linted: Linted) -> Iterator[Diagnostic]:
    """Choices whose days, with those of the choices above them, leave no day."""
    for listed in linted.form.choices.values():
        for value, choice in listed.by_value.items():
            first, last = _span(listed, value)
            if choice.place is not None and first is not None and last is not None and first > last:
                params = {"choice": choice.label, "since": first, "until": last}
                yield Diagnostic("choice-never-offered", choice.place, params, Severity.WARNING)


def retired_named(linted: Linted) -> Iterator[Diagnostic]:
    """Rules that name a choice which was gone before the edition came into force."""
    form = linted.form
    for rule, place in _rules(linted):
        for value, kind in _named(rule.tree):
            choice = _retired(form, value, kind)
            if choice is not None:
                params = {"choice": choice.label, "value": value, "until": choice.until}
                yield Diagnostic("retired-choice-named", place, params, Severity.WARNING)


def _span(listed: ChoiceList, value: str) -> tuple[str | None, str | None]:
    chain = listed.ancestry(value)
    first = max((choice.since for choice in chain if choice.since is not None), default=None)
    return first, min((choice.until for choice in chain if choice.until is not None), default=None)


def _rules(linted: Linted) -> Iterator[tuple[Rule, Place]]:
    yield from ((written.condition.rule, written.place) for written in linted.look.conditions)
    yield from ((written.check.rule, written.place) for written in linted.look.checks)


def _named(tree: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts a rule compares with, each with the choices it stands among."""
    for node in parts(tree):
        if node.op in ("==", "!=", "has"):
            for value, other in (node.args, node.args[::-1]):
                if value.op == "const" and isinstance(other.type, ChoiceType | Choices):
                    yield value.args[0], other.type.values
        elif node.op == "in" and isinstance(node.args[0].type, ChoiceType):
            yield from ((value, node.args[0].type.values) for value in node.args[1])


def _retired(form: Form, value: str, values: tuple[str, ...]) -> Choice | None:
    """The choice, if every list of the form that it can be of has it no more."""
    lists = [listed for listed in form.choices.values() if listed.leaves == set(values)]
    chains = [listed.ancestry(value) for listed in lists]
    gone = [[each for each in chain if each.until is not None and each.until < form.edition] for chain in chains]
    return gone[0][-1] if gone and all(gone) else None


CHOICE_NEVER_OFFERED = LintRule(
    "choice-never-offered",
    never_offered,
    passing="""\
form: visit
title: 参观登记
edition: 2025-01-01
choices:
  hall:
    east: {label: 东区, until: 2026-12-31, children: {e1: 一号馆, e2: {label: 二号馆, since: 2026-07-01}}}
    west: {label: 西区, children: {w1: 三号馆}}
steps:
  one:
    title: 登记
    fields:
      hall: {type: choice, label: 展馆, choices: hall}
""",
    failing="""\
form: visit
title: 参观登记
edition: 2025-01-01
choices:
  hall:
    east:
      label: 东区
      until: 2026-12-31
      children:
        e1: 一号馆
        e2: {label: 二号馆, since: 2027-07-01} # <-
    west: {label: 西区, children: {w1: 三号馆}}
steps:
  one:
    title: 登记
    fields:
      hall: {type: choice, label: 展馆, choices: hall}
""",
)

_HALLS = """\
form: visit
title: 参观登记
edition: 2025-01-01
choices:
  hall:
    old: {label: 旧馆, until: 2020-12-31}
    east: 东馆
    west: 西馆
steps:
  one:
    title: 登记
    fields:
      hall: {type: choice, label: 展馆, choices: hall, required: true}
"""

RETIRED_CHOICE_NAMED = LintRule(
    "retired-choice-named",
    retired_named,
    passing=_HALLS
    + """\
      guide: {type: yes_no, label: 要不要讲解, visible_when: {hall: [east, west]}}
""",
    failing=_HALLS
    + """\
      guide: {type: yes_no, label: 要不要讲解, visible_when: {hall: [old, east]}} # <-
""",
)
