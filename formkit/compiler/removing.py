"""What a variant leaves out of its base: `remove`, a list of the keys and parts of the thing it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from formkit.compiler.reporting import Reporter, YamlPath
from formkit.schemas.grafting import entries_at, node_at, without
from formkit.schemas.kinds import KINDS
from formkit.schemas.positions import Node


@dataclass(frozen=True)
class Removing:
    """Leaves parts out; `touched` is what the variant states, and gets what it leaves out."""

    reporter: Reporter
    touched: dict[YamlPath, YamlPath]

    def laid(self, node: Node, change: Node, kind: str, at: YamlPath, route: YamlPath) -> Node:
        """The node without what the change removes."""
        words = node_at(change, ("remove",))
        if words is None:
            return node
        if kind in ("choice", "list"):
            self.reporter.report("remove-choice", (*at, "remove"), {"value": str(at[-1])}, key=True)
            return node
        names = [each.value for each in words.items] if words.items is not None else [words.value]
        if not names or not all(isinstance(name, str) and name for name in names):
            self.reporter.report("wrong-remove", (*at, "remove"), key=True)
            return node
        here = [(*at, "remove", index) if words.items is not None else (*at, "remove") for index in range(len(names))]
        known = {".".join(map(str, name)): path for name, path in _removable(node, kind)}
        gone: dict[YamlPath, YamlPath] = {}
        for name, where in zip(names, here, strict=True):
            path = self._found(str(name), known, where, route)
            if path is not None:
                gone[path] = where
        self.touched.update({(*route, *path): where for path, where in gone.items()})
        for path in sorted(gone, key=lambda each: (len(each), str(each[-1]).zfill(6)), reverse=True):
            node = without(node, path)
        return node

    def _found(self, name: str, known: dict[str, YamlPath], at: YamlPath, route: YamlPath) -> YamlPath | None:
        named = [dotted for dotted in known if name in (dotted, dotted.rpartition(".")[2])]
        if not named:
            self.reporter.report_unknown("unknown-removed", at, name, [each.rpartition(".")[2] for each in known])
            return None
        if len(named) > 1:
            self.reporter.report("ambiguous-removed", at, {"value": name, "known": ", ".join(named)})
            return None
        path = known[named[0]]
        whole = (*route, *path)
        changed = next((each for each in self.touched if each[: len(whole)] == whole), None)
        if changed is not None:
            line = self.reporter.place(self.touched[changed], key=True).line
            self.reporter.report("changed-and-removed", at, {"value": name, "line": line})
            return None
        return path


def _removable(node: Node, kind: str) -> Iterator[tuple[YamlPath, YamlPath]]:
    """The names and paths of what may be left out of a node."""
    what = KINDS[kind]
    for key in entries_at(node, ()):
        if key not in (what.needs, *what.always):
            yield (kind, key), (key,)
    for key in what.ids:
        for id_ in entries_at(node, (key,)):
            yield (key, id_), (key, id_)
    if kind == "step":
        for section in entries_at(node, ("sections",)):
            for id_ in entries_at(node, ("sections", section, "fields")):
                yield ("fields", id_), ("sections", section, "fields", id_)
    checks = node_at(node, ("checks",))
    for index, check in enumerate(checks.items or [] if checks is not None else []):
        name = node_at(check, ("id",))
        if name is not None and isinstance(name.value, str):
            yield ("checks", name.value), ("checks", index)
