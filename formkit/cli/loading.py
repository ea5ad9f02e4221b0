"""The form and the JSON that a verb's arguments name."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from formkit.cli.usage import FormBroken, UsageError
from formkit.compiler import Compiled, Compiler
from formkit.diagnostics import has_errors
from formkit.evaluation.misshapen import misshapen
from formkit.expressions import UNKNOWN, UNKNOWN_MARK
from formkit.fields.base import JSON
from formkit.form import Fact, Form
from formkit.texts import LANGUAGES, Text


def texts_of(compiled: Compiled) -> dict[str, str]:
    """The text of every file that was read."""
    return {file: source.text for file, source in compiled.sources.items()}


def load_form(named: str) -> Form:
    """The form that `file.yaml` or `file.yaml#form_id` names."""
    return compiled_form(named)[1]


def compiled_form(named: str) -> tuple[Compiled, Form]:
    """The same, with everything that was compiled with it."""
    file, _, id_ = named.partition("#")
    require_there(file)
    compiled = Compiler().compile_path(file)
    if has_errors(compiled.diagnostics):
        raise FormBroken(compiled.diagnostics, texts_of(compiled))
    forms = compiled.forms
    if not forms:
        raise UsageError("no_form", file=file)
    if not id_ and len(forms) > 1:
        raise UsageError("which_form", file=file, known=", ".join(forms), example=f"{file}#{next(iter(forms))}")
    if id_ and id_ not in forms:
        raise UsageError("unknown_form", file=file, name=id_, known=", ".join(forms))
    return compiled, forms[id_ or next(iter(forms))]


def require_there(path: str) -> None:
    """Refuses a path at which there is nothing."""
    if not Path(path).exists():
        raise UsageError("not_there", path=path)


def read_object(named: str | None) -> dict[str, JSON] | None:
    """The JSON object in a file, written in its place, or of the standard input for `-`; None where none is named."""
    if named is None:
        return None
    return parsed_object(_text(named), named)


def parsed_object(text: str, named: str) -> dict[str, JSON]:
    """The JSON object that a text is; `named` is what people call the text."""
    value = _parsed(text, named)
    if not isinstance(value, dict):
        raise UsageError("not_an_object", file=named)
    return value


def require_record(record: Mapping[str, JSON] | None, form: Form, named: str) -> None:
    """Refuses a record in which something cannot be what a form of any edition put there."""
    for path, wanted in misshapen(form.top_fields.values(), record or {}):
        raise UsageError("wrong_record", file=named, path=path, wanted=wanted)


def read_marked(named: str | None) -> dict[str, JSON]:
    """The facts of a file, whatever they are; those marked as unknown become UNKNOWN."""
    given = read_object(named) or {}
    return {name: UNKNOWN if value == UNKNOWN_MARK else value for name, value in given.items()}


def read_facts(named: str | None, form: Form, *, rest_unknown: bool = False) -> Mapping[str, JSON]:
    """The facts a form declares, each of its type, blank or unknown; with `rest_unknown` so is what is left out."""
    facts = {**(dict.fromkeys(form.facts, UNKNOWN) if rest_unknown else {}), **read_marked(named)}
    missing = [fact for fact in form.facts.values() if fact.id not in facts]
    if missing:
        raise UsageError("facts_missing", names=_listed(missing))
    _require_fitting(facts, form)
    return facts


def read_given_facts(named: str | None, forms: Iterable[Form]) -> Mapping[str, JSON]:
    """The facts of a file, and no others; those that the forms declare are each of its type, blank or unknown."""
    facts = read_marked(named)
    for form in forms:
        _require_fitting(facts, form)
    return facts


def _require_fitting(facts: Mapping[str, JSON], form: Form) -> None:
    for fact in form.facts.values():
        value = facts.get(fact.id)
        if value is not UNKNOWN and value is not None and not fact.type.fits(value):
            raise UsageError("wrong_fact", name=fact.id, wanted=fact.type.called)


def _listed(facts: Iterable[Fact]) -> Text:
    named = list(facts)
    return Text(
        {language: ", ".join(f"{fact.id} ({fact.label.in_(language)})" for fact in named) for language in LANGUAGES}
    )


def day_of(written: str | None, form: Form) -> str:
    """The day a command is about: the one written, else today where the form is at home."""
    if written is None:
        return _today(form.time_zone)
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise UsageError("wrong_day", value=written) from None


def _today(time_zone: str) -> str:
    try:
        return datetime.now(ZoneInfo(time_zone)).date().isoformat()
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError("no_time_zone", name=time_zone) from None


def _text(named: str) -> str:
    if named.lstrip().startswith("{"):
        return named
    try:
        raw = sys.stdin.buffer.read() if named == "-" else Path(named).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("not_utf8", file=named) from None
    except OSError:
        raise UsageError("unreadable", file=named) from None


def _parsed(text: str, named: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except _NameTwice as twice:
        raise UsageError("name_twice", file=named, name=str(twice)) from None
    except json.JSONDecodeError as error:
        raise UsageError("not_json", file=named, line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):
        raise UsageError("not_json_values", file=named) from None


class _NameTwice(Exception):  # noqa: N818 - a finding on its way to its sentence
    pass


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _NameTwice(name)
        found[name] = value
    return found


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)
