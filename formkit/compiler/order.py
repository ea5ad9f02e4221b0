"""Which step, section and field is settled after which: everything a rule mentions comes first, or it is a cycle."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from formkit.form import Condition, Field, Step

Node = tuple[str, str]


@dataclass(frozen=True)
class Order:
    """Nodes in an order that respects what they depend on; `cycles` name the ways round, if there are any."""

    nodes: tuple[Node, ...]
    cycles: tuple[tuple[str, ...], ...] = ()


def form_order(steps: Iterable[Step]) -> Order:
    """The order of a form's steps, sections and top-level fields."""
    graph: dict[Node, list[Node]] = {}
    for step in steps:
        graph[("step", step.id)] = _fields(_condition_names(step.visible))
        for section in step.sections:
            key = f"{step.id}/{section.id}"
            graph[("section", key)] = [("step", step.id), *_fields(_condition_names(section.visible))]
            for field in section.fields:
                graph[("field", field.id)] = [("section", key), *_fields(settling_names(field))]
    return _sorted(graph)


def inner_order(fields: Iterable[Field]) -> Order:
    """The order of the fields inside a group or of the columns of rows."""
    graph = {
        ("field", field.id): [
            ("field", name.removeprefix("row.")) for name in settling_names(field) if name.startswith("row.")
        ]
        for field in fields
    }
    return _sorted(graph)


def settling_names(field: Field) -> Iterator[str]:
    """The names that decide whether the field shows and what its value is, with those of the fields inside it."""
    yield from _condition_names(field.visible)
    yield from _condition_names(field.lock.condition)
    if field.calculation is not None:
        yield from field.calculation.rule.names
        yield from _condition_names(field.calculation.condition)
    for inner in field.fields:
        yield from (name for name in settling_names(inner) if not name.startswith("row."))


def _condition_names(condition: Condition | None) -> Iterable[str]:
    return condition.rule.names if condition is not None else ()


def _fields(names: Iterable[str]) -> list[Node]:
    return [
        ("field", name.partition(".")[0])
        for name in sorted(names)
        if not name.startswith(("facts.", "record.", "row."))
    ]


def _sorted(graph: Mapping[Node, list[Node]]) -> Order:
    known = {node: [other for other in before if other in graph] for node, before in graph.items()}
    try:
        return Order(tuple(TopologicalSorter(known).static_order()))
    except CycleError as error:
        return Order(tuple(graph), (tuple(node[1] for node in error.args[1]),))
