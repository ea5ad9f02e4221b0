"""Settled answers → why each step, section and field stands as it does; never other than the evaluation says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from formkit.evaluation import Evaluation, recorded_value
from formkit.explain.deciding import Claim, decided, worked_out
from formkit.explain.reasons import About, Decision, Ground, Origin, Reason, Value
from formkit.expressions import UNKNOWN, Rule
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Condition, Field, Section, Step

EXACTLY = Claim()
HOLDS_OR_NOT = {True: Claim(True, True), False: Claim(True, False)}


@dataclass
class Because:
    """The reasons of one evaluation; each is found once."""

    evaluation: Evaluation
    _values: dict[str, Value] = field(default_factory=dict)
    _decisions: dict[tuple[About, str], Decision] = field(default_factory=dict)

    def step(self, step: Step) -> Decision:
        """Whether a step is visible, and why."""
        return self._visible(f"{step.id}/", step.visible, None)

    def section(self, step: Step, section: Section) -> Decision:
        """Whether a section is visible, and why."""
        return self._visible(f"{step.id}/{section.id}", section.visible, self.step(step))

    def visible(self, path: str) -> Decision:
        """Whether the field at an instance path is visible, and why."""
        holder = _holder(path)
        if holder:
            around = self.visible(holder)
            if (locked := self.locked(holder)).outcome:
                return Decision(About.VISIBLE, path, True, Ground.LOCKED, because=(locked,))
        else:
            step, section = self._where[path]
            around = self.section(step, section) if section.id else self.step(step)
        return self._visible(path, self._field(path).visible, around)

    def required(self, path: str) -> Decision:
        """Whether an answer is needed, and why."""
        required = self._field(path).required
        settled = self._settled_by(About.REQUIRED, path, self.visible(path), self.locked(path))
        if settled is not None:
            return settled
        if required.always:
            ground = Ground.ONCE_BEGUN if self._not_begun(path) else Ground.ALWAYS
            return Decision(About.REQUIRED, path, True, ground, required.place)
        if required.condition is None:
            return Decision(About.REQUIRED, path, False, Ground.NEVER)
        return self._ruled(About.REQUIRED, path, required.condition)

    def locked(self, path: str) -> Decision:
        """Whether the value comes from the record and cannot be changed, and why."""
        found = self._decisions.get((About.LOCKED, path))
        if found is None:
            found = self._decisions[About.LOCKED, path] = self._lock(path)
        return found

    def calculated(self, path: str) -> Decision:
        """Whether the value is worked out, and why."""
        calculation = self._field(path).calculation
        settled = self._settled_by(About.CALCULATED, path, self.visible(path), self.locked(path))
        if settled is not None:
            return settled
        if calculation is None:
            return Decision(About.CALCULATED, path, False, Ground.NEVER)
        if calculation.condition is None:
            return Decision(About.CALCULATED, path, True, Ground.ALWAYS, calculation.place)
        return self._ruled(About.CALCULATED, path, calculation.condition)

    def value(self, path: str) -> Value:
        """The value at an instance path, and where it comes from."""
        found = self._values.get(path)
        if found is None:
            found = self._values[path] = self._value(path)
        return found

    def read(self, name: str, value: JSON) -> Value:
        """A value that a rule read under a name, with its origin."""
        if name == "today":
            return Value(name, value, Origin.TODAY)
        if name.startswith("facts."):
            return Value(name, value, Origin.FACT)
        if name.startswith("record."):
            return Value(name, value, Origin.RECORD)
        known = self.value(self._known(name))
        return Value(name, value, known.origin, known.place, known.typed, known.operand, known.because)

    def reason(self, rule: Rule, claim: Claim, path: str) -> Reason:
        """What decided a condition that belongs to the group or row at `path`; empty for the form itself."""
        evaluation = self.evaluation
        row = self.row(path) if path else None
        return decided(rule, claim, evaluation.values, row, evaluation.context, self.read, path)

    def row(self, path: str) -> Mapping[str, JSON]:
        """The values in a group or a row, as they are settled."""
        top, _, row_id = path.partition(".")
        found = self.evaluation.values.get(top)
        if not row_id:
            return found if isinstance(found, Mapping) else {}
        rows = [*(self.evaluation.row_values.get(top) or ()), *(found if isinstance(found, list) else ())]
        return next((row for row in rows if row[ROW_ID] == row_id), {})

    @cached_property
    def _where(self) -> Mapping[str, tuple[Step, Section]]:
        form = self.evaluation.form
        return {each.id: (step, part) for step in form.steps for part in step.sections for each in part.fields}

    def _field(self, path: str) -> Field:
        found = self.evaluation.form.field_at(path)
        assert found is not None  # noqa: S101 - paths are looked up before they come here
        return found

    def _known(self, name: str) -> str:
        """The instance path of the field a name reads: without what it asks of a file."""
        parts = name.split(".")
        while len(parts) > 1 and not self._is_field(parts):
            parts.pop()
        return ".".join(parts)

    def _is_field(self, parts: Sequence[str]) -> bool:
        fields = self.evaluation.form.fields
        if len(parts) == 3:
            return f"{parts[0]}.{parts[2]}" in fields and fields[parts[0]].shape is Shape.ROWS
        return ".".join(parts) in fields

    def _visible(self, path: str, condition: Condition | None, around: Decision | None) -> Decision:
        key = (About.VISIBLE, path)
        if key not in self._decisions:
            self._decisions[key] = self._visibility(path, condition, around)
        return self._decisions[key]

    def _visibility(self, path: str, condition: Condition | None, around: Decision | None) -> Decision:
        if around is not None and not around.outcome:
            return Decision(About.VISIBLE, path, False, Ground.WITHIN, because=(around,))
        because = (around,) if around is not None and around.ground is not Ground.ALWAYS else ()
        if condition is not None:
            ruled = self._ruled(About.VISIBLE, path, condition)
            return replace(ruled, because=because) if ruled.outcome else ruled
        ground = Ground.WITHIN if because else Ground.ALWAYS
        return Decision(About.VISIBLE, path, True, ground, because=because)

    def _ruled(self, about: About, path: str, condition: Condition) -> Decision:
        holder = _around(path)
        row = self.row(holder) if holder else None
        met = condition.rule.is_true(self.evaluation.values, row, self.evaluation.context)
        reason = self.reason(condition.rule, HOLDS_OR_NOT[met], holder)
        outcome = met is not condition.unless
        return Decision(about, path, outcome, Ground.RULE, condition.place, condition.rule.text, reason)

    def _settled_by(self, about: About, path: str, visible: Decision, locked: Decision | None) -> Decision | None:
        if not visible.outcome:
            return Decision(about, path, False, Ground.HIDDEN, because=(visible,))
        if locked is not None and locked.outcome:
            return Decision(about, path, False, Ground.LOCKED, because=(locked,))
        return None

    def _lock(self, path: str) -> Decision:
        visible, holder = self.visible(path), _around(path)
        settled = self._settled_by(About.LOCKED, path, visible, None)
        if settled is not None:
            return settled
        if holder and (around := self.locked(_holder(path))).outcome:
            return Decision(About.LOCKED, path, True, Ground.WITHIN, because=(around,))
        lock = self._field(path).lock
        if lock.always:
            return Decision(About.LOCKED, path, True, Ground.ALWAYS, lock.place)
        if lock.after_submission and self._on_record(holder):
            return Decision(About.LOCKED, path, True, Ground.RECORDED, lock.place)
        if lock.condition is not None:
            return self._lock_by_rule(path, lock.condition, holder)
        ground = Ground.NOT_RECORDED if lock.after_submission else Ground.NEVER
        return Decision(About.LOCKED, path, False, ground, lock.place)

    def _lock_by_rule(self, path: str, condition: Condition, holder: str) -> Decision:
        ruled = self._ruled(About.LOCKED, path, condition)
        if ruled.outcome or not self._hangs(condition.rule, holder):
            return ruled
        reason = self.reason(condition.rule, EXACTLY, holder)
        return Decision(About.LOCKED, path, True, Ground.UNKNOWN_FACT, condition.place, condition.rule.text, reason)

    def _hangs(self, rule: Rule, holder: str) -> bool:
        """Whether the rule is unknown and asks a fact that is."""
        context, values = self.evaluation.context, self.evaluation.values
        row = self.row(holder) if holder else None
        asks = any(name[:6] == "facts." and context.facts[name[6:]] is UNKNOWN for name in rule.names)
        return asks and not rule.is_true(values, row, context) and not rule.is_false(values, row, context)

    def _on_record(self, holder: str) -> bool:
        record = self.evaluation.record
        top, _, row_id = holder.partition(".")
        if record is None or not row_id:
            return record is not None
        rows = recorded_value(self._field(top), record) or ()
        return any(row[ROW_ID] == row_id for row in rows)

    def _not_begun(self, path: str) -> bool:
        """Whether it stands in a group that is asked wholly or not at all, and is not begun."""
        holder = _around(path)
        if not holder or not self._field(_holder(path)).type.all_or_nothing:
            return False
        begun = any(at.startswith(f"{holder}.") for at in self.evaluation.unreadable)
        return not begun and not {*self.row(holder)} - {ROW_ID}

    def _value(self, path: str) -> Value:
        field_, visible, locked = self._field(path), self.visible(path), self.locked(path)
        raw, recorded, place = self._raw(path), self._recorded(path), field_.place
        if not visible.outcome:
            kept = raw if raw is not None else recorded
            return Value(path, None, Origin.HIDDEN, place, kept, because=visible)
        if locked.outcome:
            typed = raw if raw is not None and raw != recorded else None
            origin = Origin.BLANK if recorded is None else Origin.RECORD
            return Value(path, recorded, origin, locked.place or place, typed, because=locked)
        value = self._settled(path)
        if self.calculated(path).outcome:
            return self._worked_out(path, field_, value)
        if path in self.evaluation.unreadable:
            return Value(path, value, Origin.UNREADABLE, place, raw)
        if value is None:
            return Value(path, None, Origin.BLANK, place)
        return Value(path, value, Origin.RECORD if value == recorded else Origin.TYPED, place)

    def _worked_out(self, path: str, field_: Field, value: JSON) -> Value:
        calculation, evaluation, holder = field_.calculation, self.evaluation, _around(path)
        assert calculation is not None  # noqa: S101 - it is calculated
        row = self.row(holder) if holder else None
        made = worked_out(calculation.rule, evaluation.values, row, evaluation.context, self.read, holder)
        fact = made.plain and made.values[0].origin is Origin.FACT
        origin = Origin.FACT if fact else Origin.CALCULATED
        decision = self.calculated(path)
        because = decision if decision.ground is Ground.RULE else None
        return Value(path, value, origin, calculation.place or field_.place, operand=made, because=because)

    def _settled(self, path: str) -> JSON:
        parts = path.split(".")
        if len(parts) == 1:
            return self.evaluation.values.get(path)
        return self.row(_around(path)).get(parts[-1])

    def _raw(self, path: str) -> JSON:
        """What was sent for a field; a row that came without an id is found by its number."""
        answers, parts = self.evaluation.answers, path.split(".")
        outer = answers.get(parts[0])
        if len(parts) == 1:
            return outer
        holder = outer
        if len(parts) == 3:
            holder = _row_in(outer, parts[1])
            ids = [row[ROW_ID] for row in self.evaluation.row_values.get(parts[0], ())]
            if holder is None and isinstance(outer, list) and len(ids) == len(outer) and parts[1] in ids:
                holder = outer[ids.index(parts[1])]
        return holder.get(parts[-1]) if isinstance(holder, Mapping) else None

    def _recorded(self, path: str) -> JSON:
        record, parts = self.evaluation.record, path.split(".")
        if record is None:
            return None
        outer = recorded_value(self._field(parts[0]), record)
        if len(parts) == 1:
            return outer
        holder = outer if len(parts) == 2 else _row_in(outer, parts[1])
        return recorded_value(self._field(path), holder) if isinstance(holder, Mapping) else None


def _around(path: str) -> str:
    """The instance path of the group or row a field lies in; empty at the top, and for steps and sections."""
    return path.rpartition(".")[0]


def _holder(path: str) -> str:
    """The group or rows a field lies in; empty at the top."""
    return path.partition(".")[0] if "." in path else ""


def _row_in(rows: JSON, row_id: str) -> JSON:
    if not isinstance(rows, list):
        return None
    return next((row for row in rows if isinstance(row, Mapping) and row.get(ROW_ID) == row_id), None)
