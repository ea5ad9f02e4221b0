"""Where a variant puts a new part among those of its base: first, before or after another."""

from collections.abc import Sequence
from dataclasses import dataclass

from formkit.compiler.reporting import Reporter, YamlPath
from formkit.schemas.grafting import Entry, entries_at, mapping_like, with_entries, with_entry, without
from formkit.schemas.positions import Node

PLACES = frozenset({"after", "before", "first"})


@dataclass(frozen=True)
class Placing:
    """The places in the `blocks` of a node; what does not say where goes to the end of `home`."""

    reporter: Reporter
    holder: Node
    blocks: Sequence[YamlPath]
    home: YamlPath

    def added(self, id_: str, part: Entry, at: YamlPath) -> Node:
        """The node with a part that it did not have."""
        start, end, node = part
        return self._put(self.holder, id_, (start, end, self.stripped(node)), node, at)

    def moved(self, id_: str, change: Node, at: YamlPath) -> Node:
        """The node with a part of its own at another place."""
        part = entries_at(self.holder, self.home)[id_]
        return self._put(without(self.holder, (*self.home, id_)), id_, part, change, at)

    @staticmethod
    def stripped(node: Node) -> Node:
        """A part without the words that only say where it stands."""
        if node.entries is None or PLACES.isdisjoint(node.entries):
            return node
        return mapping_like(node, {key: entry for key, entry in node.entries.items() if key not in PLACES})

    def _put(self, holder: Node, id_: str, part: Entry, change: Node, at: YamlPath) -> Node:
        block, index = self._place(holder, change, at)
        around = list(entries_at(holder, block).items())
        if not around:
            return with_entry(holder, (*block, id_), part)
        return with_entries(holder, block, dict([*around[:index], (id_, part), *around[index:]]))

    def _place(self, holder: Node, change: Node, at: YamlPath) -> tuple[YamlPath, int]:
        """A block and the index in it."""
        end = (self.home, len(entries_at(holder, self.home)))
        said = [key for key in (change.entries or {}) if key in PLACES]
        if len(said) > 1:
            self.reporter.report("two-places", (*at, said[1]), {"value": said[1], "first": said[0]}, key=True)
        if len(said) != 1:
            return end
        key, value = said[0], (change.entries or {})[said[0]][2].value
        if key == "first":
            if value is not True:
                self.reporter.report("wrong-first", (*at, key), {"value": str(value)[:80]})
            return self.home, 0
        for block in self.blocks:
            ids = list(entries_at(holder, block))
            if value in ids:
                return block, ids.index(str(value)) + (key == "after")
        known = [each for block in self.blocks for each in entries_at(holder, block)]
        self.reporter.report_unknown("unknown-neighbour", (*at, key), str(value)[:80], known)
        return end
