"""Records held against an edition: how many a second, beside the same loop over the models by hand.

`python -m benchmarks.holding FILE` does it for a file that `python -m benchmarks.records` wrote.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.collection import FOLDER, PATH, form
from benchmarks.peers import with_pydantic
from benchmarks.people import FACTS, TODAY, Given
from benchmarks.records import each_record
from benchmarks.rounds import Contestant, Measured, measure
from formkit.compiler import Compiler
from formkit.form import Form
from formkit.impact import Effect, Judge, SourceUnreadable
from formkit.impact.readers.lines import LinesRead
from formkit.impact.tally import tally_of

COUNT, SAMPLE, BATCH = 100_000, 2000, 100
REFERENCE = "pydantic v2, by hand"
OURS = "formkit.impact, against an edition that concerns"
_CHANGED = ("label: {zh: 毕业院校, en: School}\n            max_length: 100", "max_length: 12")
REGISTERED = ("name", "document_type", "id_number", "sex", "country", "birth_date", "mobile")


def edition_to_come() -> str:
    """The form with schools of at most 12 characters: a third of the people have a longer one."""
    told, by = _CHANGED
    text = PATH.read_text("utf-8")
    assert told in text
    return text.replace(told, told.replace("max_length: 100", by))


def compiled(text: str) -> Form:
    """The form of a text that uses the lists there are."""
    used = {str(file.relative_to(FOLDER)): file.read_text("utf-8") for file in FOLDER.glob("*/*.yaml")}
    return Compiler().compile_texts({**used, PATH.name: text}, PATH.name).forms[form().id]


def _counts(new: Form) -> Callable[[Sequence[tuple[int, bytes]]], object]:
    judge, reads = Judge(new, form(), {}, TODAY), LinesRead([form(), new])
    return lambda batch: tally_of(reads(batch), judge, ("division",))


def _models(batch: Sequence[tuple[int, bytes]]) -> int:
    """The same loop over the models: each line read, its values judged, those refused counted."""
    refused = 0
    for _, line in batch:
        record = json.loads(line)
        values = {name: value for name, value in record["values"].items() if name not in REGISTERED}
        known = {name: record["values"].get(name) for name in REGISTERED}
        refused += not with_pydantic.accepts(Given(values, {**FACTS, **record["facts"], **known}))
    return refused


@dataclass(frozen=True)
class Holding:
    """Seconds a batch of everybody; and of one run by all cores: the records, seconds, and the largest process."""

    measured: list[Measured]
    records: int
    seconds: float
    megabytes: float
    concerned: int


def run(rounds: int, count: int = COUNT, file: Path | None = None) -> Holding:
    """Measures in turns over a sample, then one run of the command over all."""
    with TemporaryDirectory() as folder:
        path = file or _written(Path(folder) / "records.ndjson", count)
        with path.open("rb") as stream:
            lines = list(enumerate(islice(stream, SAMPLE), start=1))
        batches = [lines[start : start + BATCH] for start in range(0, len(lines), BATCH)]
        contestants = [
            Contestant(f"{OURS} nobody", _counts(form()), batches, 10),
            Contestant(f"{OURS} a third", _counts(compiled(edition_to_come())), batches, 10),
            Contestant(REFERENCE, _models, batches, 10, with_pydantic.LEAVES_OUT),
        ]
        return Holding(measure(contestants, rounds), *_by_all_cores(path))


def _written(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in each_record(count))
    return path


def _by_all_cores(records: Path) -> Iterator[Any]:
    with TemporaryDirectory() as folder:
        forms = Path(folder) / "forms"
        forms.mkdir()
        for each in FOLDER.iterdir():
            if each.is_dir():
                (forms / each.name).symlink_to(each)
        (forms / "new.yaml").write_text(edition_to_come(), "utf-8")
        words = [sys.executable, "-m", "formkit.cli", "impact", str(forms / "new.yaml"), "--against", str(PATH)]
        words += ["--records", str(records), "--by", "division", "--today", TODAY, "--format", "json"]
        start = perf_counter()
        done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - our own command
        seconds = perf_counter() - start
    found = json.loads(done.stdout)
    yield found["records"]
    yield seconds
    yield resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield found[Effect.KEPT]


def told(holding: Holding) -> str:
    """The figures as a chapter of the page of results."""
    reference = next(one for one in holding.measured if one.contestant.name == REFERENCE)
    rows = "".join(
        f"| {one.contestant.name} | {BATCH / one.each:,.0f} | {one.speed_against(reference):.2f}× |\n"
        for one in holding.measured
    )
    return (
        "## Records held against an edition\n\n"
        "Records of the collection form as NDJSON, read, judged and counted by district, in one process; of the "
        "models by hand\nonly those refused are counted, and nothing is explained.\n\n"
        "| contestant | records a second | against pydantic |\n| --- | ---: | ---: |\n"
        f"{rows}\n"
        f"`formkit impact` over {holding.records:,} records, {holding.concerned:,} of them concerned, by "
        f"{os.cpu_count()} cores: {holding.seconds:,.0f} s,\n{holding.records / holding.seconds:,.0f} records a "
        f"second, the largest process {holding.megabytes:.0f} MB.\n"
    )


if __name__ == "__main__":
    try:
        print(told(run(7, file=Path(sys.argv[1]))))
    except (IndexError, OSError, SourceUnreadable):
        raise SystemExit(__doc__) from None
