"""The house: every floor imports only floors below it, and there are no circles."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "formkit"

# Ground to roof. Rooms on one floor do not import each other.
FLOORS = (
    {"diagnostics", "texts", "errors", "registry"},
    {"issues"},
    {"locales"},
    {"expressions", "choices", "calendars"},
    {"schemas"},
    {"fields"},
    {"form"},
    {"treatments"},
    {"compiler"},
    {"evaluation"},
    {"acceptance"},
    {"validation"},
    {"search"},
    {"wizard", "workflow", "explain", "diff"},
    {"renderers", "carrying", "lint"},
    {"records"},
    {"editions"},
    {"storage"},
    {"web", "impact"},
    {"testing", "lsp"},
    {"cases"},
    {"cli"},
)
GROUND = {"diagnostics": 0, "texts": 1, "errors": 2, "registry": 3}


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").split(".")[0] == "formkit":
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            found.update(submodules or {node.module or ""})
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name.split(".")[0] == "formkit")
    return found


FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}


@pytest.mark.parametrize("module", [name for name in MODULES if name != "formkit"])
def test_every_module_stands_on_a_floor_and_imports_only_downward(module: str) -> None:
    room = room_of(module)
    assert room in FLOOR_OF, f"{module}: put its room on a floor"
    for imported in imports_of(MODULES[module]):
        below = room_of(imported)
        assert below != "__init__", f"{module} imports its own package's face"
        if below == room:
            continue
        same_ground = FLOOR_OF[below] == FLOOR_OF[room] == 0 and GROUND[below] < GROUND[room]
        assert FLOOR_OF[below] < FLOOR_OF[room] or same_ground, f"{module} imports upward: {imported}"


def test_there_are_no_import_circles() -> None:
    known = MODULES
    graph = {
        name: {each for each in imports_of(path) if each in known and each != name} for name, path in known.items()
    }
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == set(graph)


def test_files_stay_one_room_each() -> None:
    long = {name: lines for name, path in MODULES.items() if (lines := len(path.read_text().splitlines())) > 400}
    assert not long
