"""The parts of a rule that decided → what they say of the values, with the names people know these by."""

import json
from collections.abc import Iterable, Sequence

from formkit.evaluation import Evaluation
from formkit.explain.reasons import Operand, Origin, Reason, RowReason, Value
from formkit.expressions import UNKNOWN, Choice, Choices, Date, Month, Rows, Text
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Field
from formkit.locales import sentence

_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_MOST_ROWS, _MOST_AMONG, _LONGEST = 4, 6, 60


class Phrases:
    """Phrases in one language about one evaluation."""

    def __init__(self, evaluation: Evaluation, language: str) -> None:
        self._form, self._rows, self._language = evaluation.form, evaluation.row_values, language

    def name(self, path: str, *, transition: bool = False, within: str = "") -> str:
        """What people call a path; inside of the row `within` only the column's name."""
        if transition:
            found = self._form.workflow.transitions.get(path) if self._form.workflow else None
            return self._quoted(found.label.in_(self._language) if found and found.label else path)
        if path == "today":
            return self._say("today")
        if "/" in path:
            return self._part_name(path)
        if path.startswith("facts."):
            fact = self._form.facts.get(path[6:])
            return self._quoted(fact.label.in_(self._language) if fact else path)
        if path.startswith("record."):
            return self._say("on_record", name=self.name(path.removeprefix("record."), within=""))
        return self._quoted(" · ".join(self._labels(path, within)))

    def shown(self, name: str, value: JSON) -> str:
        """A value as people read it."""
        if value is None or value is UNKNOWN:
            return self._say("blank" if value is None else "unknown")
        if isinstance(value, bool):
            return self._quoted(sentence("interface", "yes" if value else "no", {}, self._language))
        field = self._field(name)
        if field is not None and field.shape is Shape.ROWS:
            return self._say("rows", count=len(value)) if isinstance(value, list) else self._bare(str(value))
        if field is not None and field.shape is Shape.VALUE and field.path.count(".") == self._depth(name):
            return self._of_type(field, value)
        fact = self._form.facts.get(name.removeprefix("facts.")) if name.startswith("facts.") else None
        if fact is not None and isinstance(fact.type, Choice):
            return self._quoted(self._choice(fact.type.values, str(value)))
        return self._quoted(value) if isinstance(value, str) and not _is_day(value) else self._bare(str(value))

    def as_sent(self, raw: JSON) -> str:
        """What was sent and is no value."""
        text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
        return self._quoted(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")

    def reason(self, reason: Reason, within: str = "") -> str:
        """What a part of a rule says of the values that decided it."""
        if reason.op in ("and", "or", "not", "if"):
            return self._say("join").join(dict.fromkeys(self.reason(part, within) for part in reason.parts))
        if reason.op in ("any", "all", "unique"):
            return self._over_rows(reason)
        if reason.answer is UNKNOWN or reason.op == "blank":
            return self._blanks(reason, within)
        if reason.op == "yes" or not reason.operands:
            return self._truth(reason, within)
        if reason.op in ("in", "has"):
            return self._membership(reason, within)
        return self._comparison(reason, within)

    def operand(self, operand: Operand, within: str = "") -> str:
        """One side of a comparison with its value: a name, or the words of the rule and what was read."""
        if operand.plain:
            value = operand.values[0]
            return self._say(
                "named", name=self.name(value.name, within=within), shown=self.shown(value.name, value.value)
            )
        if operand.written:
            return self._constant(operand, None)
        shown = self._value_of(operand)
        read = [self._named(value, within) for value in operand.values if not isinstance(value.value, list)]
        counted = [self._number(row) for row in operand.rows if row.counted]
        if operand.rows:
            read.append(self._say("counted", rows=self._list(counted)) if counted else self._say("counted_none"))
        if not read:
            return self._say("worked", text=operand.text, shown=shown)
        return self._say("worked_of", text=operand.text, shown=shown, read=self._list(dict.fromkeys(read)))

    def _named(self, value: Value, within: str) -> str:
        return self._say("named", name=self.name(value.name, within=within), shown=self.shown(value.name, value.value))

    def _comparison(self, reason: Reason, within: str) -> str:
        left, right, op = *reason.operands[:2], reason.op
        if left.written:
            left, right, op = right, left, _MIRRORED[op]
        if op in ("==", "!="):
            same = reason.answer is (op == "==")
            if right.written and same and left.plain:
                return self._say("is", left=self._left(left, within), right=self._constant(right, left))
            told = self._constant(right, left) if right.written else self.operand(right, within)
            return self._say("same" if same else "differs", left=self.operand(left, within), right=told)
        order = op if reason.answer else _OPPOSITE[op]
        word = self._say(f"{'order.day' if isinstance(left.type, Date | Month) else 'order'}.{order}")
        told = self._constant(right, left) if right.written else self.operand(right, within)
        return self._say("ordered", left=self.operand(left, within), word=word, right=told)

    def _left(self, operand: Operand, within: str) -> str:
        return self.name(operand.values[0].name, within=within)

    def _membership(self, reason: Reason, within: str) -> str:
        operand = reason.operands[0]
        if reason.op == "has":
            chosen = self._constant(reason.operands[1], operand)
            code = "has" if reason.answer else "has_not"
            return self._say(code, left=self.operand(operand, within), right=chosen)
        if reason.answer:
            return self._say("among", left=self.operand(operand, within))
        among = [self._constant_value(value, operand) for value in reason.among]
        return self._say("not_among", left=self.operand(operand, within), right=self._list(among, _MOST_AMONG))

    def _truth(self, reason: Reason, within: str) -> str:
        if not reason.operands:
            return self._say("rule_says", text=reason.text)
        return self.operand(reason.operands[0], within)

    def _blanks(self, reason: Reason, within: str) -> str:
        told = dict.fromkeys(self._blank(operand, within) for operand in reason.operands)
        return self._say("join").join(told) or self._say("rule_unknown", text=reason.text)

    def _blank(self, operand: Operand, within: str) -> str:
        if not operand.plain:
            empty = [value for value in operand.values if value.value is None or value.value is UNKNOWN]
            if operand.value is None and empty:
                return self._say("join").join(dict.fromkeys(self._blank_value(value, within) for value in empty))
            return self._say("cannot_be_told", operand=self.operand(operand, within))
        return self._blank_value(operand.values[0], within)

    def _blank_value(self, value: Value, within: str) -> str:
        name = self.name(value.name, within=within)
        if value.value is UNKNOWN:
            return self._say("fact_unknown", name=name)
        if value.value is not None:
            return self._say("is_filled", name=name, shown=self.shown(value.name, value.value))
        told = {Origin.HIDDEN: "is_hidden", Origin.UNREADABLE: "is_unreadable", Origin.FACT: "fact_blank"}
        told |= {Origin.RECORD: "record_blank", Origin.CALCULATED: "not_worked_out"}
        return self._say(told.get(value.origin, "is_blank"), name=name)

    def _over_rows(self, reason: Reason) -> str:
        rows = self.name(reason.operands[0].values[0].name)
        if not reason.operands[0].value:
            return self._say("rows_none", rows=rows)
        if not reason.rows:
            return self._say(f"{reason.op}.without", rows=rows)
        told = [self._row(row) for row in reason.rows[:_MOST_ROWS]]
        if len(reason.rows) > _MOST_ROWS:
            told.append(self._say("more_rows", count=len(reason.rows) - _MOST_ROWS))
        answer = "unknown" if reason.answer is UNKNOWN else "yes" if reason.answer else "no"
        return self._say(f"{reason.op}.{answer}", rows=rows, told=self._say("row_join").join(told))

    def _row(self, row: RowReason) -> str:
        parts = [self.reason(reason, row.name) for reason in row.reasons]
        parts += [self.operand(operand, row.name) for operand in row.operands]
        told = self._say("join").join(dict.fromkeys(parts))
        return self._say("row", row=self._number(row), told=told) if told else self._number(row)

    def _number(self, row: RowReason) -> str:
        return self._say("row_number", number=row.number)

    def _constant(self, operand: Operand, beside: Operand | None) -> str:
        if isinstance(operand.type, Choice) and isinstance(operand.value, str):
            return self._constant_value(operand.value, beside)
        if isinstance(operand.value, bool):
            return self.shown("", operand.value)
        return self._bare(str(operand.value) if isinstance(operand.type, Date | Month) else operand.text)

    def _constant_value(self, value: JSON, beside: Operand | None) -> str:
        """A value of the rule as it is called among the choices of what it is compared with."""
        if beside is not None and isinstance(value, str):
            known = beside.values[0].name if beside.plain else ""
            if known and self._field(known) is not None:
                return self.shown(known, [value] if isinstance(beside.type, Choices) else value)
            if isinstance(beside.type, Choice | Choices):
                return self._quoted(self._choice(beside.type.values, value))
        return self._quoted(value) if isinstance(value, str) else self._bare(str(value))

    def _choice(self, values: Sequence[str], value: str) -> str:
        for found in self._form.choices.values():
            if found.by_value.keys() >= set(values):
                return found.label(value, self._language)
        return value

    def _value_of(self, operand: Operand) -> str:
        if isinstance(operand.value, str) and isinstance(operand.type, Choice):
            return self._quoted(self._choice(operand.type.values, operand.value))
        if isinstance(operand.type, Rows) and isinstance(operand.value, list):
            return self._say("rows", count=len(operand.value))
        return self.shown("", operand.value)

    def _of_type(self, field: Field, value: JSON) -> str:
        if not field.type.stored:
            return "…"
        try:
            text = field.type.format(value, self._language)
        except (KeyError, ValueError, TypeError, AttributeError):
            text = str(value)  # what was typed and could not be read
        kind = field.type.rule_type()
        quoted = isinstance(kind, Text | Choice | Choices) or not isinstance(value, int | str)
        return self._quoted(text) if quoted else self._bare(text)

    def _labels(self, path: str, within: str) -> Iterable[str]:
        parts, fields = path.split("."), self._form.fields
        top = fields.get(parts[0])
        if top is None or len(parts) == 1:
            return [self._label(top, path)]
        rows = top.shape is Shape.ROWS
        inner = fields.get(f"{parts[0]}.{parts[2 if rows and len(parts) > 2 else 1]}")
        last = self._label(inner, parts[-1])
        if top.shape is Shape.VALUE:
            return [self._label(top, path), parts[-1]]
        if within and path.startswith(f"{within}."):
            return [last]
        if not rows or len(parts) == 2:
            return [self._label(top, parts[0]), last if inner else self._row_name(parts)]
        return [self._label(top, parts[0]), self._row_name(parts), last]

    def _row_name(self, parts: Sequence[str]) -> str:
        ids = [row[ROW_ID] for row in self._rows.get(parts[0], ())]
        number = ids.index(parts[1]) + 1 if parts[1] in ids else parts[1]
        return self._say("row_number", number=number)

    def _label(self, field: Field | None, name: str) -> str:
        return (field.label.in_(self._language) if field else "") or name

    def _part_name(self, path: str) -> str:
        step_id, _, section_id = path.partition("/")
        step = self._form.steps_by_id[step_id]
        if not section_id:
            return self._say("step", name=step.title.in_(self._language))
        section = next((each for each in step.sections if each.id == section_id), None)
        title = section.title.in_(self._language) if section and section.title else section_id
        return self._say("section", name=title)

    def _field(self, name: str) -> Field | None:
        return self._form.field_at(name.removeprefix("record.")) if name else None

    def _depth(self, name: str) -> int:
        """How many dots the definition path has that a name would have, were it a field's."""
        parts = name.removeprefix("record.").split(".")
        return 1 if len(parts) == 3 else len(parts) - 1

    def _list(self, items: Iterable[str], most: int = 8) -> str:
        listed = list(items)
        shown = self._say("comma").join(listed[:most])
        return shown if len(listed) <= most else self._say("and_more", shown=shown, count=len(listed))

    def _quoted(self, text: str) -> str:
        return self._say("quoted", text=text)

    def _bare(self, text: str) -> str:
        return self._say("bare", text=text)

    def _say(self, code: str, **params: object) -> str:
        return sentence("explain", code, params, self._language)


def _is_day(value: str) -> bool:
    return value[:4].isdigit() and value[4:5] == "-"
