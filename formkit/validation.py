"""Answers → Result: the values to keep, and everything there is to say of them, at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from formkit.acceptance import accept
from formkit.evaluation import (
    Evaluation,
    Instance,
    Setting,
    broken_check,
    context_of,
    evaluate,
    finding_issue,
    reading_order,
    recorded_value,
    worked_out_from_facts,
)
from formkit.fields.base import JSON, Moment, Shape
from formkit.form import ROW_ID, Check, Field, Form
from formkit.issues import Issue, Level


@dataclass(frozen=True, slots=True)
class Result:
    """What came of some answers: `values` to store (blank and hidden ones left out) and the issues."""

    values: dict[str, JSON]
    issues: tuple[Issue, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way: warnings and notices do not."""
        return all(issue.level is not Level.ERROR for issue in self.issues)


def validate(
    form: Form,
    answers: Mapping[str, JSON],
    *,
    record: Mapping[str, JSON] | None = None,
    facts: Mapping[str, JSON] | None = None,
    today: date | str,
    step: str | None = None,
    asked_again: Collection[str] = (),
) -> Result:
    """Judges answers (JSON, or texts as a browser posts them) by a form.

    With a record it is a change: absent answers mean what is on record, and only what changes is judged; what is
    `asked_again` (instance paths) must be answered anew. With `step`, only that step's issues are told.

    Raises `FactMissing` when a declared fact is not passed in.
    """
    if record is None and step is None:
        accepted = accept(form, answers, context_of(form, None, facts, today))
        if accepted is not None:
            values, issues = accepted
            return Result(values, tuple([_in_own_words(issue, form) for issue in issues]))
    evaluation = evaluate(form, answers, record=record, facts=facts, today=today, asked_again=asked_again)
    return judge(evaluation, step)


def judge(evaluation: Evaluation, step: str | None = None, *, untouched: bool = False) -> Result:
    """The result of answers that are settled; of a change, also of what it leaves as it is if `untouched`."""
    form = evaluation.form
    issues: list[Issue] = evaluation.issues + _Judgement(evaluation, untouched=untouched).issues()
    if step is not None:
        issues = [issue for issue in issues if form.step_of.get(issue.path.partition(".")[0], step) == step]
    if len(issues) > 1:
        issues.sort(key=lambda issue: reading_order(form, issue.path, evaluation.row_values))
    return Result(evaluation.kept_values, tuple(_in_own_words(issue, form) for issue in issues))


class _Judgement:
    """What there is to say of values that could be read; of a change, only of what it changes, or of all of it."""

    def __init__(self, evaluation: Evaluation, *, untouched: bool = False) -> None:
        self.evaluation, self.form = evaluation, evaluation.form
        self.values, self.context = evaluation.values, evaluation.context
        self.moment = Moment(self.context.today, self.values)
        of_a_change = evaluation.record is not None and not untouched
        self.changed = frozenset(_changed_paths(evaluation)) if of_a_change else None

    def issues(self) -> list[Issue]:
        issues: list[Issue] = []
        for instance in self.evaluation.instances:
            field = instance.field
            if instance.value is None:
                if instance.state.required and self._needed(instance):
                    code = "calculated_blank" if instance.state.calculated else "required"
                    issues.append(Issue(code, instance.path, place=field.required.place))
            elif field.type.min_rows:
                issues += self._row_count(instance)
            elif field.type.judges:
                issues += self._findings(instance)
            if field.checks:
                issues += self._field_checks(instance)
        for step in self.form.steps:
            if step.checks and step.id in self.evaluation.visible_steps:
                issues += self._checks(step.checks, Setting(), "")
        issues += self._checks(self.form.checks, Setting(), "")
        return issues

    def _needed(self, instance: Instance) -> bool:
        setting = instance.setting
        if instance.state.locked or instance.path in self.evaluation.unreadable:
            return False
        if instance.state.calculated and not worked_out_from_facts(instance.field):
            return False  # the answers it follows from say themselves what they lack
        if setting.holder is not None and setting.holder.type.all_or_nothing and self._untouched_group(setting):
            return False
        return self._asked_anew(instance)

    def _untouched_group(self, setting: Setting) -> bool:
        return not setting.row and not any(at.startswith(f"{setting.path}.") for at in self.evaluation.unreadable)

    def _asked_anew(self, instance: Instance) -> bool:
        """Whether a blank is this change's doing: it was filled, its row is new, or what asks for it has changed."""
        if self.changed is None or instance.recorded is not None or instance.path in self.evaluation.asked_again:
            return True
        setting = instance.setting
        if setting.holder is not None and (not setting.on_record or setting.path in self.changed):
            return True
        return self._touched(self.form.asking_names(instance.field), setting)

    def _findings(self, instance: Instance) -> Iterable[Issue]:
        kind, setting, path, place = instance.field.type, instance.setting, instance.path, instance.field.place
        if self.changed is not None and not instance.state.calculated and instance.value == instance.recorded:
            row = setting.row or {}
            if not self._touched((f"row.{name}" if name in row else name for name in kind.depends()), setting):
                return ()
        moment = self.moment
        if setting.row is not None and kind.depends():
            moment = Moment(self.context.today, {**self.values, **setting.row})
        return [finding_issue(finding, path, place) for finding in kind.check(instance.value, moment)]

    def _row_count(self, instance: Instance) -> Iterator[Issue]:
        least, count = instance.field.type.min_rows, len(instance.value)
        if count < least and (self.changed is None or instance.path in self.changed):
            yield Issue("too_few_rows", instance.path, {"min": least, "count": count}, place=instance.field.place)

    def _field_checks(self, instance: Instance) -> Iterator[Issue]:
        setting = instance.setting
        if instance.field.type.shape is Shape.GROUP:
            setting = Setting(instance.field, instance.path, instance.value or {}, setting.on_record)
        yield from self._checks(instance.field.checks, setting, instance.path)

    def _checks(self, checks: Iterable[Check], setting: Setting, path: str) -> Iterator[Issue]:
        for check in checks:
            names = check.rule.names if check.when is None else check.rule.names | check.when.names
            if not self._touched(names, setting):
                continue
            if check.when is not None and not check.when.is_true(self.values, setting.row, self.context):
                continue
            if check.rule.is_false(self.values, setting.row, self.context):
                yield broken_check(check, self._shown_at(check, setting, path))

    def _shown_at(self, check: Check, setting: Setting, path: str) -> str:
        """Where the message goes: the field it names, while that can be seen; else the one it stands at."""
        if check.at is None:
            return path
        at = f"{setting.path}.{check.at}" if setting.holder is not None else check.at
        return at if self.evaluation.state(at).visible else path

    def _touched(self, names: Iterable[str], setting: Setting) -> bool:
        """Whether any of these names stands for an answer that the change changes."""
        return self.changed is None or any(setting.absolute(name) in self.changed for name in names)


def _changed_paths(evaluation: Evaluation) -> Iterator[str]:
    """The instance paths at which the values differ from the record, with the paths of what holds them."""
    for field in evaluation.form.top_fields.values():
        value, recorded = evaluation.values.get(field.id), recorded_value(field, evaluation.record)
        if value != recorded and field.id not in evaluation.carried:
            yield field.id
            yield from _changed_inside(field, value, recorded)


def _changed_inside(field: Field, value: JSON, recorded: JSON) -> Iterator[str]:
    if field.shape is Shape.GROUP:
        pairs = [(field.id, value or {}, recorded or {})]
    elif field.shape is Shape.ROWS:
        known = {row[ROW_ID]: row for row in recorded or ()}
        pairs = [(f"{field.id}.{row[ROW_ID]}", row, known.get(row[ROW_ID], {})) for row in value or ()]
    else:
        return
    for path, now, before in pairs:
        changed = [inner.id for inner in field.fields if now.get(inner.id) != recorded_value(inner, before)]
        if changed and not before:
            yield path
        yield from (f"{path}.{id_}" for id_ in changed)


def _in_own_words(issue: Issue, form: Form) -> Issue:
    """The issue with its field's label to speak of, and with the author's own sentence where the field has one."""
    field = form.field_at(issue.path)
    if field is None:
        return issue
    message = issue.message or field.messages.get(issue.code)
    params = {"label": field.label, **issue.params}
    return Issue(issue.code, issue.path, params, issue.level, issue.place, message)
