"""What has to be waited for before any work: the import, and the check of all forms from the command line."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from benchmarks.collection import FOLDER

_TIMED = "from time import perf_counter as now; start = now(); {}; print(now() - start)"
_IMPORT = _TIMED.format("import formkit")
_ROOMS = _TIMED.format("import formkit; formkit.load, formkit.validate, formkit.render")


@dataclass(frozen=True)
class Waited:
    """Seconds of the wall clock: the shortest and the median."""

    least: float
    middle: float


@dataclass(frozen=True)
class Start:
    """How long each takes in a program of its own; `rooms` is the import with all that it puts off to its first use."""

    imported: Waited
    rooms: Waited
    checked: Waited


def run(rounds: int) -> Start:
    """`import formkit`, the same with its rooms open, and `formkit check forms`, in turns."""
    _check()
    taken = [(float(_output("-c", _IMPORT)), float(_output("-c", _ROOMS)), _check()) for _ in range(rounds)]
    imported, rooms, checked = (_waited(seconds) for seconds in zip(*taken, strict=True))
    return Start(imported, rooms, checked)


def _check() -> float:
    start = perf_counter()
    _output("-m", "formkit.cli", "check", str(FOLDER))
    return perf_counter() - start


def _output(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def _waited(seconds: Sequence[float]) -> Waited:
    return Waited(min(seconds), median(seconds))
