"""What is visible, required, locked and calculated, for these answers: DESIGN's meanings, in one walk down the form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from types import MappingProxyType

from formkit.errors import FactMissing
from formkit.expressions import UNKNOWN, Context
from formkit.fields.base import JSON, Refused, Shape
from formkit.form import ROW_ID, Condition, Field, Form, Lock, Requirement, Step
from formkit.issues import Issue, Level
from formkit.texts import Text

_NOTHING: Mapping[str, JSON] = MappingProxyType({})
_ABSENT = object()
_ROW_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class FieldState:
    """How one field of one person's form stands."""

    visible: bool
    required: bool = False
    locked: bool = False
    calculated: bool = False
    lock_reason: Text | None = None


HIDDEN = FieldState(False)
OPTIONAL = FieldState(True)
REQUIRED = FieldState(True, required=True)
CALCULATED = FieldState(True, calculated=True)


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a field: its group or row (`holder`, at instance path `path`), the values beside it in there."""

    holder: Field | None = None
    path: str = ""
    row: dict[str, JSON] | None = None
    on_record: bool = False

    def absolute(self, name: str) -> str:
        """A name as rules say it (`row.level`, `email`) → the path of what it stands for."""
        return f"{self.path}.{name[4:]}" if name[:4] == "row." else name


@dataclass(frozen=True, slots=True)
class Instance:
    """One visible field of one person's form, with its value and the one on record."""

    field: Field
    path: str
    state: FieldState
    value: JSON
    recorded: JSON
    setting: Setting


@dataclass(slots=True)
class Evaluation:
    """A form with answers, settled.

    `values` are the visible answers that could be read (blanks left out), nested as the form is; `states` and
    `issues` go by instance path (`awards.r2.name`). `unreadable` are the paths whose answer is no value.
    """

    form: Form
    context: Context
    values: dict[str, JSON]
    answers: Mapping[str, JSON]
    record: Mapping[str, JSON] | None
    carried: dict[str, JSON] = field(default_factory=dict)
    """Locked values on record of top-level fields that are hidden now: kept, and blank to every rule."""
    states: dict[str, FieldState] = field(default_factory=dict)
    instances: list[Instance] = field(default_factory=list)
    visible_steps: tuple[str, ...] = ()
    visible_sections: frozenset[str] = frozenset()
    issues: list[Issue] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    row_values: dict[str, list[dict[str, JSON]]] = field(default_factory=dict)
    """The rows of each rows field as they stand on the page, blank ones too."""

    def state(self, path: str) -> FieldState:
        """The state at an instance path; hidden if the form has no such place."""
        return self.states.get(path, HIDDEN)


def evaluate(
    form: Form,
    answers: Mapping[str, JSON],
    *,
    record: Mapping[str, JSON] | None = None,
    facts: Mapping[str, JSON] | None = None,
    today: date | str,
) -> Evaluation:
    """Settles a form for some answers; with a record, an absent answer means the record's.

    Raises `FactMissing` when a declared fact is not passed in.
    """
    day = today if isinstance(today, str) else today.isoformat()
    context = Context(record if record is not None else _NOTHING, checked_facts(form, facts), day)
    walk = _Walk(form, answers if isinstance(answers, Mapping) else _NOTHING, record, context)
    if not isinstance(answers, Mapping):
        walk.issue("wrong_type", "")
    walk.run()
    return walk.evaluation


def checked_facts(form: Form, facts: Mapping[str, JSON] | None) -> Mapping[str, JSON]:
    """The facts a form declares, none missing; what it does not declare is left out."""
    given = facts if facts is not None else _NOTHING
    missing = [name for name in form.facts if name not in given]
    if missing:
        raise FactMissing(missing)
    return {name: given[name] for name in form.facts}


class _Walk:
    def __init__(
        self, form: Form, answers: Mapping[str, JSON], record: Mapping[str, JSON] | None, context: Context
    ) -> None:
        self.form, self.answers, self.record, self.context = form, answers, record, context
        self.values: dict[str, JSON] = {}
        self.evaluation = Evaluation(form, context, self.values, answers, record)
        self.states, self.instances = self.evaluation.states, self.evaluation.instances
        self.hidden: set[str] = set()
        self.top = Setting(on_record=record is not None)

    def issue(self, code: str, path: str, **params: object) -> None:
        level = Level.NOTICE if code == "hidden" else Level.ERROR
        self.evaluation.issues.append(Issue(code, path, params, level))

    def run(self) -> None:
        for key, part, container in self.form.plan:
            if isinstance(part, Field):
                self._top_field(part, container not in self.hidden)
            elif container in self.hidden or not self._holds(part.visible, None):
                self.hidden.add(key)
        self._report_unknown(self.answers, self.form.answerable, "")
        evaluation, steps = self.evaluation, self.form.steps
        evaluation.visible_steps = tuple(step.id for step in steps if step.id not in self.hidden)
        evaluation.visible_sections = frozenset(_section_keys(steps)) - self.hidden

    def _holds(self, condition: Condition | None, row: Mapping[str, JSON] | None) -> bool:
        return condition is None or condition.holds(self.values, row, self.context)

    def _top_field(self, field: Field, container_visible: bool) -> None:
        recorded = recorded_value(field, self.record)
        raw = self.answers.get(field.id, _ABSENT)
        if container_visible:
            value = self._settle(field, field.id, raw, recorded, self.top)
        else:
            value = self._hide(field, field.id, raw, recorded, self.top)
        if value is not None:
            self.values[field.id] = value

    def _settle(self, field: Field, path: str, raw: object, recorded: JSON, setting: Setting) -> JSON:
        """The field's value (None for a blank), with its state and issues noted."""
        row = setting.row
        if field.visible is not None and not field.visible.holds(self.values, row, self.context):
            return self._hide(field, path, raw, recorded, setting)
        if field.lock.place is not None and self._locked(field.lock, setting):
            state, value = self._keep(field, path, raw, recorded)
        elif field.calculation is not None and self._holds(field.calculation.condition, row):
            state, value = CALCULATED, self._calculate(field, path, raw, row)
        else:
            state = REQUIRED if self._required(field.required, row) else OPTIONAL
            value = self._read(field, path, raw, recorded)
        self.states[path] = state
        self.instances.append(Instance(field, path, state, value, recorded, setting))
        return value

    def _read(self, field: Field, path: str, raw: object, recorded: JSON) -> JSON:
        shape = field.type.shape
        if shape is Shape.VALUE:
            return self._value(field, path, raw, recorded)
        if shape is Shape.GROUP:
            return self._group(field, path, raw, recorded)
        return self._rows(field, path, raw, recorded) if shape is Shape.ROWS else None

    def _required(self, requirement: Requirement, row: Mapping[str, JSON] | None) -> bool:
        return requirement.always or (requirement.condition is not None and self._holds(requirement.condition, row))

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

    def _hide(self, field: Field, path: str, raw: object, recorded: JSON, setting: Setting) -> JSON:
        self.states[path] = HIDDEN
        locked = recorded is not None and field.lock.place is not None and self._locked(field.lock, setting)
        if locked:
            self.evaluation.carried[path] = recorded
        if raw is _ABSENT or field.type.is_blank(raw):
            return None
        if locked and not self._same(field, raw, recorded):
            self.issue("locked", path)
        elif self.record is None or not _equal(raw, recorded):
            self.issue("hidden", path)
        return None

    def _keep(self, field: Field, path: str, raw: object, recorded: JSON) -> tuple[FieldState, JSON]:
        """A locked value: the record's, whatever was posted."""
        state = FieldState(True, locked=True, lock_reason=field.lock.reason)
        holders = [path]
        if field.type.shape is Shape.ROWS:
            rows = recorded if isinstance(recorded, list) else []
            self.evaluation.row_values[path] = rows
            holders = [f"{path}.{row[ROW_ID]}" for row in rows]
        self.states.update({f"{holder}.{inner.id}": state for holder in holders for inner in field.fields})
        if raw is not _ABSENT and not self._same(field, raw, recorded):
            self.issue("locked", path)
        return state, recorded

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
        if raw is not _ABSENT and not self._same(field, raw, value):
            self.issue("calculated", path)
        return value

    def _value(self, field: Field, path: str, raw: object, recorded: JSON) -> JSON:
        """The value of a raw answer; one that says what is on record is taken as it stands there."""
        kind = field.type
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
            self.issue("wrong_type", path)
            raw = _ABSENT
        blanked = raw is not _ABSENT and field.type.is_blank(raw) and raw != {}
        given = raw if isinstance(raw, Mapping) else dict.fromkeys(each.id for each in field.fields) if blanked else {}
        known = recorded if isinstance(recorded, Mapping) else _NOTHING
        value: dict[str, JSON] = {}
        setting = Setting(field, path, value, self.top.on_record)
        for inner in field.inner_order:
            found = self._settle(
                inner, f"{path}.{inner.id}", given.get(inner.id, _ABSENT), recorded_value(inner, known), setting
            )
            if found is not None:
                value[inner.id] = found
        self._report_unknown(given, field.answerable, f"{path}.")
        return value or None

    def _rows(self, field: Field, path: str, raw: object, recorded: JSON) -> JSON:
        known = {row[ROW_ID]: row for row in recorded} if isinstance(recorded, list) else {}
        if raw is _ABSENT:
            given: Sequence[object] = [{ROW_ID: id_} for id_ in known]
        elif field.type.is_blank(raw):
            given = []
        elif isinstance(raw, list):
            given = self._limited(field, path, raw)
        else:
            self.evaluation.unreadable.add(path)
            self.issue("wrong_type", path)
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
            row = {ROW_ID: row_id, **self._row(field, f"{path}.{row_id}", answer, known.get(row_id))}
            on_page.append(row)
            if row_id in known or any(not _blank(value) for name, value in answer.items() if name != ROW_ID):
                rows.append(row)
            else:
                del self.instances[before:]
        self.evaluation.row_values[path] = on_page
        self._report_removed(field, path, known, {row_id for row_id in ids if row_id is not None})
        return rows or None

    def _row(self, field: Field, path: str, answer: Mapping[str, JSON], recorded: JSON) -> dict[str, JSON]:
        known = recorded if isinstance(recorded, Mapping) else _NOTHING
        row: dict[str, JSON] = {}
        setting = Setting(field, path, row, recorded is not None)
        for inner in field.inner_order:
            value = self._settle(
                inner, f"{path}.{inner.id}", answer.get(inner.id, _ABSENT), recorded_value(inner, known), setting
            )
            if value is not None:
                row[inner.id] = value
        self._report_unknown(answer, field.answerable, f"{path}.")
        return row

    def _report_removed(self, field: Field, path: str, known: Mapping[str, JSON], kept: Iterable[str]) -> None:
        """A row on record cannot be taken away from under a lock that one of its columns has."""
        for row_id in known.keys() - set(kept):
            row = dict(known[row_id])
            setting = Setting(field, path, row, on_record=True)
            if any(row.get(inner.id) is not None and self._locked(inner.lock, setting) for inner in field.fields):
                self.issue("locked", f"{path}.{row_id}")

    def _report_unknown(self, answers: Mapping[str, JSON], known: frozenset[str], prefix: str) -> None:
        for name in answers.keys() - known:
            self.issue("unknown_field", f"{prefix}{str(name)[:100]}", name=str(name)[:100])


def recorded_value(field: Field, record: Mapping[str, JSON] | None) -> JSON:
    """What a record holds for a field, under its present id or an earlier one."""
    if record is None:
        return None
    value = record.get(field.id)
    if value is None:
        for name in field.renamed_from:
            if record.get(name) is not None:
                return record[name]
    return value


def _row_ids(given: Sequence[object], known: Iterable[str]) -> list[str | None]:
    """The id of each row, made up where there is none; None for a row that has a wrong one or another row's."""
    own = [answer.get(ROW_ID) if isinstance(answer, Mapping) else None for answer in given]
    taken = {id_ for id_ in own if isinstance(id_, str)} | set(known)
    fresh = (name for number in count(1) if (name := f"r{number}") not in taken)
    seen: set[str] = set()
    ids: list[str | None] = []
    for id_ in own:
        if id_ is None:
            id_ = next(fresh)
        valid = (
            isinstance(id_, str)
            and 0 < len(id_) <= _ROW_ID_LENGTH
            and id_.isascii()
            and id_.isalnum()
            and id_ not in seen
        )
        ids.append(id_ if valid else None)
        if valid:
            seen.add(id_)
    return ids


def _blank(raw: JSON) -> bool:
    return raw is None or raw == [] or raw == {} or (isinstance(raw, str) and not raw.strip())


def _equal(one: object, other: object) -> bool:
    """Equality of JSON values, in which true is not 1."""
    return one == other and type(one) is type(other)


def _section_keys(steps: Iterable[Step]) -> Iterable[str]:
    return (f"{step.id}/{section.id}" for step in steps for section in step.sections)
