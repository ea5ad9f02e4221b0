"""The shared vectors of tests/vectors: rules with what they must say, read for every evaluator alike.

A file has `names`, `facts`, `record` and `row` (types), and `rules`: each with its `when`, a list of
[values, answer] or [values, answer, {row, facts, record}]. The answer is true, false or "unknown"; where the rule
`gives` a type it is the JSON value, null for blank. A fact that is left out is unknown.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from formkit.expressions import (
    UNKNOWN,
    Choice,
    Choices,
    Context,
    Date,
    File,
    Group,
    Month,
    Number,
    Rows,
    Rule,
    Scope,
    Text,
    Type,
    YesNo,
    parse_rule,
)

FOLDER = Path(__file__).parent.parent / "vectors"
_PLAIN: dict[str, Type] = {"yes_no": YesNo(), "text": Text(), "date": Date(), "month": Month(), "file": File()}


@dataclass(frozen=True)
class Vector:
    """One rule with one set of answers."""

    file: str
    rule: Rule
    scope: Scope
    values: dict[str, Any]
    row: dict[str, Any] | None
    context: Context
    answer: Any

    def __str__(self) -> str:
        return f"{self.file}: {self.rule.text} over {self.values} {self.row or ''} {self.context}"


def type_of(written: Any) -> Type:
    """The type a vector file means."""
    if isinstance(written, str):
        return _PLAIN[written]
    ((word, argument),) = written.items()
    if word == "number":
        return Number(*argument)
    if word in ("choice", "choices"):
        return (Choice if word == "choice" else Choices)(tuple(argument))
    return (Rows if word == "rows" else Group)(types_of(argument))


def types_of(written: dict[str, Any]) -> dict[str, Type]:
    """The types of several names."""
    return {name: type_of(kind) for name, kind in written.items()}


@cache
def all_vectors() -> tuple[Vector, ...]:
    """Every vector of every file."""
    return tuple(vector for path in sorted(FOLDER.glob("*.json")) for vector in _vectors(path))


def _vectors(path: Path) -> Iterator[Vector]:
    file = json.loads(path.read_text(encoding="utf-8"))
    row = types_of(file["row"]) if "row" in file else None
    scope = Scope(types_of(file["names"]), types_of(file.get("facts", {})), types_of(file.get("record", {})), row)
    for entry in file["rules"]:
        expects = type_of(entry.get("gives", "yes_no"))
        rule = parse_rule(entry["rule"], scope, expects=expects)
        assert isinstance(rule, Rule), (path.name, entry["rule"], rule)
        for values, answer, *more in entry["when"]:
            around = more[0] if more else {}
            context = Context(around.get("record", {}), around.get("facts", {}), entry.get("today", "2024-09-01"))
            wanted = UNKNOWN if answer == "unknown" else answer
            wanted = None if wanted is UNKNOWN and "gives" in entry else wanted
            yield Vector(path.name, rule, scope, values, around.get("row"), context, wanted)
