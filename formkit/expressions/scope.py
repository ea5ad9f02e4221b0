"""What the names in a rule mean: a rule is checked in a scope."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from formkit.expressions.functions import BUILT_IN, RuleFunction
from formkit.expressions.types import FILE_COLUMNS, File, Group, Type
from formkit.registry import Registry

_NOTHING: Mapping[str, Type] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scope:
    """The types of the form's names, of the facts, of the record, and of the row a rule belongs to.

    A name is looked up in `row` first, then in `names`; `facts.x` and `record.x` say where they come from.
    """

    names: Mapping[str, Type]
    facts: Mapping[str, Type] = field(default_factory=lambda: _NOTHING)
    record: Mapping[str, Type] = field(default_factory=lambda: _NOTHING)
    row: Mapping[str, Type] | None = None
    functions: Registry[RuleFunction] = field(default_factory=lambda: BUILT_IN)

    def is_name(self, word: str) -> bool:
        """Whether a rule may begin a name with this word."""
        return word in self.names or (self.row is not None and word in self.row)

    def known(self) -> Iterator[str]:
        """Every name that may be asked about, for suggestions."""
        yield from self.row or ()
        for name, kind in self.names.items():
            yield name
            yield from (f"{name}.{part}" for part in inside(kind))
        yield from (f"facts.{name}" for name in self.facts)
        yield from (f"record.{name}" for name in self.record)


def inside(kind: Type) -> Mapping[str, Type]:
    """What may follow a dot after a name of this type."""
    if isinstance(kind, Group):
        return kind.fields
    return FILE_COLUMNS if isinstance(kind, File) else _NOTHING
