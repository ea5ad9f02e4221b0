"""What depends on a field or a fact: every rule that reads it, and every rule that reads what follows from those."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from formkit.diagnostics import Place
from formkit.explain.reasons import Use
from formkit.expressions import Rule
from formkit.expressions.ir import Node
from formkit.form import Check, Condition, Field, Form, Section, Step

_LOOPS = frozenset({"any", "all", "count", "sum", "min", "max", "unique"})
_CARRIES_ON = frozenset({"visible", "locked", "value"})
"""What may change a value when it changes."""


class Uses:
    """Who reads what in a form, found once."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._read = tuple(_reads(form))

    def of(self, path: str) -> tuple[Use, ...]:
        """Every use of a definition path, of what is inside it, or of a fact (`facts.x`); nearest first."""
        found: dict[tuple[str, str, str, Place], Use] = {}
        ahead, seen = [path], {path}
        while ahead:
            asked = ahead.pop(0)
            for use in self._read:
                if not _is_about(self._form, asked, use.reads):
                    continue
                through = "" if asked == path else asked
                found.setdefault((use.what, use.path, use.reads, use.place), replace(use, through=through))
                news = [n for n in _changed_by(self._form, use) if n not in seen] if use.what in _CARRIES_ON else []
                seen.update(news)
                ahead.extend(news)
        return tuple(found.values())


def names_read(rule: Rule, holder: str = "") -> frozenset[str]:
    """The definition paths, `facts.x` and `record.x` a rule reads, columns in loops too; it belongs to `holder`."""
    return frozenset(_read(rule.tree, {"row": holder}))


@dataclass(frozen=True, slots=True)
class _Written:
    """A rule of the form: what it decides, of what, where it stands, and the group or rows it belongs to."""

    what: str
    path: str
    rule: Rule
    place: Place
    holder: str = ""


def _reads(form: Form) -> Iterator[Use]:
    for written in _written(form):
        for name in sorted(names_read(written.rule, written.holder)):
            yield Use(written.what, written.path, name, written.place)
    for field in form.fields.values():
        holder = field.path.rpartition(".")[0]
        for sibling in field.type.depends():
            beside = f"{holder}.{sibling}" if f"{holder}.{sibling}" in form.fields else sibling
            yield Use("type", field.path, beside, field.place)


def _is_about(form: Form, asked: str, name: str) -> bool:
    """Whether a name read is what was asked about, or a part of it; `record.x` is what x was before."""
    if asked.startswith("facts."):
        return name == asked
    known = name.removeprefix("record.")
    return known == asked or (known.startswith(f"{asked}.") and asked in form.fields)


def _changed_by(form: Form, use: Use) -> Iterator[str]:
    """The fields whose value may follow from a use."""
    if "/" not in use.path:
        yield from (path for path in form.fields if path == use.path or path.startswith(f"{use.path}."))
        return
    step_id, _, section_id = use.path.partition("/")
    for section in form.steps_by_id[step_id].sections:
        if not section_id or section.id == section_id:
            for field in section.fields:
                yield field.path
                yield from (inner.path for inner in field.fields)


def _written(form: Form) -> Iterator[_Written]:
    for step in form.steps:
        yield from _of_part(f"{step.id}/", step)
        for section in step.sections:
            yield from _of_part(f"{step.id}/{section.id}", section)
            for field in section.fields:
                yield from _of_field(field, "")
        yield from _checks(step.checks, f"{step.id}/", "")
    yield from _checks(form.checks, "", "")
    for transition in form.workflow.transitions.values() if form.workflow else ():
        if transition.when is not None:
            yield _Written("transition", transition.id, transition.when, transition.place)


def _of_part(path: str, part: Step | Section) -> Iterator[_Written]:
    yield from _condition("visible", path, part.visible, part.place, "")


def _of_field(field: Field, holder: str) -> Iterator[_Written]:
    path, place = field.path, field.place
    yield from _condition("visible", path, field.visible, place, holder)
    yield from _condition("required", path, field.required.condition, place, holder)
    yield from _condition("locked", path, field.lock.condition, place, holder)
    if field.calculation is not None:
        yield _Written("value", path, field.calculation.rule, field.calculation.place or place, holder)
        yield from _condition("value", path, field.calculation.condition, place, holder)
    for hint in field.hints:
        if hint.rule is not None:
            yield _Written("hint", path, hint.rule, hint.place or place, holder)
    yield from _checks(field.checks, path, path if field.fields and not field.type.max_rows else holder)
    for inner in field.fields:
        yield from _of_field(inner, path)


def _condition(what: str, path: str, condition: Condition | None, place: Place, holder: str) -> Iterator[_Written]:
    if condition is not None:
        yield _Written(what, path, condition.rule, condition.place or place, holder)


def _checks(checks: Iterable[Check], path: str, holder: str) -> Iterator[_Written]:
    for check in checks:
        for rule in (check.rule, check.when):
            if rule is not None and check.place is not None:
                yield _Written("check", path, rule, check.place, holder)


def _read(part: Any, bases: Mapping[str | int, str]) -> Iterator[str]:
    if isinstance(part, tuple):
        for each in part:
            yield from _read(each, bases)
    elif isinstance(part, Node) and part.op == "get":
        yield _name(part, bases)
    elif isinstance(part, Node):
        args = part.args
        if part.op in _LOOPS and isinstance(args[0], Node) and args[0].op == "get":
            bases = {**bases, args[1]: _name(args[0], bases)}
        yield from _read(args, bases)


def _name(node: Node, bases: Mapping[str | int, str]) -> str:
    where, path = node.args
    if where == "values":
        return ".".join(path)
    base = bases.get(where, where)
    return ".".join((str(base), *path))
