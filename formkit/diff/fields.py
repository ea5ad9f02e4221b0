"""Fields: those that came and went, and what is asked of each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formkit.diff.change import Change, Severity
from formkit.diff.checks import check_changes
from formkit.diff.conditions import condition_change, same_condition
from formkit.diff.limits import limit_changes
from formkit.diff.pairing import Pairs, inner_pairs, same_type, surroundings
from formkit.diff.people import around, listed, who, word
from formkit.diff.texts import Texts, joined, text_changes
from formkit.expressions.ir import Node
from formkit.fields.base import Shape
from formkit.form import Calculation, Check, Condition, Field, Form, Lock
from formkit.issues import Level
from formkit.texts import Text

_NOT_BY_ANSWERS = frozenset({"condition-changed", "statement-changed"})
"""Codes whose sentences say themselves when something is so."""


def field_changes(pairs: Pairs) -> Iterator[Change]:
    """What changed about the fields, in the new form's reading order, and after that those that are gone."""
    yield from _all(pairs, pairs.top)


def _all(pairs: Pairs, found: Iterable[tuple[Field | None, Field | None]]) -> Iterator[Change]:
    for old, new in found:
        if old is not None and new is not None:
            yield from (_for_whom(pairs, change) for change in _field(pairs, old, new))
        elif new is not None:
            yield _added(pairs.new, new)
        elif old is not None:
            gone = Severity.SAFE if old.shape is Shape.NOTE else Severity.BREAKING
            affected, rules = _shown_to(pairs.old, old)
            yield Change("field-removed", gone, old.path, called(pairs.old, old), {}, old.place, None, affected, rules)


def called(form: Form, field: Field) -> Text:
    """What people call a field, that which holds it first."""
    top = form.top_fields[field.path.partition(".")[0]]
    return field.label if top is field else word("inside", name=field.label, outer=top.label)


def _for_whom(pairs: Pairs, change: Change) -> Change:
    """A change of what is asked counts for those whom the field is shown to."""
    field = pairs.new.fields.get(change.path)
    if field is not None and field.shape is Shape.NOTE and change.code == "condition-changed":
        return replace(change, severity=Severity.SAFE)
    told = change.affected is not None or change.severity is Severity.SAFE or change.code in _NOT_BY_ANSWERS
    if told or field is None:
        return change
    affected, rules = _shown_to(pairs.new, field)
    return replace(change, affected=affected, rules=tuple(dict.fromkeys((*rules, *change.rules))))


def _shown_to(form: Form, field: Field, *more: Condition | None) -> tuple[Text | None, tuple[str, ...]]:
    conditions = [*around(form, field), *more]
    return who(form, conditions), tuple(each.rule.text for each in conditions if each is not None)


def _added(form: Form, field: Field) -> Change:
    asks = any(_may_refuse(each) for each in (field, *field.fields))
    severity = Severity.ASKS_AGAIN if asks else Severity.SAFE
    needed = field.required.always or field.required.condition is not None
    kind = word("required" if needed else "optional")
    labels = listed(inner.label for inner in field.fields)
    params = {"kind": word("with_parts", kind=kind, parts=labels) if field.fields else kind}
    affected, rules = _shown_to(form, field, field.required.condition)
    return Change("field-added", severity, field.path, called(form, field), params, None, field.place, affected, rules)


def _may_refuse(field: Field) -> bool:
    """Whether a field that nobody has answered yet can be a reason to refuse."""
    needed = field.required.always or field.required.condition is not None or field.calculation is not None
    at_least = any(getattr(field.type.options, key, 0) for key in ("min_rows", "min_choices", "min_files"))
    return needed or at_least or any(not _quiet(check, field) for check in field.checks)


def _quiet(check: Check, field: Field) -> bool:
    """Whether a check has nothing to say while its field is blank."""
    return check.level is not Level.ERROR or _needs(check.rule.tree, field)


def _needs(node: Node, field: Field) -> bool:
    if node.op in ("and", "or", "not"):
        parts = [each for arg in node.args for each in (arg if isinstance(arg, tuple) else (arg,))]
        return all(_needs(each, field) for each in parts)
    read = [each for each in node.args if isinstance(each, Node) and each.op == "get"]
    named = any(".".join(each.args[1]) in (field.path, field.id) for each in read if each.args[0] in ("values", "row"))
    return named and node.op in ("==", "!=", "<", "<=", ">", ">=", "in", "has", "yes")


def _field(pairs: Pairs, old: Field, new: Field) -> Iterator[Change]:
    path, name, places = new.path, called(pairs.new, new), (old.place, new.place)
    if old.id != new.id:
        yield Change("field-renamed", Severity.SAFE, path, name, {"old": old.id, "new": new.id}, *places)
    yield from _moved(pairs, old, new)
    yield from text_changes(path, name, _texts(old), _texts(new), places)
    yield from condition_change(pairs, path, name, old.visible, new.visible, "shown")
    if not same_type(old, new):
        types = {"old": _kind(old), "new": _kind(new)}
        affected, rules = _shown_to(pairs.old, old)
        yield Change("type-changed", Severity.BREAKING, path, name, types, *places, affected, rules)
        return
    yield from limit_changes(path, name, old, new)
    yield from _required(pairs, name, old, new)
    yield from _lock(pairs, name, old, new)
    if not _same_calculation(pairs, old.calculation, new.calculation):
        change = "added" if old.calculation is None else "removed" if new.calculation is None else "changed"
        known = tuple(each.rule.text for each in (old.calculation, new.calculation) if each is not None)
        params = {"what": word(f"calculation.{change}", rule=known[-1])}
        yield Change("calculation-changed", Severity.ASKS_AGAIN, path, name, params, *places, rules=known)
    yield from check_changes(pairs, path, name, old.checks, new.checks)
    yield from _all(pairs, inner_pairs(old, new))


def _kind(field: Field) -> Text:
    several = getattr(field.type.options, "max_files", 1) > 1
    return word(f"type.{field.type.name}.several" if several else f"type.{field.type.name}", default=field.type.name)


def _texts(field: Field) -> Texts:
    own = {key: getattr(field.type.options, key, None) for key in ("statement", "text")}
    return {
        "label": field.label,
        "hint": joined(hint.text for hint in field.hints),
        "lock_reason": field.lock.reason,
        **{key: Text(value) if value else None for key, value in own.items()},
        "messages": joined(field.messages[code] for code in sorted(field.messages)),
    }


def _moved(pairs: Pairs, old: Field, new: Field) -> Iterator[Change]:
    if "." in new.path:
        return
    (step, section), (now, part) = surroundings(pairs.old)[old.id], surroundings(pairs.new)[new.id]
    places = (old.place, new.place)
    if step.id != now.id:
        params = {"old": step.title, "new": now.title}
        yield Change("field-moved", Severity.SAFE, new.path, new.label, params, *places)
    if step.id == now.id and section.id == part.id:
        return  # what changed about these is told of them
    before, after = [step.visible, section.visible], [now.visible, part.visible]
    if not all(same_condition(pairs, *each) for each in zip(before, after, strict=True)):
        always = word("always")
        params = {
            "what": word("when.shown"),
            "old": who(pairs.old, before) or always,
            "new": who(pairs.new, after) or always,
        }
        yield Change("condition-changed", Severity.ASKS_AGAIN, new.path, new.label, params, *places)


def _required(pairs: Pairs, name: Text, old: Field, new: Field) -> Iterator[Change]:
    before, after = old.required, new.required
    places = (before.place or old.place, after.place or new.place)
    if before.condition is not None and after.condition is not None:
        yield from condition_change(pairs, new.path, name, before.condition, after.condition, "required")
        return
    if after.always > before.always or (after.condition is not None and not before.always):
        affected, rules = _shown_to(pairs.new, new, after.condition)
        params = {"old": word("partly" if before.condition is not None else "optional")}
        yield Change("became-required", Severity.ASKS_AGAIN, new.path, name, params, *places, affected, rules)
    elif (before.always, before.condition is None) != (after.always, after.condition is None):
        affected, rules = _shown_to(pairs.new, new, before.condition)
        kept = who(pairs.new, [after.condition])
        params = {"kept": word("still", who=kept) if kept else Text("")}
        yield Change("became-optional", Severity.SAFE, new.path, name, params, *places, affected, rules)


def _lock(pairs: Pairs, name: Text, old: Field, new: Field) -> Iterator[Change]:
    before, after = old.lock, new.lock
    places = (before.place or old.place, after.place or new.place)
    same = (before.always, before.after_submission) == (after.always, after.after_submission)
    if same and same_condition(pairs, before.condition, after.condition):
        return
    rules = tuple(each.condition.rule.text for each in (before, after) if each.condition is not None)
    params = {"old": _when_locked(pairs.old, before), "new": _when_locked(pairs.new, after)}
    if not _locks(before):
        affected, _ = _shown_to(pairs.new, new, after.condition)
        params["when"] = word("lock.submitted") if after.after_submission else Text("")
        yield Change("lock-added", Severity.ASKS_AGAIN, new.path, name, params, *places, affected, rules)
    elif not _locks(after):
        needed = new.required.always or new.required.condition is not None
        asks = needed and (before.always or before.condition is not None)
        severity = Severity.ASKS_AGAIN if asks else Severity.SAFE
        yield Change("lock-removed", severity, new.path, name, params, *places, rules=rules)
    else:
        yield Change("lock-changed", Severity.ASKS_AGAIN, new.path, name, params, *places, rules=rules)


def _locks(lock: Lock) -> bool:
    return lock.always or lock.after_submission or lock.condition is not None


def _when_locked(form: Form, lock: Lock) -> Text:
    if lock.condition is not None:
        return who(form, [lock.condition]) or word("always")
    return word("always" if lock.always else "after_submission" if lock.after_submission else "never")


def _same_calculation(pairs: Pairs, old: Calculation | None, new: Calculation | None) -> bool:
    if old is None or new is None:
        return old is new
    return pairs.same(old.rule, new.rule) and same_condition(pairs, old.condition, new.condition)
