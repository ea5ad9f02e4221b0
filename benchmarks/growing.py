"""Forms of 10 to 5,000 fields, a tenth of them with rules: what a field costs as the form grows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import formkit
from benchmarks.peers import grown
from benchmarks.people import TODAY, Answers

SIZES = (10, 100, 1000, 5000)
PHASES = ("load", "first validate", "validate", "render")
EVEN = "validate, 5,000 fields in all"
PEER = "pydantic, without the rules"
A_PAGE = 50
_KINDS = (
    ("type: text, max_length: 50", "张三"),
    ("type: integer, min: 0, max: 99", "42"),
    ("type: choice, choices: sizes", "large"),
    ("type: date, max: today", "2024-09-01"),
    ("type: email", "someone@example.com"),
    ("type: yes_no", "true"),
    ("type: month", "2024-09"),
    ("type: money", "12.50"),
    ("type: mobile", "13800138000"),
)


@dataclass(frozen=True)
class Growth:
    """Seconds a field by (size, phase); and what one page of 50 fields takes, by the number of fields of its form."""

    seconds: dict[tuple[int, str], float]
    pages: dict[int, float]

    def ratio(self, phase: str) -> float:
        """How much more a field costs in the largest form than in the smallest."""
        return self.seconds[SIZES[-1], phase] / self.seconds[SIZES[0], phase]


def form_text(size: int, a_step: int) -> str:
    """A form file with so many fields, so many to a step; every tenth is shown when a number is above ten."""
    lines = ["form: grown", "title: 很多字段", "edition: 2026-11-23"]
    lines += ["choices:", "  sizes: {small: 小, medium: 中, large: 大}", "steps:"]
    for number in range(size):
        if number % a_step == 0:
            lines += [f"  step{number}:", f"    title: 第 {number} 起", "    fields:"]
        lines.append(f"      field{number}: {{label: 字段 {number}, required: true, {_declared(number)}}}")
    return "\n".join(lines) + "\n"


def answers(size: int) -> Answers:
    """An answer to every field."""
    return {f"field{number}": _KINDS[number % 10 % 9][1] for number in range(size)}


def run(rounds: int) -> Growth:
    """Every phase at every size, sizes in turns; all fields on one page."""
    taken: dict[tuple[int, str], list[float]] = {}
    with TemporaryDirectory() as folder:
        paths = {size: _written(Path(folder), size) for size in SIZES}
        for number in range(rounds + 1):
            for size, path in paths.items():
                for phase, seconds in _phases(path, size).items():
                    taken.setdefault((size, phase), []).extend([seconds] if number else [])
        even = _even({size: [formkit.load(path) for _ in range(SIZES[-1] // size)] for size, path in paths.items()})
    return Growth(
        {key: median(seconds) for key, seconds in taken.items()} | {(size, EVEN): even[size] for size in SIZES},
        {size: _page_seconds(size, rounds) for size in (A_PAGE, SIZES[-1])},
    )


def _even(crowds: Mapping[int, Sequence[formkit.Form]]) -> dict[int, float]:
    """What a field takes where as many fields are at work at every size: 500 forms of 10, or one of 5,000."""
    taken: dict[int, list[float]] = {size: [] for size in crowds}
    for number in range(12):
        for size, forms in crowds.items():
            given, start = answers(size), process_time()
            for form in forms:
                formkit.validate(form, given, today=TODAY)
            taken[size].extend([(process_time() - start) / SIZES[-1]] if number else [])
    return {size: median(seconds) for size, seconds in taken.items()}


def _page_seconds(size: int, rounds: int) -> float:
    """What one page of 50 fields costs in a form of so many."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paged.yaml"
        path.write_text(form_text(size, A_PAGE), encoding="utf-8")
        form, given = formkit.load(path), answers(size)
    first = form.steps[0].id
    formkit.render(form, first, given, today=TODAY)
    return _seconds(lambda: formkit.render(form, first, given, today=TODAY), rounds)


def _declared(number: int) -> str:
    declared = _KINDS[number % 10 % 9][0]
    return f'{declared}, visible_when: "field{number - 8} > 10"' if number % 10 == 9 else declared


def _written(folder: Path, size: int) -> Path:
    path = folder / f"grown{size}.yaml"
    path.write_text(form_text(size, a_step=size), encoding="utf-8")
    return path


def _phases(path: Path, size: int) -> dict[str, float]:
    given, repeated = answers(size), max(4, 2000 // size)
    form = formkit.load(path)

    def validate() -> None:
        assert formkit.validate(form, given, today=TODAY).ok

    def render() -> None:
        formkit.render(form, form.steps[0].id, given, today=TODAY)

    first = _seconds(validate, 1)
    render()
    grown.model(size).model_validate(given)
    return {
        "load": _seconds(lambda: formkit.load(path), max(1, 100 // size)) / size,
        "first validate": first / size,
        "validate": _seconds(validate, repeated) / size,
        "render": _seconds(render, repeated) / size,
        PEER: _seconds(lambda: grown.model(size).model_validate(given), repeated) / size,
    }


def _seconds(work: Callable[[], object], repeated: int) -> float:
    start = process_time()
    for _ in range(repeated):
        work()
    return (process_time() - start) / repeated
