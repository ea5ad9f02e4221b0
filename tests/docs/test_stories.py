"""Every page is a story told in one folder: its files are written, its commands and its Python run, in order.

A block with a name (```` ```yaml forms/leave.yaml ````) is a file. A form file is checked and must be clean, unless its
name begins with `broken`. A `yaml` block called `before` and the one called `after` below it change a file. In a
`console` block each `$ formkit …` and `$ pytest …` runs, and what stands below it must be what it says, where `…` is
anything. A `python` block without a name runs with what those above left.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml

from formkit.cli import main
from formkit.compiler import Compiler
from tests.docs.pages import ROOT, STAFF, WRITTEN_BY_HAND, Block, blocks, prepare_story, title, write_named

# The compiler of these tests does not know what these pages add to it.
OF_ITS_OWN = {"own-field-type": "unknown-type", "own-rule-function": "unknown-function"}
FIRST_KEYS = ("form:", "choices:", "calendar:", "#")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    return tmp_path


@pytest.mark.parametrize("page", [page for page in WRITTEN_BY_HAND if any(blocks(page))], ids=title)
def test_it_is_so(
    page: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_story(page, folder)
    if page.parent == STAFF["zh"]:
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    names: dict[str, object] = {"__name__": "story"}
    for block in write_named(blocks(page), folder):
        where = f"{title(page)}:{block.line}"
        if block.language == "yaml" and not block.part:
            _check_yaml(block, where)
        elif block.language == "console":
            _run_commands(block, where, capsys)
        elif block.language == "python":
            source = "\n" * (block.line - 1) + block.text
            program = compile(source, block.name or where, "exec")
            if not block.name:
                exec(program, names)  # noqa: S102 - this is what the page tells people to do
                capsys.readouterr()


def test_the_front_page_shows_the_first_example() -> None:
    example = (ROOT / "examples" / "quickstart.py").read_text("utf-8").split('"""', 2)[2]
    example = example.replace('Path(__file__).with_name("quickstart.yaml")', '"examples/quickstart.yaml"')
    shown = next(block.text for block in blocks(ROOT / "README.md") if block.language == "python")
    assert shown.strip() == example.replace("from pathlib import Path\n\n", "").strip()


def _check_yaml(block: Block, where: str) -> None:
    if not block.name and not block.text.startswith(FIRST_KEYS):
        assert yaml.safe_load(block.text), where
        return
    if Path(block.name).name.startswith("broken"):
        return
    found = Compiler().compile_path(block.name, cases=True) if block.name else Compiler().compile_text(block.text)
    expected = next((code for name, code in OF_ITS_OWN.items() if name in where), "")
    told = [each for each in found.diagnostics if not (expected and each.code.startswith(expected))]
    assert not told, (where, told)


def _run_commands(block: Block, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command, wanted in _commands(block.text):
        said = _run(command, where, capsys)
        if wanted:
            assert _same(said, wanted), f"{where}: {command}\n{said}"


def _commands(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, said = part.partition("\n")
        yield command, said.rstrip()


def _run(command: str, where: str, capsys: pytest.CaptureFixture[str]) -> str:
    program, *arguments = shlex.split(command)
    if program == "uvicorn" or arguments[:1] == ["preview"]:
        return _serve(program, arguments)
    if program == "formkit":
        capsys.readouterr()
        status = main(arguments)
        told = capsys.readouterr()
        assert status in (0, 1), (where, command, told.err)
        return told.out.rstrip()
    assert program in ("pytest", "python"), (where, command)
    words = [sys.executable, *(["-m", "pytest"] if program == "pytest" else []), *arguments]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=_environment())
    assert done.returncode == 0, (where, command, done.stdout, done.stderr)
    return done.stdout.rstrip()


def _serve(program: str, arguments: list[str]) -> str:
    """Starts a server at a free port, opens its first page, and ends it as people do, with Ctrl+C."""
    module = "uvicorn" if program == "uvicorn" else "formkit.cli"
    words = [sys.executable, "-m", module, *arguments, "--port", "0"]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_environment())
    assert server.stdout is not None
    with server.stdout as said:
        address = next(found[0] for line in said if (found := re.search(r"http://[0-9.]+:[1-9][0-9]*", line)))
        try:
            with urlopen(f"{address}{'/forms/' if program == 'uvicorn' else '/'}") as answer:  # noqa: S310 - our own
                assert answer.status == 200
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
    return ""


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": "-p no:cacheprovider", "PYTHONUNBUFFERED": "1"}


def _same(said: str, wanted: str) -> bool:
    pattern = re.escape(wanted).replace(r"…", ".*?")
    return re.fullmatch(pattern, said, re.S) is not None
