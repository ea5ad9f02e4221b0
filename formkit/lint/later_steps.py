"""Rules that read what is asked only on a later step."""

from collections.abc import Iterator
from functools import cached_property

from formkit.diagnostics import Diagnostic, Place, Severity
from formkit.explain.uses import names_read
from formkit.expressions import Rule
from formkit.form import Condition, Form, Step
from formkit.lint.rule import Linted, LintRule


def reads_later_step(linted: Linted) -> Iterator[Diagnostic]:
    """Rules that read what is asked only on a later step: while a person fills in, it is still blank."""
    form, known = linted.form, _Known(linted.form)
    for path, rule, place, holder in _read(linted):
        here = _step_of(form, path)
        if here is None:
            continue
        for name in sorted(names_read(rule, holder), key=lambda each: form.reading_position.get(each, 0)):
            late = known.step(name)
            if late > known.number[here.id]:
                params = {
                    "name": linted.look.name(path),
                    "read": linted.look.name(name),
                    "here": here.title,
                    "later": form.steps[late].title,
                }
                yield Diagnostic("reads-later-step", place, params, Severity.WARNING)
                break


def _read(linted: Linted) -> Iterator[tuple[str, Rule, Place, str]]:
    """Every rule that counts before the form is whole: the part it stands at, its place, the rows it belongs to."""
    for written in linted.look.conditions:
        if written.about not in ("check", "transition"):
            yield written.path, written.condition.rule, written.place, written.holder
    for check in linted.look.checks:
        for rule in (check.check.when, check.check.rule):
            if rule is not None and check.place is not None and check.path:
                yield check.path, rule, check.place, check.holder


def _step_of(form: Form, path: str) -> Step | None:
    """The step a part stands in; None where it stands in none."""
    top = path.partition("/")[0] if "/" in path else form.step_of.get(path.partition(".")[0], "")
    return form.steps_by_id.get(top)


class _Known:
    """From which step on a value is known."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._steps: dict[str, int] = {}

    @cached_property
    def number(self) -> dict[str, int]:
        """A step's id → its number, from 0."""
        return {step.id: number for number, step in enumerate(self._form.steps)}

    def step(self, name: str) -> int:
        """The number of the step after which a name is known; a value worked out is so once what it reads is."""
        field = self._form.fields.get(name)
        if field is None or field.lock.always:  # facts, what is on record
            return 0
        if name not in self._steps:
            self._steps[name] = 0  # a column may ask for another row's
            rule = field.calculation.rule if field.calculation and not field.calculation.condition else None
            if rule is None:
                self._steps[name] = self.number[self._form.step_of[name.partition(".")[0]]]
            else:
                read = (rule, *_rules(field.visible))
                self._steps[name] = max((self.step(n) for each in read for n in self._names(each, name)), default=0)
        return self._steps[name]

    def _names(self, rule: Rule, path: str) -> frozenset[str]:
        return names_read(rule, path.rpartition(".")[0])


def _rules(condition: Condition | None) -> tuple[Rule, ...]:
    return (condition.rule,) if condition is not None else ()


_HEAD = """\
form: visit
title: 参观登记
edition: 2025-01-01
steps:
  visitor:
    title: 参观人
    fields:
      name: {type: text, label: 姓名, required: true}
"""

READS_LATER_STEP = LintRule(
    "reads-later-step",
    reads_later_step,
    passing=_HEAD
    + """\
      group: {type: yes_no, label: 是否团体, required: true}
  plan:
    title: 安排
    fields:
      size: {type: integer, min: 1, max: 200, label: 人数, visible_when: group, required: true}
""",
    failing=_HEAD
    + """\
      size: {type: integer, min: 1, max: 200, label: 人数, visible_when: group, required: true} # <-
  plan:
    title: 安排
    fields:
      group: {type: yes_no, label: 是否团体, required: true}
""",
)
