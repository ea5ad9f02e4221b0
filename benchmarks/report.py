"""The figures as a page of Markdown: ratios first, and nothing of the machine but its cores."""

import os
import platform
from collections.abc import Iterable, Sequence

from benchmarks import growing, holding, rendering, validating
from benchmarks.collection import LARGEST_STEP
from benchmarks.growing import Growth
from benchmarks.holding import Holding
from benchmarks.rounds import Contestant, Measured
from benchmarks.starting import Start, Waited
from benchmarks.validating import Validation

_HEAD = """# Benchmarks

Written by `make bench`. CPython {python}, {cores} cores, one thread; contestants take turns in every round; medians of
processor time. Absolute figures do not travel; ratios do.
"""
_VALIDATION = """## Validation of the collection form

{count:,} generated people, a fifth with 1 to 3 faults; a tenth of the others answered what is hidden now. Every peer
gets the answers in the shape it likes best, made before the clock runs, and reports errors by field.

{table}
By what there is to say of the answers, formkit against pydantic:

{kinds}
formkit and pydantic give the very same values for {same:,} of {good:,} people without faults.

{left_out}"""
_RENDERING = """## Rendering of its largest page

The step `{step}` with its rows, as {count} of these people see it after sending it, errors and all. formkit starts from
the answers and settles the whole form; the others are told what to show.

{table}
{left_out}"""
_GROWTH = """## Growth

Generated forms, all fields on one page, a tenth with a rule; microseconds a field.

{table}
`first validate` also makes what a form makes once. A small form that is validated again and again stays in the
processor's cache, with pydantic as with formkit; `{even}` validates 500 forms of 10 in turn,
50 of 100, 5 of 1,000, one of 5,000, so that every size touches as much memory.

A page of {page} fields takes {alone:.1f} ms in a form of {page} fields and {among:.1f} ms in one of {most:,}: every
page settles the whole form.
"""
_START = """## Start

Wall clock, each in a program of its own.

{table}"""


def chapters(
    valid: Validation, pages: Sequence[tuple[Measured, float]], grown: Growth, held: Holding, start: Start
) -> str:
    """The whole page."""
    head = _HEAD.format(python=platform.python_version(), cores=os.cpu_count())
    parts = (head, _targets(valid, pages, grown, start), _validation(valid), _rendering(pages), _growth(grown))
    return "\n".join((*parts, holding.told(held), _started(start)))


def _targets(valid: Validation, pages: Sequence[tuple[Measured, float]], grown: Growth, start: Start) -> str:
    validation = _speed(valid.measured[0], valid.measured, validating.REFERENCE)
    rendered = [one for one, _ in pages]
    rendering_ = _speed(rendered[0], rendered, rendering.REFERENCE)
    worst = max(grown.ratio(phase) for phase in growing.PHASES)
    imported, checked = start.imported.middle * 1000, start.checked.middle
    rows = [
        ("validation against hand-written pydantic v2", "at least 0.5×", f"{validation:.2f}×", validation >= 0.5),
        ("rendering against hand-written Jinja2 macros", "at least 1×", f"{rendering_:.2f}×", rendering_ >= 1),
        ("growth a field, 5,000 against 10 (the worst)", "at most 1.5×", f"{worst:.2f}×", worst <= 1.5),
        ("`import formkit`", "under 150 ms", f"{imported:.0f} ms", imported < 150),
        ("`formkit check` of all forms", "under 1 s", f"{checked:.2f} s", checked < 1),
    ]
    marked = [(what, target, found, "yes" if reached else "**no**") for what, target, found, reached in rows]
    return "## Against the targets\n\n" + _table(("what", "target", "measured", "reached"), marked)


def _validation(valid: Validation) -> str:
    columns = ("contestant", "submissions a second", "against pydantic", "right about faults", "agrees with formkit")
    rows = [
        (
            one.contestant.name,
            f"{1 / one.each:,.0f}",
            f"{_speed(one, valid.measured, validating.REFERENCE):.2f}×",
            f"{found.right:,} of {found.count:,}",
            f"{found.agreed:,} of {found.count:,}",
        )
        for one, found in zip(valid.measured, valid.verdicts, strict=True)
    ]
    kinds = ("answers with", "how many", "formkit µs", "pydantic µs", "formkit against pydantic")
    return _VALIDATION.format(
        count=valid.verdicts[0].count,
        table=_table(columns, rows),
        kinds=_table(kinds, _kinds(valid)),
        same=valid.same,
        good=valid.good,
        left_out=_left_out(one.contestant for one in valid.measured),
    )


def _kinds(valid: Validation) -> Iterable[Sequence[str]]:
    for kind, (own, other) in valid.kinds.items():
        count, speed = f"{len(own.contestant.items):,}", f"{own.speed_against(other):.2f}×"
        yield kind, count, f"{own.each * 1e6:.0f}", f"{other.each * 1e6:.0f}", speed


def _rendering(pages: Sequence[tuple[Measured, float]]) -> str:
    measured = [one for one, _ in pages]
    rows = [
        (
            one.contestant.name,
            f"{1 / one.each:,.0f}",
            f"{_speed(one, measured, rendering.REFERENCE):.2f}×",
            f"{size:.1f}",
        )
        for one, size in pages
    ]
    return _RENDERING.format(
        step=LARGEST_STEP,
        count=rendering.COUNT,
        table=_table(("contestant", "pages a second", "against Jinja2 macros", "KB a page"), rows),
        left_out=_left_out(one.contestant for one in measured),
    )


def _growth(grown: Growth) -> str:
    rows = [
        (
            phase,
            *(f"{grown.seconds[size, phase] * 1e6:.1f}" for size in growing.SIZES),
            f"{grown.ratio(phase):.2f}×",
        )
        for phase in (*growing.PHASES, growing.EVEN, growing.PEER)
    ]
    columns = ("phase", *(f"{size:,} fields" for size in growing.SIZES), "largest against smallest")
    alone, among = (seconds * 1000 for seconds in grown.pages.values())
    return _GROWTH.format(
        table=_table(columns, rows),
        even=growing.EVEN,
        page=growing.A_PAGE,
        alone=alone,
        among=among,
        most=growing.SIZES[-1],
    )


def _started(start: Start) -> str:
    rows = [
        _waited("`import formkit`", start.imported),
        _waited("the same, and what it puts off until `load`, `validate` and `render` are used", start.rooms),
        _waited("`formkit check` of all forms", start.checked),
    ]
    return _START.format(table=_table(("what", "least, ms", "median, ms"), rows))


def _waited(what: str, waited: Waited) -> Sequence[str]:
    return what, f"{waited.least * 1000:.0f}", f"{waited.middle * 1000:.0f}"


def _speed(one: Measured, measured: Sequence[Measured], reference: str) -> float:
    return one.speed_against(next(other for other in measured if other.contestant.name == reference))


def _left_out(contestants: Iterable[Contestant]) -> str:
    return "".join(f"- {one.name} leaves out: {one.leaves_out}.\n" for one in contestants if one.leaves_out)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
