"""Which part of the old form is which part of the new one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from formkit.expressions import Rule
from formkit.form import Field, Form, Section, Step


@dataclass(frozen=True)
class Pairs:
    """Two editions and the fields they share; a column or a member is paired inside of what holds it."""

    old: Form
    new: Form
    top: tuple[tuple[Field | None, Field | None], ...]

    @cached_property
    def both(self) -> tuple[tuple[Field, Field], ...]:
        """Every field that is in both forms and of the same type, members and columns too."""
        return tuple(_matching(self.top))

    @cached_property
    def new_paths(self) -> Mapping[str, str]:
        """The path of a field in the old form → its path in the new one, where they differ."""
        return {old.path: new.path for old, new in self.both if old.path != new.path}

    @cached_property
    def _new_columns(self) -> Mapping[str, str]:
        return {old.id: new.id for old, new in self.both if old.path.count(".") and old.id != new.id}

    def same(self, old: Rule | None, new: Rule | None) -> bool:
        """Whether two rules say the same, renamed fields taken into account."""
        if old is None or new is None:
            return old is new
        return old.functions == new.functions and self._renamed(old.tree.to_json()) == new.tree.to_json()

    def _renamed(self, part: Any) -> Any:
        if not isinstance(part, list):
            return part
        if len(part) == 3 and part[0] == "get":
            return ["get", part[1], self._new_path(part[1], part[2])]
        return [self._renamed(each) for each in part]

    def _new_path(self, where: object, path: list[str]) -> list[str]:
        if where in ("values", "record"):
            whole = ".".join(path)
            return self.new_paths.get(whole, whole).split(".")
        return path if where == "facts" else [self._new_columns.get(each, each) for each in path]


def paired(old: Form, new: Form) -> Pairs:
    """The fields of two forms, each beside what it was."""
    return Pairs(old, new, tuple(_beside(old.top_fields.values(), new.top_fields.values())))


def inner_pairs(old: Field, new: Field) -> tuple[tuple[Field | None, Field | None], ...]:
    """The members or columns of a field that is in both forms."""
    return tuple(_beside(old.fields, new.fields))


def same_type(old: Field, new: Field) -> bool:
    """Whether answers to one can be read as answers to the other."""
    return type(old.type) is type(new.type) and _is_list(old) is _is_list(new)


def surroundings(form: Form) -> Mapping[str, tuple[Step, Section]]:
    """A top-level field's id → the step and the section it stands in."""
    return {field.id: (step, part) for step in form.steps for part in step.sections for field in part.fields}


def reordered(before: Iterable[str], after: Iterable[str]) -> bool:
    """Whether those that are in both stand in another order."""
    old, new = list(before), list(after)
    return [each for each in old if each in new] != [each for each in new if each in old]


def _beside(old: Iterable[Field], new: Iterable[Field]) -> Iterator[tuple[Field | None, Field | None]]:
    before, after = {field.id: field for field in old}, {field.id: field for field in new}
    taken: set[str] = set()
    for id_, field in after.items():
        known = (name for name in field.renamed_from if name in before and name not in after and name not in taken)
        found = id_ if id_ in before else next(known, None)
        taken.update([found] if found else [])
        yield (before[found] if found else None, field)
    yield from ((field, None) for id_, field in before.items() if id_ not in taken)


def _matching(pairs: Iterable[tuple[Field | None, Field | None]]) -> Iterator[tuple[Field, Field]]:
    for old, new in pairs:
        if old is not None and new is not None and same_type(old, new):
            yield old, new
            yield from _matching(_beside(old.fields, new.fields))


def _is_list(field: Field) -> bool:
    """Whether an upload is a list of files rather than one."""
    return bool(getattr(field.type.options, "max_files", 1) > 1)
