"""Answers as a case writes them → answers as a browser sends them: numbers meant as texts, files by name alone."""

from collections.abc import Mapping
from hashlib import sha256
from mimetypes import MimeTypes
from pathlib import PurePath

from pydantic import TypeAdapter, ValidationError

from formkit.expressions import Number, Type, YesNo
from formkit.fields.base import JSON, Shape
from formkit.form import Field
from formkit.schemas.values import Size

_USUAL_SIZE, _USUAL_WIDTH, _USUAL_HEIGHT = 200 * 1024, 600, 800
_MEDIA_TYPES = MimeTypes()
_SIZE: TypeAdapter[int] = TypeAdapter(Size)


def as_sent(field: Field, written: JSON) -> JSON:
    """The answer to a field as a browser would send it."""
    if field.shape is Shape.VALUE:
        return _file_or_files(field, written) if field.type.attachment else typed(field.type.rule_type(), written)
    inner = {each.id: each for each in field.fields}
    if isinstance(written, Mapping):
        return {name: as_sent(inner[name], value) if name in inner else value for name, value in written.items()}
    if field.shape is Shape.ROWS and isinstance(written, list):
        return [_row(inner, row) for row in written]
    return written


def typed(kind: Type, written: JSON) -> JSON:
    """A value of this type: YAML reads `440106` as a number where a text or a choice is meant."""
    if isinstance(written, list):
        return [typed(kind, each) for each in written]
    if isinstance(written, bool) or not isinstance(written, int) or isinstance(kind, Number | YesNo):
        return written
    return str(written)


def merged(above: Mapping[str, JSON], differing: Mapping[str, JSON]) -> dict[str, JSON]:
    """The answers above with those that differ; of a group only what differs, of rows all."""
    answers = dict(above)
    for name, value in differing.items():
        before = answers.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping) and value:
            answers[name] = {**before, **value}
        else:
            answers[name] = value
    return answers


def left_out(answers: Mapping[str, JSON], path: str) -> dict[str, JSON]:
    """The answers without the one at a definition path."""
    top, _, inner = path.partition(".")
    if not inner:
        return {name: value for name, value in answers.items() if name != top}
    held = answers.get(top)
    if not isinstance(held, Mapping):
        return dict(answers)
    return {**answers, top: {name: value for name, value in held.items() if name != inner}}


def _row(inner: Mapping[str, Field], row: JSON) -> JSON:
    if not isinstance(row, Mapping):
        return row
    return {name: as_sent(inner[name], value) if name in inner else value for name, value in row.items()}


def _file_or_files(field: Field, written: JSON) -> JSON:
    if isinstance(written, list):
        return [_described(field, each, number) for number, each in enumerate(written, 1)]
    return _described(field, written, 1)


def _described(field: Field, written: JSON, number: int) -> JSON:
    """The description the server would make of a file of which a case states its name, or only what matters."""
    if written == "":
        return written
    stated = {"name": written} if isinstance(written, str) else dict(written) if isinstance(written, Mapping) else None
    if stated is None or not isinstance(stated.get("name"), str):
        return written
    schema = field.type.json_schema()
    limits = schema.get("items", schema).get("properties", {})
    media_type = _MEDIA_TYPES.guess_type(PurePath(stated["name"]).name)[0] or "application/octet-stream"
    described: dict[str, JSON] = {
        "name": stated["name"],
        "size": _within(_USUAL_SIZE, limits.get("size", {})),
        "media_type": media_type,
    }
    if media_type.startswith("image/"):
        described["width"] = max(_USUAL_WIDTH, _option(field, "min_width"))
        described["height"] = max(_USUAL_HEIGHT, _option(field, "min_height"))
    described |= {**stated, "size": _bytes(stated.get("size", described["size"]))}
    described["sha256"] = sha256(f"{number} {sorted(described.items(), key=str)}".encode()).hexdigest()
    return {"id": described["sha256"][:32], **described}


def _within(usual: int, limits: Mapping[str, int]) -> int:
    return min(max(usual, limits.get("minimum", usual)), limits.get("maximum", usual))


def _option(field: Field, name: str) -> int:
    found = getattr(field.type.options, name, 0)
    return found if isinstance(found, int) else 0


def _bytes(size: JSON) -> JSON:
    try:
        return size if isinstance(size, int) else _SIZE.validate_python(size)
    except ValidationError:
        return size
