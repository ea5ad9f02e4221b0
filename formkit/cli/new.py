"""`formkit new`: a small form file to begin with."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from formkit.cli.console import Console
from formkit.cli.usage import UsageError
from formkit.schemas.values import ID_PATTERN, RESERVED

_TEMPLATE = Path(__file__).with_name("new_form.yaml")


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `new` takes."""
    parser.add_argument("name", metavar="NAME", help=words("argument.name"))
    parser.add_argument("--folder", metavar="FOLDER", default="forms", help=words("argument.folder"))


def run(options: Namespace, console: Console) -> int:
    """Writes the file; one that is there already is left alone."""
    name = options.name.removesuffix(".yaml")
    if not re.fullmatch(ID_PATTERN, name) or len(name) > 60 or name in RESERVED:
        raise UsageError("wrong_name", name=name)
    file = Path(options.folder) / f"{name}.yaml"
    _write(file, _TEMPLATE.read_text(encoding="utf-8").replace("NAME", name))
    if console.for_programs:
        console.write_json({"form": name, "file": str(file)})
    else:
        console.say("new.written", file=file)
    return 0


def _write(file: Path, text: str) -> None:
    if file.exists():
        raise UsageError("already_there", file=file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except OSError:
        raise UsageError("not_writable", file=file) from None
