"""Node trees made of others: what is put in or left out, without a change to the trees it comes from."""

from collections.abc import Mapping

from formkit.schemas.positions import Node

Entry = tuple[int, int, Node]
"""The span of a key and the value it leads to; both stand in the file the value knows."""
Path = tuple[str | int, ...]


def mapping_like(node: Node, entries: Mapping[str, Entry]) -> Node:
    """A mapping of these entries that stands where `node` does."""
    value = {key: inner.value for key, (_, _, inner) in entries.items()}
    return Node(node.lines, node.start, node.end, value, entries=dict(entries))


def list_like(node: Node, items: list[Node]) -> Node:
    """A list of these items that stands where `node` does."""
    return Node(node.lines, node.start, node.end, [item.value for item in items], items=items)


def node_at(node: Node, path: Path) -> Node | None:
    """The node below `node` that a path leads to."""
    for step in path:
        if node.entries is not None and step in node.entries:
            node = node.entries[str(step)][2]
        elif node.items is not None and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def entries_at(node: Node, path: Path) -> Mapping[str, Entry]:
    """The entries of the mapping at a path; none where there is no mapping."""
    found = node_at(node, path)
    return (found.entries or {}) if found is not None else {}


def with_entry(node: Node, path: Path, entry: Entry) -> Node:
    """The tree with `entry` at a path of keys; mappings that are not there yet stand where the entry does."""
    key, rest = str(path[0]), path[1:]
    entries = dict(node.entries or {})
    if rest:
        start, end, inner = entries.get(key, (*entry[:2], mapping_like(entry[2], {})))
        entry = (start, end, with_entry(inner, rest, entry))
    return mapping_like(node, {**entries, key: entry})


def with_entries(node: Node, path: Path, entries: Mapping[str, Entry]) -> Node:
    """The tree with these entries, and no others, in the mapping that is at a path."""
    if not path:
        return mapping_like(node, entries)
    start, end, inner = (node.entries or {})[str(path[0])]
    return with_entry(node, path[:1], (start, end, with_entries(inner, path[1:], entries)))


def without(node: Node, path: Path) -> Node:
    """The tree without what is at a path, which is there."""
    step, rest = path[0], path[1:]
    if node.items is not None:
        return list_like(node, [each for index, each in enumerate(node.items) if index != step])
    entries = dict(node.entries or {})
    start, end, inner = entries.pop(str(step))
    if not rest:
        return mapping_like(node, entries)
    return with_entry(node, (step,), (start, end, without(inner, rest)))
