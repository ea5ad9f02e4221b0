"""A proposed case → YAML, ready to be put beside the others."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from formkit.cases.mutants import Mutant
from formkit.cases.proposing import Proposal
from formkit.cases.wording import CaseWording
from formkit.compiler.case_files import CaseFile
from formkit.compiler.written_answers import as_sent
from formkit.expressions import UNKNOWN
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Field, Form

_MOST_NAME = 100


class _Dumper(yaml.SafeDumper):
    """Writes everything out, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - nothing is shared
        return True


def cases_yaml(file: CaseFile, proposals: Iterable[Proposal], words: CaseWording) -> str:
    """Proposed cases as they stand under `tests`, in the order given; those of the same person in one."""
    taken = {case.name for case in file.cases}
    written: dict[str, Any] = {}
    for given, alike in _by_person(file, proposals):
        name = _name(alike, words, taken)
        taken.add(name)
        expect: dict[str, Any] = {}
        for proposal in alike:
            _merge(expect, proposal.expect)
        written[name] = {**given, "expect": {key: _alone(value) for key, value in expect.items()}}
    if not written:
        return ""
    text = yaml.dump(written, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)
    return "".join(f"  {line}\n" for line in text.splitlines())


def _by_person(file: CaseFile, proposals: Iterable[Proposal]) -> Iterator[tuple[dict[str, Any], list[Proposal]]]:
    found: dict[str, tuple[dict[str, Any], list[Proposal]]] = {}
    for proposal in proposals:
        given = _given(file, proposal)
        found.setdefault(repr(given), (given, []))[1].append(proposal)
    yield from found.values()


def _merge(expect: dict[str, Any], more: Mapping[str, JSON]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping):
            expect[key] = {**expect.get(key, {}), **value}
        elif isinstance(value, list) or key in expect:
            listed = value if isinstance(value, list) else [value]
            before = expect.get(key, [])
            expect[key] = list(dict.fromkeys([*(before if isinstance(before, list) else [before]), *listed]))
        else:
            expect[key] = value


def _name(alike: list[Proposal], words: CaseWording, taken: set[str]) -> str:
    found = _told(alike[0], words)
    if len(alike) > 1:
        found = words.say("proposal.several", first=found[:_MOST_NAME], count=len(alike))
    name, number = found, 1
    while name in taken:
        number += 1
        name = f"{found} ({number})"
    return name


def _told(proposal: Proposal, words: CaseWording) -> str:
    about = proposal.about
    if isinstance(about, Mutant):
        return words.say("proposal.mutant", change=words.mutant(about))[:_MOST_NAME]
    return words.say(f"proposal.{str(proposal.way).lower()}", site=words.site(about))[:_MOST_NAME]


def _given(file: CaseFile, proposal: Proposal) -> dict[str, Any]:
    person, above, process = proposal.person, file.person, proposal.process
    case: dict[str, Any] = {}
    if person.today != above.today:
        case["today"] = person.today
    case |= _facts(person.facts, above.facts)
    answers, without = _differing(file.form, person.answers, {} if proposal.submitted else above.answers)
    case |= {"answers": answers} if answers else {}
    case |= {"without": without} if without and not proposal.submitted else {}
    if proposal.submitted:
        case["submitted"] = True
    elif person.record is not None:
        case["record"] = _plain_all(file.form, person.record)
    if process is not None:
        stated = {key: getattr(process, key) for key in ("state", "entered", "take", "by", "reason")}
        case |= {key: value for key, value in stated.items() if value is not None}
    return case


def _facts(facts: Mapping[str, JSON], above: Mapping[str, JSON]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    differing = {name: value for name, value in facts.items() if name not in above or above[name] != value}
    known = {name: "" if value is None else value for name, value in differing.items() if value is not UNKNOWN}
    unknown = [name for name, value in differing.items() if value is UNKNOWN]
    found |= {"facts": known} if known else {}
    found |= {"unknown_facts": unknown} if unknown else {}
    return found


def _differing(form: Form, answers: Mapping[str, JSON], above: Mapping[str, JSON]) -> tuple[dict[str, Any], list[str]]:
    """The answers that differ, and the paths of those that are not given."""
    differing: dict[str, Any] = {}
    without = [name for name in above if name not in answers]
    for name, value in answers.items():
        field, before = form.top_fields.get(name), above.get(name)
        if value == before or field is None:
            continue
        if field.shape is Shape.GROUP and isinstance(value, Mapping) and isinstance(before, Mapping):
            inner = {key: each for key, each in value.items() if before.get(key) != each}
            without += [f"{name}.{key}" for key in before if key not in value]
            if inner:
                differing[name] = _plain(field, inner)
        else:
            differing[name] = _plain(field, value)
    return differing, without


def _plain_all(form: Form, values: Mapping[str, JSON]) -> dict[str, Any]:
    return {name: _plain(form.top_fields[name], value) for name, value in values.items() if name in form.top_fields}


def _plain(field: Field, value: JSON) -> Any:
    """A value as an author writes it: files by name, rows without the ids they have anyhow."""
    if value is None:
        return ""
    inner = {each.id: each for each in field.fields}
    if isinstance(value, Mapping) and field.shape is Shape.GROUP:
        return {name: _plain(inner[name], each) for name, each in value.items() if name in inner}
    if isinstance(value, list) and field.shape is Shape.ROWS:
        return [_row(inner, row, number) for number, row in enumerate(value, 1)]
    if field.type.attachment:
        return [_file(field, each) for each in value] if isinstance(value, list) else _file(field, value)
    return value


def _row(inner: Mapping[str, Field], row: JSON, number: int) -> Any:
    kept = {name: _plain(inner[name], each) for name, each in row.items() if name in inner}
    return kept if row.get(ROW_ID) in (None, f"r{number}") else {ROW_ID: row[ROW_ID], **kept}


def _file(field: Field, value: JSON) -> Any:
    if not isinstance(value, Mapping) or "name" not in value:
        return value
    usual = as_sent(field, value["name"])
    differing = {key: value[key] for key in ("size", "width", "height") if value.get(key) != usual.get(key)}
    return {"name": value["name"], **differing} if differing else value["name"]


def _alone(value: JSON) -> Any:
    """One word without its brackets."""
    return value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) else value
