"""Pictures judged by their content and drawn anew, each in a bounded child process."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

from formkit.records.judged import Refused, StoredImage, refused_size
from formkit.texts import Text

IMAGE_FORMATS: Mapping[str, str] = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
THUMBNAIL_LONGEST = 240

_WORKER = Path(__file__).with_name("image_worker.py")
_HEADER_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class ImageRules:
    """What a field asks of a picture; bytes as sent, width and height as a person sees it.

    `portrait`: True asks for higher than wide, False for wider than high, None for neither.
    """

    formats: tuple[str, ...] = ("jpeg", "png")
    max_bytes: int = 5 * 1024 * 1024
    min_bytes: int = 0
    min_width: int = 1
    min_height: int = 1
    max_pixels: int = 50_000_000
    portrait: bool | None = None

    def __post_init__(self) -> None:
        unknown = set(self.formats) - set(IMAGE_FORMATS)
        if unknown or not self.formats:
            raise ValueError(f"formats of a picture are among {sorted(IMAGE_FORMATS)}, not {list(self.formats)}")


@dataclass(frozen=True, slots=True)
class ChildBounds:
    """What one child process may use: bytes of memory and output, seconds of processor and of patience."""

    memory: int = 1024 * 1024 * 1024
    output: int = 64 * 1024 * 1024
    cpu_seconds: int = 20
    seconds: float = 30


class ImageJudge:
    """Judges pictures, at most `concurrent` at a time; safe to call from many threads."""

    def __init__(self, *, concurrent: int = 2, bounds: ChildBounds = ChildBounds(), worker: Path = _WORKER) -> None:
        self._places = BoundedSemaphore(concurrent)
        self._bounds = bounds
        self._worker = worker

    def judge(self, image: bytes | Path, rules: ImageRules) -> StoredImage | Refused:
        """The picture drawn anew, or why it is not taken."""
        size = image.stat().st_size if isinstance(image, Path) else len(image)
        refused = refused_size(size, min_bytes=rules.min_bytes, max_bytes=rules.max_bytes)
        if refused is not None:
            return refused
        drawn = self._drawn(image, rules.formats, rules.max_pixels, longest=0)
        return drawn if isinstance(drawn, Refused) else _refused_shape(drawn, rules) or drawn

    def thumbnail(self, image: bytes | Path, *, longest: int = THUMBNAIL_LONGEST) -> StoredImage | Refused:
        """A small version of a picture in the same format, no side longer than `longest` pixels."""
        return self._drawn(image, tuple(IMAGE_FORMATS), ImageRules().max_pixels, longest=longest)

    def _drawn(
        self, image: bytes | Path, formats: tuple[str, ...], max_pixels: int, *, longest: int
    ) -> StoredImage | Refused:
        if not self._places.acquire(timeout=self._bounds.seconds):
            return Refused("image_busy")
        try:
            names = [name.upper() for name in formats]
            answer = self._child(image, {"formats": names, "max_pixels": max_pixels, "longest": longest})
        finally:
            self._places.release()
        return _read_answer(answer, formats, self._bounds.output)

    def _child(self, image: bytes | Path, order: dict[str, object]) -> bytes:
        """What the child wrote; empty when it crashed, ran out of memory or took too long.

        Files and not pipes: nothing can block half-way, and what is read back is bounded whatever the child does.
        """
        command = [sys.executable, "-I", str(self._worker), json.dumps({**order, **asdict(self._bounds)})]
        with tempfile.TemporaryFile() as answer, _as_file(image) as source:
            try:
                subprocess.run(  # noqa: S603 - our own interpreter and our own file, no shell
                    command,
                    stdin=source,
                    stdout=answer,
                    stderr=subprocess.DEVNULL,
                    env=_child_environment(),
                    check=True,
                    timeout=self._bounds.seconds,
                )
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
                return b""
            answer.seek(0)
            return answer.read(self._bounds.output + _HEADER_LIMIT)


DEFAULT_JUDGE = ImageJudge()  # one for the process, because the number of children is bounded for the process


def judge_image(image: bytes | Path, rules: ImageRules = ImageRules()) -> StoredImage | Refused:
    """The picture drawn anew without metadata, or why it is not taken; with the process's own ImageJudge."""
    return DEFAULT_JUDGE.judge(image, rules)


def thumbnail(image: bytes | Path, *, longest: int = THUMBNAIL_LONGEST) -> StoredImage | Refused:
    """A small version of a picture; with the process's own ImageJudge."""
    return DEFAULT_JUDGE.thumbnail(image, longest=longest)


def format_names(formats: tuple[str, ...]) -> Text:
    """The formats as people write them.

    >>> format_names(("jpeg", "png")).in_("en")
    'JPEG, PNG'
    """
    names = [name.upper() for name in formats]
    return Text({"zh": "、".join(names), "en": ", ".join(names)})


def _child_environment() -> dict[str, str]:
    """None of the portal's secrets; SYSTEMROOT because Windows starts nothing without it."""
    return {name: value for name, value in os.environ.items() if name == "SYSTEMROOT"}


def _as_file(image: bytes | Path) -> IO[bytes]:
    if isinstance(image, Path):
        return image.open("rb")
    source = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the caller
    source.write(image)
    source.seek(0)
    return source


def _read_answer(answer: bytes, formats: tuple[str, ...], limit: int) -> StoredImage | Refused:
    """What the child said; a child that was taken over by what it decoded may say anything."""
    header, newline, content = answer.partition(b"\n")
    if not newline or len(header) > _HEADER_LIMIT or len(answer) > limit:
        return Refused("unreadable_image")
    try:
        said = json.loads(header)
        if "code" in said:
            named = {"formats": format_names(formats)} if said["code"] == "wrong_file_format" else {}
            return Refused(str(said["code"]), {**named, **said["params"]})
        return StoredImage(content, IMAGE_FORMATS[said["format"].lower()], int(said["width"]), int(said["height"]))
    except (ValueError, LookupError, TypeError, AttributeError):
        return Refused("unreadable_image")


def _refused_shape(image: StoredImage, rules: ImageRules) -> Refused | None:
    width, height = image.width, image.height
    if width < rules.min_width or height < rules.min_height:
        wanted = {"min_width": rules.min_width, "min_height": rules.min_height}
        return Refused("image_too_small", {"width": width, "height": height, **wanted})
    if rules.portrait is True and height <= width:
        return Refused("not_portrait", {"width": width, "height": height})
    if rules.portrait is False and width <= height:
        return Refused("not_landscape", {"width": width, "height": height})
    return None
