"""`formkit new`: a small form file to begin with, or the beginning of a variant of a form."""

import os
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from formkit.cli.console import Console
from formkit.cli.loading import load_form
from formkit.cli.usage import UsageError
from formkit.schemas.values import ID_PATTERN, RESERVED

_FORM = Path(__file__).with_name("new_form.yaml")
_VARIANT = Path(__file__).with_name("new_variant.yaml")


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `new` takes."""
    parser.add_argument("name", metavar="NAME", help=words("argument.name"))
    parser.add_argument("--folder", metavar="FOLDER", default="forms", help=words("argument.folder"))
    parser.add_argument("--extends", metavar="FORM", help=words("argument.extends"))


def run(options: Namespace, console: Console) -> int:
    """Writes the file; one that is there already is left alone."""
    name = options.name.removesuffix(".yaml")
    if not re.fullmatch(ID_PATTERN, name) or len(name) > 60 or name in RESERVED:
        raise UsageError("wrong_name", name=name)
    file = Path(options.folder) / f"{name}.yaml"
    text = _variant(options.extends, file.parent) if options.extends else _FORM.read_text(encoding="utf-8")
    _write(file, text.replace("NAME", name))
    if console.for_programs:
        console.write_json({"form": name, "file": str(file)})
    else:
        console.say("new.written", file=file)
    return 0


def _variant(named: str, folder: Path) -> str:
    """The beginning of a variant of the form that `named` names, with the names of the base in its examples."""
    base = load_form(named)
    path, mark, id_ = named.partition("#")
    step = next((each for each in base.steps if any(each.fields)), base.steps[0])
    field = next((each.id for each in step.fields), "")
    words = {
        "BASE": f"{Path(os.path.relpath(path, folder)).as_posix()}{mark}{id_}",
        "EDITION": base.edition,
        "STEP": step.id,
        "FIELD": field,
    }
    return re.sub("|".join(words), lambda found: words[found[0]], _VARIANT.read_text(encoding="utf-8"))


def _write(file: Path, text: str) -> None:
    if file.exists():
        raise UsageError("already_there", file=file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except OSError:
        raise UsageError("not_writable", file=file) from None
