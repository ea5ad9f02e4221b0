"""The form files somebody is working on: compiled afresh whenever one of them changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock

from formkit.compiler import Compiled, Compiler, yaml_files
from formkit.form import Form


@dataclass(frozen=True)
class Edition:
    """The files as they stand: `forms` holds, of a form that does not load now, how it last did."""

    version: str
    compiled: Compiled
    forms: Mapping[str, Form]


@dataclass
class Workshop:
    """Watches a folder, or a file, and all they use, by the times and sizes of the files."""

    path: Path
    _edition: Edition | None = None
    _lock: Lock = field(default_factory=Lock)

    @property
    def version(self) -> str:
        """A name for the files as they stand; another once anything is changed, added or taken away."""
        used = self._edition.compiled.sources if self._edition else ()
        files = sorted({*yaml_files(self.path), *map(Path, used)})
        return sha256("\n".join(map(_stamp, files)).encode()).hexdigest()[:16]

    @property
    def edition(self) -> Edition:
        """The files, compiled."""
        with self._lock:
            while self._edition is None or self._edition.version != self.version:
                self._edition = self._compiled(self.version)  # what it uses is known after that, and watched too
            return self._edition

    def _compiled(self, version: str) -> Edition:
        compiled = Compiler().compile_path(self.path)
        before = self._edition.forms if self._edition else {}
        broken = {found.place.file for found in compiled.diagnostics}
        kept = {id_: form for id_, form in before.items() if form.place.file in broken}
        return Edition(version, compiled, {**kept, **compiled.forms})


def _stamp(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return f"{file} gone"
    return f"{file} {found.st_mtime_ns} {found.st_size}"
