"""A variant's differences laid over its base: one document of both, each part of which knows the file it stands in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from formkit.compiler.placing import PLACES, Placing
from formkit.compiler.removing import Removing
from formkit.compiler.reporting import Reporter, YamlPath
from formkit.schemas.grafting import (
    Entry,
    entries_at,
    list_like,
    mapping_like,
    node_at,
    with_entry,
)
from formkit.schemas.kinds import KINDS, Kind
from formkit.schemas.positions import Node
from formkit.schemas.source import Document


@dataclass
class Merging:
    """One variant on its way into its base; `shared` are the lists of the files the base uses."""

    base: Document
    variant: Document
    shared: Mapping[str, Entry]
    reporter: Reporter
    touched: dict[YamlPath, YamlPath] = field(default_factory=dict)
    """A path of the whole form → the path in the variant that states it or leaves it out."""

    def whole(self) -> Document:
        """The base with every difference, as far as the differences can be told."""
        base, change = self.base.root, self.variant.root
        self._steps = {id_: step for step in entries_at(base, ("steps",)) for id_ in _fields_of(base, step)}
        for name in entries_at(change, ("choices",)):
            if name in self.shared and name not in entries_at(base, ("choices",)):
                base = with_entry(base, ("choices", name), self.shared[name])
        laid = self._mapping(base, change, "form", (), ())
        return Document(self.variant.text, mapping_like(change, laid.entries or {}), self.base)

    def _mapping(self, base: Node, change: Node, kind: str, at: YamlPath, route: YamlPath) -> Node:
        """A mapping of keys; `at` is its path in the variant, `route` that in the whole form."""
        what, laid = KINDS[kind], base
        for key, entry in (change.entries or {}).items():
            here, there = (*at, key), (*route, key)
            if key == "remove" or (what.placed and key in PLACES):
                continue
            known = entries_at(laid, ()).get(key)
            if entry[2].value is None and known is not None:
                self.reporter.report("empty-difference", here, {"value": key}, key=True)
            elif key in what.ids and entry[2].entries is not None:
                if known is None:
                    laid = with_entry(laid, (key,), (*entry[:2], mapping_like(entry[2], {})))
                laid = self._by_id(laid, _blocks(laid, kind, key), entry, what.ids[key], here, route)
            elif key in what.keys and entry[2].entries is not None and known is not None:
                inner = self._mapping(known[2], entry[2], what.keys[key], here, there)
                laid = with_entry(laid, (key,), (*known[:2], inner))
            elif key == "checks" and entry[2].items is not None:
                laid = self._checks(laid, entry, here, there)
            elif key == "uses" and kind == "form" and known is not None:
                laid = with_entry(laid, (key,), (*entry[:2], _joined(known[2], entry[2])))
            else:
                self.touched[there] = here
                laid = with_entry(laid, (key,), entry)
        return Removing(self.reporter, self.touched).laid(laid, change, kind, at, route)

    def _by_id(
        self,
        holder: Node,
        blocks: Sequence[YamlPath],
        entry: Entry,
        kind: str,
        at: YamlPath,
        route: YamlPath,
    ) -> Node:
        """`holder` with the parts that `entry` changes, which stand in its `blocks`; new ones go into the first."""
        for id_, part in (entry[2].entries or {}).items():
            here, node = (*at, id_), part[2]
            block = next((each for each in blocks if id_ in entries_at(holder, each)), None)
            if block is None:
                holder = self._added(holder, blocks, id_, part, kind, here, route)
            elif node.value is None:
                code = "empty-choice" if kind == "choice" else "empty-difference"
                self.reporter.report(code, here, {"value": id_}, key=True)
            else:
                known = entries_at(holder, block)[id_]
                holder = with_entry(holder, (*block, id_), self._part(known, part, kind, here, (*route, *block, id_)))
                if KINDS.get(kind, Kind()).placed and not PLACES.isdisjoint(node.entries or ()):
                    holder = Placing(self.reporter, holder, blocks, block).moved(id_, node, here)
        return holder

    def _part(self, known: Entry, part: Entry, kind: str, at: YamlPath, route: YamlPath) -> Entry:
        """A part that the base has, with its differences."""
        base, change = known[2], part[2]
        if kind == "choice" and change.value == "remove":
            self.reporter.report("remove-choice", at, {"value": str(at[-1])})
            return known
        if kind == "choice":
            base, change = _long_choice(base), _long_choice(change)
        elif kind == "list":
            base, change = _long_list(base), _long_list(change)
        if not kind or change.entries is None or base.entries is None:
            self.touched[route] = at
            return part
        if kind == "field" and _other_type(base, change):
            self.touched[route] = at
            return (*part[:2], Placing.stripped(change))
        return (*known[:2], self._mapping(base, change, kind, at, route))

    def _added(
        self,
        holder: Node,
        blocks: Sequence[YamlPath],
        id_: str,
        part: Entry,
        kind: str,
        at: YamlPath,
        route: YamlPath,
    ) -> Node:
        """`holder` with a part that the base does not have."""
        node, what, home = part[2], KINDS.get(kind, Kind()), blocks[0]
        if id_ == "remove" and kind == "choice":
            self.reporter.report("remove-choice", at, {"value": str(at[-2])}, key=True)
            return holder
        if id_ == "remove" and node.items is not None:
            self.reporter.report("misplaced-remove", at, {"value": str(at[-2])}, key=True)
            return holder
        short = kind == "choice" and _long_choice(node) is not node
        if what.needs and not short and node.value is not None and what.needs not in (node.entries or {}):
            self._report_unknown(holder, blocks, id_, kind, at)
            return holder
        self.touched[(*route, *home, id_)] = at
        if not what.placed:
            return with_entry(holder, (*home, id_), part)
        return Placing(self.reporter, holder, blocks, home).added(id_, part, at)

    def _report_unknown(self, holder: Node, blocks: Sequence[YamlPath], id_: str, kind: str, at: YamlPath) -> None:
        """A part that is not in the base and is no new one either."""
        known = [each for block in blocks for each in entries_at(holder, block)]
        elsewhere = self._steps.get(id_) if kind == "field" else None
        if elsewhere is not None:
            self.reporter.report("part-elsewhere", at, {"value": id_, "step": elsewhere}, key=True)
        else:
            more = {"needs": KINDS[kind].needs}
            self.reporter.report_unknown("not-in-base", at, id_, known, key=True, params=more)

    def _checks(self, holder: Node, entry: Entry, at: YamlPath, route: YamlPath) -> Node:
        """`holder` with its checks: those with the id of one of the base's change that, others are new."""
        known = entries_at(holder, ()).get("checks")
        checks = list(known[2].items or []) if known is not None else []
        by_id = {name: index for index, each in enumerate(checks) if (name := _id_of(each))}
        for position, change in enumerate(entry[2].items or []):
            here, index = (*at, position), by_id.get(_id_of(change))
            if index is not None:
                checks[index] = self._mapping(checks[index], change, "check", here, (*route, index))
            elif _id_of(change) and "rule" not in (change.entries or {}):
                more = {"needs": "rule"}
                self.reporter.report_unknown("not-in-base", (*here, "id"), _id_of(change), by_id, params=more)
            else:
                self.touched[(*route, len(checks))] = here
                checks.append(change)
        start, end, place = known or entry
        return with_entry(holder, ("checks",), (start, end, list_like(place, checks)))


def _blocks(node: Node, kind: str, key: str) -> list[YamlPath]:
    """Where the parts of a kind stand below a node: a step's fields in its sections too, choices on every level."""
    blocks: list[YamlPath] = [(key,)]
    if kind == "step" and key == "fields":
        blocks += [("sections", name, "fields") for name in entries_at(node, ("sections",))]
    if kind == "list":
        blocks += list(_children(node, (key,)))
    return blocks


def _children(node: Node, block: YamlPath) -> Iterator[YamlPath]:
    for value in entries_at(node, block):
        inner: YamlPath = (*block, value, "children")
        if entries_at(node, inner):
            yield inner
            yield from _children(node, inner)


def _fields_of(base: Node, step: str) -> Iterator[str]:
    node = node_at(base, ("steps", step))
    for block in _blocks(node, "step", "fields") if node is not None else ():
        yield from entries_at(node, block) if node is not None else ()


def _id_of(check: Node) -> str:
    found = node_at(check, ("id",))
    return found.value if found is not None and isinstance(found.value, str) else ""


def _other_type(base: Node, change: Node) -> bool:
    before, after = node_at(base, ("type",)), node_at(change, ("type",))
    return before is not None and after is not None and before.value != after.value


def _joined(base: Node, change: Node) -> Node:
    """The words of both; one that stands alone is a list of one."""
    return list_like(change, [*(base.items or [base]), *(change.items or [change])])


def _long_choice(node: Node) -> Node:
    """A choice written with its keys: one that is a text is its label alone."""
    if node.entries is not None and not set(node.entries) <= {"zh", "en"}:
        return node
    return mapping_like(node, {"label": (node.start, node.end, node)}) if node.value is not None else node


def _long_list(node: Node) -> Node:
    """A list written with its keys: one of choices alone has them under `choices`."""
    entries = node.entries or {}
    long = "choices" in entries and entries["choices"][2].entries is not None
    return node if long or node.entries is None else mapping_like(node, {"choices": (node.start, node.start, node)})
