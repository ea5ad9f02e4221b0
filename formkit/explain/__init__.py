"""Why: how a step, a section, a field or a fact stands for some answers, each decision traced to its line of YAML."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from formkit.diagnostics import Place
from formkit.errors import UnknownName
from formkit.evaluation import Evaluation, evaluate
from formkit.explain.because import Because
from formkit.explain.deciding import Claim
from formkit.explain.reasons import (
    About,
    Decision,
    Explanation,
    Ground,
    Operand,
    Origin,
    Reason,
    Refusal,
    RowReason,
    Use,
    Value,
    values_in,
)
from formkit.explain.uses import Uses
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Check, Field, Form
from formkit.issues import Issue
from formkit.validation import judge

__all__ = [
    "About",
    "Decision",
    "Explaining",
    "Explanation",
    "Ground",
    "Operand",
    "Origin",
    "Reason",
    "Refusal",
    "RowReason",
    "Use",
    "Uses",
    "Value",
    "explain",
    "values_in",
]


def explain(
    form: Form,
    path: str,
    answers: Mapping[str, JSON],
    *,
    record: Mapping[str, JSON] | None = None,
    facts: Mapping[str, JSON] | None = None,
    today: date | str,
) -> Explanation:
    """How what is at `path` stands for these answers, and why.

    A path is that of a field (`email`, `school.level`, `awards.r2.name`), of a step (`work`, or `work/` where a field
    has that name too), of a section (`work/school`), or `facts.x`. Raises `UnknownName` if there is no such place.
    """
    return Explaining(evaluate(form, answers, record=record, facts=facts, today=today)).at(path)


class Explaining:
    """The explanations of one evaluation; `issues` are those of its judgement unless they are given."""

    def __init__(self, evaluation: Evaluation, issues: Sequence[Issue] | None = None) -> None:
        self.evaluation, self.form = evaluation, evaluation.form
        self._because = Because(evaluation)
        self._issues = judge(evaluation).issues if issues is None else issues

    @cached_property
    def _uses(self) -> Uses:
        return Uses(self.form)

    def at(self, path: str, *, with_uses: bool = True) -> Explanation:
        """The explanation of one path."""
        if path.startswith("facts."):
            return self._fact(path)
        field = self.form.field_at(path)
        if field is not None:
            self._require_row(path, field)
            return self._field(path, field, self._uses.of(field.path) if with_uses else ())
        return self._part(path)

    def hidden(self) -> Iterator[str]:
        """The paths of what is hidden, outermost first: steps as `work/`, sections as `work/school`, fields."""
        for step in self.form.steps:
            if not self._because.step(step).outcome:
                yield f"{step.id}/"
                continue
            for section in step.sections:
                if not self._because.section(step, section).outcome:
                    yield f"{step.id}/{section.id}"
                    continue
                for field in section.fields:
                    yield from self._hidden_fields(field)

    def _hidden_fields(self, field: Field) -> Iterator[str]:
        if not self._because.visible(field.path).outcome:
            yield field.path
            return
        for holder in self._holders(field):
            inner = (f"{holder}.{each.id}" for each in field.fields)
            yield from (path for path in inner if not self._because.visible(path).outcome)

    def _holders(self, field: Field) -> Iterator[str]:
        if field.shape is Shape.GROUP:
            yield field.path
        elif field.shape is Shape.ROWS:
            yield from (f"{field.path}.{row[ROW_ID]}" for row in self.evaluation.row_values.get(field.path, ()))

    def _require_row(self, path: str, field: Field) -> None:
        """A column stands in a row: refuses the path of one that names none of those there."""
        top = path.partition(".")[0]
        rows = self.evaluation.row_values.get(top)
        if field.path == top or self.form.fields[top].shape is not Shape.ROWS:
            return
        known = tuple(f"{top}.{row[ROW_ID]}.{field.id}" for row in rows or ())
        if path == field.path or (rows is not None and path not in known):
            raise UnknownName("row", path, known)

    def _field(self, path: str, field: Field, used_by: tuple[Use, ...]) -> Explanation:
        because = self._because
        return Explanation(
            "field",
            path,
            field.label,
            field.place,
            visible=because.visible(path),
            required=because.required(path),
            locked=because.locked(path),
            calculated=because.calculated(path),
            value=because.value(path) if field.shape is not Shape.NOTE else None,
            refused=tuple(self._refusal(issue) for issue in self._issues if issue.path == path),
            used_by=used_by,
        )

    def _part(self, path: str) -> Explanation:
        name, _, section_id = path.partition("/")
        step = self.form.steps_by_id.get(name)
        section = next((each for each in step.sections if each.id == section_id), None) if step else None
        if step is None or (section_id and section is None):
            sections = (f"{each}" for each in sorted(self.form.section_keys) if not each.endswith("/"))
            raise UnknownName("path", path, (*self.form.fields, *self.form.steps_by_id, *sections))
        part = section if section_id and section else step
        decision = self._because.section(step, section) if section_id and section else self._because.step(step)
        inside = {field.id for field in part.fields}
        issues = (issue for issue in self._issues if issue.path.partition(".")[0] in inside)
        return Explanation(
            "section" if section_id else "step",
            path if section_id else f"{step.id}/",
            part.title or step.title,
            part.place,
            visible=decision,
            refused=tuple(self._refusal(issue) for issue in issues),
        )

    def _fact(self, path: str) -> Explanation:
        name = path.removeprefix("facts.")
        if name not in self.form.facts:
            raise UnknownName("path", path, tuple(f"facts.{each}" for each in self.form.facts))
        value = self._because.read(path, self.evaluation.context.facts[name])
        return Explanation("fact", path, self.form.facts[name].label, None, value=value, used_by=self._uses.of(path))

    def _refusal(self, issue: Issue) -> Refusal:
        because, field = self._because, self.form.field_at(issue.path)
        if issue.code == "check" and issue.place is not None:
            return Refusal(issue, self._broken(issue, issue.place))
        if field is None:
            return Refusal(issue)
        decisions = {"required": because.required, "hidden": because.visible, "locked": because.locked}
        decisions["calculated"] = decisions["calculated_blank"] = because.calculated
        found = decisions.get(issue.code)
        return Refusal(issue, found(issue.path) if found else None)

    def _broken(self, issue: Issue, place: Place) -> Decision | None:
        for check, owner in self._checks():
            if check.place == place:
                holder = _holder_of(owner, issue.path)
                reason = self._because.reason(check.rule, Claim(False, True), holder)
                when = self._because.reason(check.when, Claim(True, True), holder) if check.when else None
                because = (
                    (Decision(About.CHECK, issue.path, True, Ground.RULE, place, check.when.text, when),)
                    if check.when
                    else ()
                )
                return Decision(About.CHECK, issue.path, False, Ground.RULE, place, check.rule.text, reason, because)
        return None

    def _checks(self) -> Iterator[tuple[Check, Field | None]]:
        yield from ((check, None) for check in self.form.checks)
        yield from ((check, None) for step in self.form.steps for check in step.checks)
        yield from ((check, field) for field in self.form.fields.values() for check in field.checks)


def _holder_of(owner: Field | None, path: str) -> str:
    """The group or row whose values a check of `owner` reads, told at an instance path."""
    if owner is None:
        return ""
    if owner.shape is Shape.GROUP:
        return owner.path
    holder = owner.path.rpartition(".")[0]
    return path.rpartition(".")[0] if holder else ""
