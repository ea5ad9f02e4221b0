"""What each name of a rule stands for: a column, a field, a fact, or a value on record."""

from collections.abc import Mapping

from formkit.expressions.ir import Node, weighed
from formkit.expressions.problems import Refused, nearest, some
from formkit.expressions.scan import RESERVED_WORDS
from formkit.expressions.scope import Scope, inside
from formkit.expressions.syntax import Name
from formkit.expressions.types import File, Group, Rows, Type

_Start = tuple[str | int, Mapping[str, Type], tuple[str, ...], str]
"""Where to read, the types there, the path still to go, and what a mention begins with."""


class Names:
    """Looks names up in a scope and in the rows a loop has opened; `mentions` collects what was asked for."""

    def __init__(self, scope: Scope) -> None:
        self.mentions: set[str] = set()
        self._scope = scope
        self._rows: dict[str, tuple[int, Mapping[str, Type]]] = {}

    def open_row(self, variable: Name, columns: Mapping[str, Type]) -> int:
        """Gives the row of a loop its name; the number the loop is known by."""
        word = variable.path[0]
        if word in RESERVED_WORDS or word.startswith("_"):
            raise Refused("odd-row-word", variable.start, variable.end, found=word)
        if self._scope.is_name(word) or word in self._rows:
            raise Refused("name-taken", variable.start, variable.end, name=word)
        self._rows[word] = (len(self._rows), columns)
        return len(self._rows) - 1

    def close_row(self, variable: Name) -> None:
        """The loop is over."""
        del self._rows[variable.path[0]]

    def get(self, name: Name) -> Node:
        """Reads the value a name stands for."""
        where, types, path, prefix = self._start(name)
        kind = self._walk(name, types, path)
        if isinstance(kind, Group):
            raise Refused("not-one-value", name.start, name.end, called=kind.called)
        if where == "facts" and isinstance(kind, Rows):
            raise Refused("rows-in-facts", name.start, name.end, name=".".join(name.path))
        if not isinstance(where, int):
            self.mentions.add(prefix + ".".join(_without_file_part(types, path)))
        return weighed("get", (where, path), kind, name.start, name.end)

    def group(self, name: Name) -> list[Name] | None:
        """The fields of the group a name stands for; None where it is no group."""
        _, types, path, _ = self._start(name)
        kind = self._walk(name, types, path)
        return self._leaves(name, kind) if isinstance(kind, Group) else None

    def _leaves(self, name: Name, group: Group) -> list[Name]:
        leaves: list[Name] = []
        for part, kind in group.fields.items():
            deeper = Name(name.start, name.end, (*name.path, part))
            leaves.extend(self._leaves(deeper, kind) if isinstance(kind, Group) else [deeper])
        return leaves

    def _start(self, name: Name) -> _Start:
        first, rest = name.path[0], name.path[1:]
        scope = self._scope
        if first in self._rows:
            index, columns = self._rows[first]
            if not rest:
                raise Refused("row-alone", name.start, name.end, name=first, known=some(columns))
            return index, columns, rest, ""
        if scope.row is not None and first in scope.row:
            return "row", scope.row, name.path, "row."
        if first in scope.names:
            return "values", scope.names, name.path, ""
        if first in ("facts", "record"):
            if not rest:
                raise Refused("name-alone", name.start, name.end, name=first)
            return first, scope.facts if first == "facts" else scope.record, rest, f"{first}."
        raise self._unknown(name)

    def _walk(self, name: Name, types: Mapping[str, Type], path: tuple[str, ...]) -> Type:
        kind: Type = Group(types)
        gone = len(name.path) - len(path)
        for number, part in enumerate(path, gone):
            before = ".".join(name.path[:number])
            if isinstance(kind, Rows):
                raise Refused("rows-need-loop", name.start, name.end, rows=before, column=part)
            known = inside(kind)
            if part not in known:
                raise self._unknown_part(name, before, part, known)
            kind = known[part]
        return kind

    def _unknown(self, name: Name) -> Refused:
        written = ".".join(name.path)
        known = [*self._rows, *self._scope.known()]
        near = nearest(written, known)
        return Refused("unknown-name", name.start, name.end, name=written, near=near, known=some(known))

    def _unknown_part(self, name: Name, before: str, part: str, known: Mapping[str, Type]) -> Refused:
        if not before:
            return self._unknown(name)
        if not known:
            return Refused("no-parts", name.start, name.end, name=before, part=part)
        near = nearest(part, known)
        return Refused("unknown-part", name.start, name.end, name=before, part=part, near=near, known=some(known))


def _without_file_part(types: Mapping[str, Type], path: tuple[str, ...]) -> tuple[str, ...]:
    kind: Type = Group(types)
    for number, part in enumerate(path):
        if isinstance(kind, File):
            return path[:number]
        kind = inside(kind)[part]
    return path
