"""The walk down a form that settles it for some answers, in the order its dependencies ask for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from types import MappingProxyType

from formkit.evaluation.settled import (
    CALCULATED,
    CALCULATED_REQUIRED,
    OPTIONAL,
    REQUIRED,
    Evaluation,
    FieldState,
    Instance,
    Setting,
    hidden_notice,
    recorded_value,
    valid_row_id,
)
from formkit.expressions import UNKNOWN, Context
from formkit.fields.base import JSON, Refused, Shape
from formkit.form import ROW_ID, Condition, Field, Form, Lock
from formkit.issues import Issue
from formkit.texts import Text

_NOTHING: Mapping[str, JSON] = MappingProxyType({})
_ABSENT = object()
AN_OBJECT = Text({"zh": "一组内容", "en": "an object of answers"})
_A_LIST = Text({"zh": "一个列表", "en": "a list of rows"})


class Walk:
    """One walk: `run` it once, then read `evaluation`."""

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, JSON],
        record: Mapping[str, JSON] | None,
        context: Context,
        asked_again: frozenset[str] = frozenset(),
    ) -> None:
        self.form, self.answers, self.record, self.context = form, answers, record, context
        self.asked_again = asked_again
        self.values: dict[str, JSON] = {}
        self.evaluation = Evaluation(form, context, self.values, answers, record, asked_again)
        self.instances = self.evaluation.instances
        self.hidden: set[str] = set()
        self.perhaps_required: list[Instance] = []
        self.top = Setting(on_record=record is not None)

    def issue(self, code: str, path: str, **params: object) -> None:
        self.evaluation.issues.append(Issue(code, path, params))

    def run(self) -> None:
        answers, record, values, hidden = self.answers, self.record, self.values, self.hidden
        for key, part, container in self.form.plan:
            if not isinstance(part, Field):
                if container in hidden or not self._holds(part.visible, None):
                    hidden.add(key)
                continue
            settle = self._hide if container in hidden else self._settle
            recorded = None if record is None else recorded_value(part, record)
            value = settle(part, key, answers.get(key, _ABSENT), recorded, self.top)
            if value is not None:
                values[key] = value
        self._require()
        self._report_unknown(answers, self.form.answerable, "")
        evaluation, steps = self.evaluation, self.form.steps
        evaluation.visible_steps = tuple(step.id for step in steps if step.id not in hidden)
        evaluation.visible_sections = self.form.section_keys - hidden

    def _holds(self, condition: Condition | None, row: Mapping[str, JSON] | None) -> bool:
        return condition is None or condition.holds(self.values, row, self.context)

    def _settle(self, field: Field, path: str, raw: object, recorded: JSON, setting: Setting) -> JSON:
        """The field's value (None for a blank), with its state and issues noted."""
        if field.is_plain:
            state = REQUIRED if field.required.always else OPTIONAL
            value = self._value(field, path, raw, recorded)
        elif field.visible is not None and not field.visible.holds(self.values, setting.row, self.context):
            return self._hide(field, path, raw, recorded, setting)
        else:
            state, value = self._settle_visible(field, path, raw, recorded, setting)
        instance = Instance(field, path, state, value, recorded, setting)
        self.instances.append(instance)
        if field.required.condition is not None and not state.locked:
            self.perhaps_required.append(instance)
        return value

    def _require(self) -> None:
        """Whether an answer is needed decides no value, and may follow from any: so it comes when all are settled."""
        for instance in self.perhaps_required:
            if self._holds(instance.field.required.condition, instance.setting.row):
                instance.state = CALCULATED_REQUIRED if instance.state.calculated else REQUIRED

    def _settle_visible(
        self, field: Field, path: str, raw: object, recorded: JSON, setting: Setting
    ) -> tuple[FieldState, JSON]:
        lock, needed, row = field.lock, field.required.always, setting.row
        if lock.place is not None and self._locked(lock, setting):
            return self._keep(field, path, raw, recorded)
        if field.calculation is not None and self._holds(field.calculation.condition, row):
            return CALCULATED_REQUIRED if needed else CALCULATED, self._calculate(field, path, raw, row)
        state = REQUIRED if needed else OPTIONAL
        return state, _READ[field.type.shape](self, field, path, raw, recorded)

    def _locked(self, lock: Lock, setting: Setting) -> bool:
        if lock.always or (lock.after_submission and setting.on_record):
            return True
        condition = lock.condition
        if condition is None:
            return False
        return self._holds(condition, setting.row) or self._hangs_on_unknown_fact(condition, setting.row)

    def _hangs_on_unknown_fact(self, condition: Condition, row: Mapping[str, JSON] | None) -> bool:
        facts = self.context.facts
        if not any(name[:6] == "facts." and facts[name[6:]] is UNKNOWN for name in condition.rule.names):
            return False
        rule = condition.rule
        return not rule.is_true(self.values, row, self.context) and not rule.is_false(self.values, row, self.context)

    def _hide(self, field: Field, path: str, raw: object, recorded: JSON, setting: Setting) -> None:
        locked = recorded is not None and field.lock.place is not None and self._locked(field.lock, setting)
        if locked:
            self.evaluation.carried[path] = recorded
        elif recorded is not None and field.fields:
            self._carry_inside(field, path, recorded)
        if raw is _ABSENT or field.type.is_blank(raw):
            return
        if locked and not self._same(field, raw, recorded):
            self.issue("locked", path)
        elif self.record is None or not _equal(raw, recorded):
            self.evaluation.issues.append(hidden_notice(path))

    def _carry_inside(self, field: Field, path: str, recorded: JSON) -> None:
        """Keeps what is locked inside a group or rows that are hidden now."""
        rows = [(path, recorded)]
        if field.type.shape is Shape.ROWS:
            rows = [(f"{path}.{row[ROW_ID]}", row) for row in recorded]
        for at, row in rows:
            setting = Setting(field, at, row, on_record=True)
            for inner in field.fields:
                if row.get(inner.id) is not None and inner.lock.place is not None and self._locked(inner.lock, setting):
                    self.evaluation.carried[f"{at}.{inner.id}"] = row[inner.id]

    def _keep(self, field: Field, path: str, raw: object, recorded: JSON) -> tuple[FieldState, JSON]:
        """A locked value: the record's, whatever was posted."""
        if field.type.shape is Shape.ROWS:
            self.evaluation.row_values[path] = recorded if isinstance(recorded, list) else []
        if raw is not _ABSENT and not self._same(field, raw, recorded):
            self.issue("locked", path)
        return FieldState(True, locked=True, lock_reason=field.lock.reason), recorded

    def _same(self, field: Field, raw: object, recorded: JSON) -> bool:
        """Whether a posted answer says what is on record; in a group, what is absent does."""
        if field.type.is_blank(raw):
            return recorded is None
        if field.type.shape is Shape.GROUP and isinstance(raw, Mapping):
            known = recorded if isinstance(recorded, Mapping) else _NOTHING
            inner = {each.id: each for each in field.fields}
            return all(name in inner and self._same(inner[name], raw[name], known.get(name)) for name in raw)
        if field.type.shape is not Shape.VALUE or _equal(raw, recorded):
            return _equal(raw, recorded)
        try:
            return _equal(field.type.parse(raw), recorded)
        except Refused:
            return False

    def _calculate(self, field: Field, path: str, raw: object, row: Mapping[str, JSON] | None) -> JSON:
        value = field.calculation.rule.value(self.values, row, self.context) if field.calculation else None
        claimed = raw is not _ABSENT and not field.type.is_blank(raw)
        if claimed and not self._same(field, raw, value):
            self.issue("calculated", path)
        return value

    def _value(self, field: Field, path: str, raw: object, recorded: JSON) -> JSON:
        """The value of a raw answer; one that says what is on record is taken as it stands there."""
        kind = field.type
        if raw is _ABSENT and path in self.asked_again:
            return None
        if raw is _ABSENT or (recorded is not None and _equal(raw, recorded)):
            return recorded
        if kind.is_blank(raw):
            return None
        try:
            return kind.parse(raw)
        except Refused as refused:
            self.evaluation.unreadable.add(path)
            self.issue(refused.code, path, **refused.params)
            return None

    def _group(self, field: Field, path: str, raw: object, recorded: JSON) -> JSON:
        if raw is not _ABSENT and not field.type.is_blank(raw) and not isinstance(raw, Mapping):
            self.evaluation.unreadable.add(path)
            self.issue("wrong_type", path, expected=AN_OBJECT if field.type.shape is Shape.GROUP else _A_LIST)
            raw = _ABSENT
        blanked = raw is not _ABSENT and field.type.is_blank(raw) and raw != {}
        given = raw if isinstance(raw, Mapping) else dict.fromkeys(each.id for each in field.fields) if blanked else {}
        return self._inside(field, path, given, recorded, self.top.on_record) or None

    def _inside(
        self, field: Field, path: str, given: Mapping[str, JSON], recorded: JSON, on_record: bool
    ) -> dict[str, JSON]:
        """The values of a group, or of one row."""
        known = recorded if isinstance(recorded, Mapping) else _NOTHING
        values: dict[str, JSON] = {}
        setting = Setting(field, path, values, on_record)
        for inner in field.inner_order:
            before = recorded_value(inner, known) if known else None
            value = self._settle(inner, f"{path}.{inner.id}", given.get(inner.id, _ABSENT), before, setting)
            if value is not None:
                values[inner.id] = value
        self._report_unknown(given, field.answerable, f"{path}.")
        return values

    def _rows(self, field: Field, path: str, raw: object, recorded: JSON) -> JSON:
        known = {row[ROW_ID]: row for row in recorded} if isinstance(recorded, list) else {}
        if raw is _ABSENT and path in self.asked_again:
            given: Sequence[object] = []
        elif raw is _ABSENT:
            given = [{ROW_ID: id_} for id_ in known]
        elif field.type.is_blank(raw):
            given = []
        elif isinstance(raw, list):
            given = self._limited(field, path, raw)
        else:
            self.evaluation.unreadable.add(path)
            self.issue("wrong_type", path, expected=AN_OBJECT if field.type.shape is Shape.GROUP else _A_LIST)
            given = [{ROW_ID: id_} for id_ in known]
        return self._settle_rows(field, path, given, known)

    def _limited(self, field: Field, path: str, raw: list[object]) -> Sequence[object]:
        limit = field.type.max_rows
        if len(raw) > limit:
            self.issue("too_many_rows", path, max=limit, count=len(raw))
            self.evaluation.unreadable.add(path)
        return raw[:limit]

    def _settle_rows(self, field: Field, path: str, given: Sequence[object], known: dict[str, JSON]) -> JSON:
        rows: list[dict[str, JSON]] = []
        on_page: list[dict[str, JSON]] = []
        ids = _row_ids(given, known)
        for position, (row_id, answer) in enumerate(zip(ids, given, strict=True)):
            if row_id is None or not isinstance(answer, Mapping):
                self.evaluation.unreadable.add(path)
                self.issue("wrong_row", path, number=position + 1)
                continue
            before = len(self.instances)
            recorded = known.get(row_id)
            inside = self._inside(field, f"{path}.{row_id}", answer, recorded, recorded is not None)
            row = {ROW_ID: row_id, **inside}
            on_page.append(row)
            if row_id in known or any(not _blank(value) for name, value in answer.items() if name != ROW_ID):
                rows.append(row)
            else:
                self.evaluation.unjudged += self.instances[before:]
                del self.instances[before:]
        self.evaluation.row_values[path] = on_page
        self._report_removed(field, path, known, {row_id for row_id in ids if row_id is not None})
        return rows or None

    def _report_removed(self, field: Field, path: str, known: Mapping[str, JSON], kept: Iterable[str]) -> None:
        """A row on record cannot be taken away from under a lock that one of its columns has."""
        for row_id in known.keys() - set(kept):
            row = dict(known[row_id])
            setting = Setting(field, path, row, on_record=True)
            if any(row.get(inner.id) is not None and self._locked(inner.lock, setting) for inner in field.fields):
                self.issue("locked", f"{path}.{row_id}")

    def _report_unknown(self, answers: Mapping[str, JSON], known: frozenset[str], prefix: str) -> None:
        if answers.keys() <= known:
            return
        for name in sorted(answers.keys() - known, key=str):
            self.issue("unknown_field", f"{prefix}{str(name)[:100]}", name=str(name)[:100])


def _nothing(walk: Walk, field: Field, path: str, raw: object, recorded: JSON) -> None:
    """A note has no value."""


_READ: Mapping[Shape, Callable[[Walk, Field, str, object, JSON], JSON]] = {
    Shape.VALUE: Walk._value,
    Shape.GROUP: Walk._group,
    Shape.ROWS: Walk._rows,
    Shape.NOTE: _nothing,
}


def _row_ids(given: Sequence[object], known: Iterable[str]) -> list[str | None]:
    """The id of each row, made up where there is none; None for a row that has a wrong one or another row's."""
    if not given:
        return []
    own = [answer.get(ROW_ID) if isinstance(answer, Mapping) else None for answer in given]
    taken = {id_ for id_ in own if isinstance(id_, str)} | set(known)
    fresh = (name for number in count(1) if (name := f"r{number}") not in taken)
    seen: set[str] = set()
    ids: list[str | None] = []
    for id_ in own:
        if id_ is None:
            id_ = next(fresh)
        valid = valid_row_id(id_) and id_ not in seen
        ids.append(id_ if valid else None)
        if valid:
            seen.add(id_)
    return ids


def _blank(raw: JSON) -> bool:
    return raw is None or raw == [] or raw == {} or (isinstance(raw, str) and not raw.strip())


def _equal(one: object, other: object) -> bool:
    """Equality of JSON values, in which true is not 1."""
    return one == other and type(one) is type(other)
