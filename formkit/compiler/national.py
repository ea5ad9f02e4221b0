"""Whether a variant weakens what its base marks `national: true`: each breach with both places and the mend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from formkit.choices import ChoiceList
from formkit.compiler.guarded import Guarded, HeldCheck, shown_by
from formkit.compiler.reporting import Reporter, YamlPath
from formkit.compiler.variants import Whole
from formkit.compiler.weighing import (
    changed_options,
    days,
    is_stricter,
    is_wider,
    is_within,
    keeps_words,
    process,
    same_condition,
    same_value,
)
from formkit.diagnostics import Diagnostic, Place
from formkit.fields.limits import is_closer, lets_in_more
from formkit.form import Check, Condition, Field, Form
from formkit.locales import sentence
from formkit.schemas.grafting import entries_at
from formkit.schemas.source import Document
from formkit.texts import LANGUAGES, Text


def breaches(base: Form, form: Form | None, whole: Whole) -> tuple[Diagnostic, ...]:
    """What a variant weakens of what is national in its base; where that cannot be told, it counts as weakened.

    Of a variant that is no form by itself, only the national fields it leaves out are known.
    """
    guarded = Guarded(base)
    if not guarded:
        return ()
    holding = _Holding(base, form or base, whole, guarded)
    found = list(holding.all() if form is not None else holding.left_out())
    by_itself = [each for each in found if each.place != whole.own.place(("extends",))]
    unique: dict[tuple[str, Place, object], Diagnostic] = {}
    for each in by_itself or found:  # what the variant says nothing of only follows from what it says
        name = "" if each.code == "national-removed" else str(each.params)
        unique.setdefault((each.code, each.place, name), each)
    return tuple(unique.values())


@dataclass
class _Holding:
    """A variant held against its base."""

    base: Form
    form: Form
    whole: Whole
    guarded: Guarded

    def all(self) -> Iterator[Diagnostic]:
        yield from self._whole_form()
        for step in self.guarded.steps:
            new = self.form.steps_by_id.get(step.id)
            yield from self._part(("steps", step.id), step.title, step.national, new)
        for step, section in self.guarded.sections:
            route = ("steps", step.id, "sections", section.id)
            now = self.form.steps_by_id.get(step.id)
            found = next((each for each in now.sections if each.id == section.id), None) if now else None
            yield from self._part(route, section.title or Text(section.id), section.national, found)
        for path in self.base.fields:
            if path in self.guarded.marked or path in self.guarded.read:
                yield from self._field(path)
        for held in self.guarded.checks:
            yield from self._check(held)
        for name in self.base.choices:
            if name in self.guarded.lists:
                yield from self._list(name)
        yield from self._facts()

    def left_out(self) -> Iterator[Diagnostic]:
        """The marked fields that the variant's document does not have."""
        there = dict(_routes(self.whole.document))
        for path in self.base.fields:
            if path in self.guarded.marked and path not in there:
                yield self._tell("national-removed", self.base.fields[path].label, self._routes[path])

    # ------------------------------------------------------------------ telling

    def _tell(
        self,
        code: str,
        name: Text,
        route: YamlPath,
        keys: tuple[str, ...] = (),
        *,
        why: Text | None = None,
        **more: Any,
    ) -> Diagnostic:
        old = self._base_place(route, keys)
        params = {"name": name, "because": why or _word("marked"), "file": old.file, "line": old.line, **more}
        return Diagnostic(code, self._blamed(route, keys), params)

    def _base_place(self, route: YamlPath, keys: tuple[str, ...]) -> Place:
        base = self.whole.base.document if self.whole.base is not None else self.whole.own
        known = [key for key in keys if key in entries_at(base.root, route)]
        return base.place((*route, *known[:1]), key=True)

    def _blamed(self, route: YamlPath, keys: tuple[str, ...]) -> Place:
        """Where the variant says what it should not: the key, what holds it, or at least the base it names."""
        own, touched = Reporter(self.whole.own), self.whole.touched
        holders = [route[:length] for length in range(len(route), 0, -1)]
        for path in (*((*route, key) for key in keys), *holders):
            if path in touched:
                return own.place(touched[path], key=True)
        inside = next((where for path, where in touched.items() if path[: len(route)] == route), None)
        return own.place(inside or ("extends",), key=inside is not None)

    # ------------------------------------------------------------------ the form, steps and sections

    def _whole_form(self) -> Iterator[Diagnostic]:
        if self.base.time_zone != self.form.time_zone:
            yield self._tell("national-undecided", self.base.title, (), ("time_zone",), key="time_zone")
        if not self.base.national:
            return
        if not self.form.national:
            yield self._tell("national-unmarked", self.base.title, (), ("national",))
        if process(self.base.workflow) != process(self.form.workflow):
            yield self._tell("national-workflow", self.base.title, ("workflow",))

    def _part(self, route: YamlPath, name: Text, own: bool, new: Any) -> Iterator[Diagnostic]:
        if new is None:
            yield self._tell("national-removed", name, route)
        elif own and not new.national:
            yield self._tell("national-unmarked", name, route, ("national",))

    def _facts(self) -> Iterator[Diagnostic]:
        for id_, by in self.guarded.facts.items():
            old, new = self.base.facts.get(id_), self.form.facts.get(id_)
            if old is not None and new is not None and old.type != new.type:
                route, why = ("facts", id_), _word("read", name=by)
                yield self._tell("national-type", old.label, route, ("type", "choices", "places"), why=why)

    # ------------------------------------------------------------------ fields

    def _field(self, path: str) -> Iterator[Diagnostic]:
        old, new, route = self.base.fields[path], self.form.fields.get(path), self._routes[path]
        read = self.guarded.read.get(path)
        marked = path in self.guarded.marked
        why = _word("marked") if marked or read is None else _word("read", name=read.by)
        if new is None:
            yield self._tell("national-removed", old.label, route, why=why)
            return
        if type(old.type) is not type(new.type):
            yield self._tell("national-type", old.label, route, ("type",), why=why)
            return
        yield from self._shown(old, new, route, why, exactly=read is not None)
        if not same_value(old, new):
            yield self._tell("national-value", old.label, route, ("value", "value_when", "value_unless"), why=why)
        if marked:
            yield from self._asked(old, new, route)
        if marked or any(inner.path in self.guarded.marked for inner in old.fields):
            yield from self._limits(old, new, route)
        if marked:
            lists = (old.type.choice_list, new.type.choice_list)
            if lists[0] and lists[1] and not (lists[0].id == lists[1].id and lists[0].id in self.guarded.lists):
                yield from self._choices(lists[0], lists[1], old.label)
        if read is not None and read.decides:
            yield from self._needed(old, new, route, _word("read", name=read.by))

    def _asked(self, old: Field, new: Field, route: YamlPath) -> Iterator[Diagnostic]:
        """What is asked of a marked field: its words, whether it must be answered, whether it is locked."""
        if old.national and not new.national:
            yield self._tell("national-unmarked", old.label, route, ("national",))
        if not keeps_words(old.label, new.label):
            yield self._tell("national-label", old.label, route, ("label",))
        before, after = old.required, new.required
        keys = ("required", "required_when", "required_unless")
        if before.always and not after.always:
            yield self._tell("national-optional", old.label, route, keys)
        elif before.condition is not None and not after.always:
            if after.condition is None:
                yield self._tell("national-optional", old.label, route, keys)
            elif not is_wider(before.condition, after.condition):
                what = _word("required")
                yield self._tell("national-condition", old.label, route, keys, what=what)
        yield from self._lock(old, new, route)

    def _lock(self, old: Field, new: Field, route: YamlPath) -> Iterator[Diagnostic]:
        before, after, keys = old.lock, new.lock, ("locked", "locked_when", "locked_unless")
        if after.always:
            return
        opened = before.condition is not None and after.condition is None
        if before.always or (before.after_submission and not after.after_submission) or opened:
            yield self._tell("national-unlocked", old.label, route, keys)
        elif before.condition is not None and not is_wider(before.condition, after.condition):
            yield self._tell("national-condition", old.label, route, keys, what=_word("locked"))

    def _shown(self, old: Field, new: Field, route: YamlPath, why: Text, *, exactly: bool) -> Iterator[Diagnostic]:
        """It shows whenever it did; where rules read it, exactly then."""
        before = [each for each in self.guarded.shown[old.path] if each is not None]
        after = [each for each in self._now_shown[new.path] if each is not None]
        narrower = [each for each in after if not any(is_wider(one, each) for one in before)]
        if narrower:
            code = "national-hidden" if not before else "national-condition"
            yield self._tell(code, old.label, *self._condition_at(route, old, new), why=why, what=_word("shown"))
        elif exactly and not all(any(is_wider(each, one) for each in after) for one in before):
            what = _word("shown")
            yield self._tell("national-condition", old.label, *self._condition_at(route, old, new), why=why, what=what)

    def _condition_at(self, route: YamlPath, old: Field, new: Field) -> tuple[YamlPath, tuple[str, ...]]:
        """Where the condition stands that differs: the field's, or that of something around it."""
        keys = ("visible_when", "visible_unless")
        if not same_condition(old.visible, new.visible):
            return route, keys
        holders = [route[:length] for length in (6, 4, 2) if length < len(route)]
        touched = (each for each in holders if any((*each, key) in self.whole.touched for key in keys))
        return next(touched, route), keys

    def _limits(self, old: Field, new: Field, route: YamlPath) -> Iterator[Diagnostic]:
        """Limits that let in more, or may do so."""
        for key, before, after in changed_options(old, new):
            looser = lets_in_more(key, before, after)
            if looser is not False:
                code = "national-loosened" if looser else "national-undecided"
                yield self._tell(code, old.label, route, (key,), key=key)

    def _needed(self, old: Field, new: Field, route: YamlPath, why: Text) -> Iterator[Diagnostic]:
        """Answers on which a national condition rests, and which can no longer be given."""
        for key, before, after in changed_options(old, new):
            if is_closer(key, before, after) is not False:
                yield self._tell("national-undecided", old.label, route, (key,), why=why, key=key)
        if old.type.choice_list is not None and new.type.choice_list is not None:
            before, after = days(old.type.choice_list), days(new.type.choice_list)
            for value in before:
                if value not in after or not is_within(before[value], after[value]):
                    lists = (new.type.choice_list, old.type.choice_list)
                    yield self._choice("national-choice-retired", old.label, why, *lists, value)

    # ------------------------------------------------------------------ choices

    def _list(self, name: str) -> Iterator[Diagnostic]:
        old, new, called = self.base.choices[name], self.form.choices.get(name), Text(name)
        if new is None:
            yield self._tell("national-removed", called, ("choices", name))
            return
        if old.national and not new.national:
            yield self._tell("national-unmarked", called, ("choices", name), ("national",))
        yield from self._choices(old, new, called)

    def _choices(self, old: ChoiceList, new: ChoiceList, name: Text) -> Iterator[Diagnostic]:
        """Choices that can be taken besides or for more days, and those called otherwise."""
        before, after, why = days(old), days(new), _word("marked")
        for value in after:
            if value not in before or not is_within(after[value], before[value]):
                yield self._choice("national-choice-added", name, why, new, old, value)
        for value, choice in old.by_value.items():
            now = new.by_value.get(value)
            if now is not None and not keeps_words(choice.label, now.label):
                yield self._choice("national-choice-label", name, why, new, old, value)

    def _choice(self, code: str, name: Text, why: Text, new: ChoiceList, old: ChoiceList, value: str) -> Diagnostic:
        known = old.by_value.get(value) or next(iter(old.by_value.values()), None)
        first = known.place if known is not None and known.place is not None else self.base.place
        where = next(
            (at for path, at in self.whole.touched.items() if path[:2] == ("choices", new.id) and value in path[2:]),
            None,
        )
        above = next((self.whole.touched[path] for path in self._over(new.id) if path in self.whole.touched), None)
        place = Reporter(self.whole.own).place(where or above or ("extends",), key=bool(where or above))
        params = {"name": name, "because": why, "file": first.file, "line": first.line, "value": value}
        return Diagnostic(code, place, params)

    def _over(self, name: str) -> Iterator[YamlPath]:
        yield ("choices", name)
        for path, field in self.form.fields.items():
            if field.type.choice_list is not None and field.type.choice_list.id == name and path in self._routes:
                yield (*self._routes[path], "choices")

    # ------------------------------------------------------------------ checks

    def _check(self, held: HeldCheck) -> Iterator[Diagnostic]:
        old = held.check
        found = self._checks_of(held.holder)
        if found is None:
            return  # what held it is gone, which is told of that
        same = next((each for each in found if old.id is not None and each.id == old.id), None)
        if not any(is_stricter(old, each) for each in found):
            code = "national-check" if same is not None else "national-check-removed"
            yield self._tell(code, old.message, *self._check_at(held))
        elif old.national and not any(each.national and is_stricter(old, each) for each in found):
            yield self._tell("national-unmarked", old.message, *self._check_at(held))

    def _checks_of(self, holder: str) -> tuple[Check, ...] | None:
        if not holder:
            return self.form.checks
        step = self.form.steps_by_id.get(holder.removesuffix("/")) if holder.endswith("/") else None
        if step is not None:
            return step.checks
        return self.form.fields[holder].checks if holder in self.form.fields else None

    def _check_at(self, held: HeldCheck) -> tuple[YamlPath, tuple[str, ...]]:
        holder = held.holder
        route = ("steps", holder[:-1]) if holder.endswith("/") else self._routes[holder] if holder else ()
        around = self.base.fields[holder].checks if holder in self.base.fields else ()
        around = self.base.steps_by_id[holder[:-1]].checks if holder.endswith("/") else around or self.base.checks
        position = next(index for index, each in enumerate(around) if each is held.check)
        here = (*route, "checks", position)
        keys = ("rule", "level", "when", "national")
        return here, keys

    @cached_property
    def _now_shown(self) -> Mapping[str, tuple[Condition | None, ...]]:
        return shown_by(self.form)

    @cached_property
    def _routes(self) -> Mapping[str, YamlPath]:
        """A field's path → its path in the base's document."""
        return dict(_routes(self.whole.base.document)) if self.whole.base is not None else {}


def _routes(document: Document) -> Iterator[tuple[str, YamlPath]]:
    for step in entries_at(document.root, ("steps",)):
        blocks: list[YamlPath] = [("steps", step, "fields")]
        sections = entries_at(document.root, ("steps", step, "sections"))
        blocks += [("steps", step, "sections", section, "fields") for section in sections]
        for block in blocks:
            for id_ in entries_at(document.root, block):
                yield id_, (*block, id_)
                for inner in entries_at(document.root, (*block, id_, "fields")):
                    yield f"{id_}.{inner}", (*block, id_, "fields", inner)


def _word(code: str, **params: object) -> Text:
    return Text({language: sentence("variants", f"because.{code}", params, language) for language in LANGUAGES})
