"""The figures as a page of Markdown: ratios first, and nothing of the machine but its cores."""

import os
import platform
from collections.abc import Iterable, Sequence

from benchmarks.rounds import Measured
from benchmarks.validating import REFERENCE, Verdicts

HEAD = """# Benchmarks

Written by `make bench`. CPython {python}, {cores} cores, one thread; contestants take turns in every round; medians of
{rounds} rounds of processor time. Absolute figures do not travel; ratios do.
"""


def head(rounds: int) -> str:
    """The title and how it was measured."""
    return HEAD.format(python=platform.python_version(), cores=os.cpu_count(), rounds=rounds)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, all columns but the first to the right."""
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def validation(measured: Sequence[Measured], verdicts: Sequence[Verdicts], same: int, good: int) -> str:
    """The chapter on validation."""
    against = next(one for one in measured if one.contestant.name == REFERENCE)
    columns = (
        "contestant",
        "submissions a second",
        "against pydantic",
        "right about known faults",
        "agrees with formkit",
    )
    rows = [
        (
            one.contestant.name,
            f"{1 / one.each:,.0f}",
            f"{one.speed_against(against):.2f}×",
            f"{found.right:,} of {found.count:,}",
            f"{found.agreed:,} of {found.count:,}",
        )
        for one, found in zip(measured, verdicts, strict=True)
    ]
    left_out = "".join(
        f"- {one.contestant.name} leaves out: {one.contestant.leaves_out}.\n"
        for one in measured
        if one.contestant.leaves_out
    )
    return (
        f"## Validation of the collection form\n\n{verdicts[0].count:,} generated people, a fifth with 1 to 3 faults; "
        "a tenth of the others left answers in fields that are hidden now. Every peer gets the answers in the shape it "
        "likes best, made before the clock runs, and reports errors by field.\n\n"
        f"{table(columns, rows)}\n"
        f"formkit and pydantic give the very same values for {same:,} of {good:,} people without faults.\n\n{left_out}"
    )
