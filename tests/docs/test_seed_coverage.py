"""The table of the seed's 152 requirements: whole, and naming only files and tests that are there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "seed-coverage.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip(" `") for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| S")
]
STATES = re.compile(r"done|in part: .+|not yet: part \d+|organisational: .+")


@cache
def defined_in(path: Path) -> frozenset[str]:
    """The node ids, without the file, of the tests a file defines."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found.update(f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef))
    return frozenset(found)


def test_every_requirement_stands_there_once_in_order() -> None:
    assert [row[0] for row in ROWS] == [f"S{number}" for number in range(1, 153)]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_row_names_what_is_there(row: list[str]) -> None:
    _, kind, where, test, state = row
    assert kind in ("F", "P", "FP")
    assert STATES.fullmatch(state)
    assert not where or (ROOT / where).is_file()
    assert bool(where) == bool(test) == state.startswith(("done", "in part")), "nothing is done without a test"
    if test:
        file, _, name = test.partition("::")
        assert name.rpartition("::")[2].startswith("test_")
        assert name in defined_in(ROOT / file)


def test_the_counts_are_those_of_the_table() -> None:
    states = [row[4].partition(":")[0] for row in ROWS]
    said = re.search(r"Now: (.+)\.", PAGE)
    assert said
    assert said[1] == ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states)))
