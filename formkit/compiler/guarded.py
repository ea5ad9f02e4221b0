"""What of a form is guarded by `national: true`: what is marked, what is in it, and what its rules read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from formkit.expressions import Rule
from formkit.form import Check, Condition, Form, Section, Step
from formkit.texts import Text


@dataclass(frozen=True)
class HeldCheck:
    """A guarded check and what holds it: a field's path, a step's id with a slash, or nothing for the form."""

    check: Check
    holder: str


@dataclass(frozen=True)
class Read:
    """A field that guarded rules read: `by` is what people call their field, `decides` whether one is a condition."""

    by: Text
    decides: bool


@dataclass
class Guarded:
    """The guarded parts of a form."""

    form: Form
    read: dict[str, Read] = field(default_factory=dict)
    facts: dict[str, Text] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in self.form.fields:
            if path in self.marked:
                self._read_for(path)
        for held in self.checks:
            self._read_by_check(held)

    def __bool__(self) -> bool:
        return bool(self.form.national or self.marked or self.steps or self.checks or self.lists)

    @cached_property
    def shown(self) -> Mapping[str, tuple[Condition | None, ...]]:
        """A field's path → the conditions it shows under."""
        return shown_by(self.form)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are marked, or whose form is."""
        return tuple(step for step in self.form.steps if step.national or self.form.national)

    @cached_property
    def sections(self) -> tuple[tuple[Step, Section], ...]:
        """The sections that are marked, or whose step or form is, each with its step."""
        return tuple(
            (step, section)
            for step in self.form.steps
            for section in step.sections
            if section.id and (section.national or step in self.steps)
        )

    @cached_property
    def marked(self) -> frozenset[str]:
        """The paths of the fields that are marked, or that stand in what is."""
        return frozenset(self._marked())

    def _marked(self) -> Iterator[str]:
        for step in self.form.steps:
            for section in step.sections:
                for outer in section.fields:
                    whole = self.form.national or step.national or section.national or outer.national
                    yield from (each.path for each in (outer, *outer.fields) if whole or each.national)

    @cached_property
    def checks(self) -> tuple[HeldCheck, ...]:
        """The checks that are marked, or that stand in what is."""
        return tuple(self._checks())

    def _checks(self) -> Iterator[HeldCheck]:
        for path, each in self.form.fields.items():
            yield from _held(each.checks, path, whole=path in self.marked)
        for step in self.form.steps:
            yield from _held(step.checks, f"{step.id}/", whole=step in self.steps)
        yield from _held(self.form.checks, "", whole=self.form.national)

    @cached_property
    def lists(self) -> frozenset[str]:
        """The choice lists that are marked, or whose form is."""
        return frozenset(name for name, each in self.form.choices.items() if each.national or self.form.national)

    def _read_for(self, path: str) -> None:
        """What decides about a marked field."""
        marked = self.form.fields[path]
        conditions = (*self.shown[path], marked.required.condition, marked.lock.condition)
        self._read(marked.label, path, _rules(*conditions), decides=True)
        if marked.calculation is not None:
            self._read(marked.label, path, [marked.calculation.rule], decides=False)
            self._read(marked.label, path, _rules(marked.calculation.condition), decides=True)
        for sibling in marked.type.depends():
            self._read_path(marked.label, _beside(path, sibling), decides=True)
        if "." in path:
            self._read_path(marked.label, path.partition(".")[0], decides=False)

    def _read_by_check(self, held: HeldCheck) -> None:
        holder = self.form.fields.get(held.holder)
        by = holder.label if holder is not None else held.check.message
        self._read(by, held.holder, [held.check.rule], decides=False)
        self._read(by, held.holder, [held.check.when] if held.check.when else [], decides=True)
        if holder is not None and holder.path not in self.marked:
            self._read_path(by, holder.path, decides=False)

    def _read(self, by: Text, path: str, rules: Iterable[Rule], *, decides: bool) -> None:
        for name in (name for rule in rules for name in rule.names):
            first, _, rest = name.partition(".")
            if first == "facts":
                self.facts.setdefault(rest, by)
            elif first == "row":
                inner = f"{path}.{rest}"
                self._read_path(by, inner if inner in self.form.fields else _beside(path, rest), decides=decides)
            elif first == "record":
                self._read_path(by, rest, decides=False)  # what is on record was answered before
            else:
                self._read_path(by, name, decides=decides)

    def _read_path(self, by: Text, path: str, *, decides: bool) -> None:
        """A field that is read, and what decides about it in its turn."""
        while path and path not in self.form.fields:
            path = path.rpartition(".")[0]
        known = self.read.get(path)
        if not path or (known is not None and known.decides >= decides):
            return
        self.read[path] = Read(by, decides)
        found = self.form.fields[path]
        self._read(by, path, _rules(*self.shown[path]), decides=True)
        if found.calculation is not None:
            self._read(by, path, [found.calculation.rule], decides=False)
            self._read(by, path, _rules(found.calculation.condition), decides=True)
        for inner in found.fields:
            self._read_path(by, inner.path, decides=decides)


def shown_by(form: Form) -> dict[str, tuple[Condition | None, ...]]:
    """A field's path → the conditions it shows under: its step's, its section's, its group's, and its own."""
    found: dict[str, tuple[Condition | None, ...]] = {}
    for step in form.steps:
        for section in step.sections:
            for outer in section.fields:
                found[outer.path] = (step.visible, section.visible, outer.visible)
                found.update({inner.path: (*found[outer.path], inner.visible) for inner in outer.fields})
    return found


def _rules(*conditions: Condition | None) -> list[Rule]:
    return [condition.rule for condition in conditions if condition is not None]


def _held(checks: Iterable[Check], holder: str, *, whole: bool) -> Iterator[HeldCheck]:
    return (HeldCheck(check, holder) for check in checks if whole or check.national)


def _beside(path: str, id_: str) -> str:
    around = path.rpartition(".")[0]
    return f"{around}.{id_}" if around else id_
