"""Uploaded images and files: what an answer may point at, judged from what the server found out about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from formkit.expressions.types import FILE_COLUMNS, File, Rows, Type
from formkit.fields.base import (
    JSON,
    Examples,
    FieldType,
    Finding,
    Moment,
    Options,
    OptionsInvalid,
    Own,
    Refused,
    Surroundings,
)
from formkit.locales import sentence
from formkit.schemas.values import Size
from formkit.texts import Text

FormatName = Literal["jpeg", "png", "pdf", "docx", "xlsx"]
ImageFormatName = Literal["jpeg", "png"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what people call it, its media type, and the endings of its names."""

    label: str
    media_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[FormatName, Format] = MappingProxyType(
    {
        "jpeg": Format("JPEG", "image/jpeg", (".jpg", ".jpeg")),
        "png": Format("PNG", "image/png", (".png",)),
        "pdf": Format("PDF", "application/pdf", (".pdf",)),
        "docx": Format("DOCX", f"{_OFFICE}.wordprocessingml.document", (".docx",)),
        "xlsx": Format("XLSX", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",)),
    }
)

_KNOWN_MEDIA_TYPES = frozenset(known.media_type for known in FORMATS.values())

ID_PATTERN = r"[A-Za-z0-9_-]{1,64}"
_ID = re.compile(ID_PATTERN).fullmatch
_SHA256 = re.compile(r"[0-9a-f]{64}").fullmatch
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}").fullmatch
_NEEDED = ("id", "name", "size", "media_type")
_KEYS = (*_NEEDED, "width", "height", "sha256")
_NEEDED_KEYS, _ALL_KEYS = frozenset(_NEEDED), frozenset(_KEYS)
_LARGEST = 2**42
_MOST_PIXELS = 10**6
_FILE = Text({"zh": "已上传的文件", "en": "an uploaded file"})


def _words(value: object) -> object:
    return [value] if isinstance(value, str) else value


class ImageOptions(Options):
    """The keys of `image`."""

    formats: Annotated[list[ImageFormatName], BeforeValidator(_words)] = Field(
        ["jpeg", "png"], min_length=1, description="The kinds of image taken."
    )
    max_size: Size = Field(5 * 1024**2, description="The greatest size, as 2 MB.")
    min_size: Size = Field(0, description="The least size, as 10 KB.")
    min_width: int = Field(0, ge=0, le=_MOST_PIXELS, description="The least width in pixels.")
    min_height: int = Field(0, ge=0, le=_MOST_PIXELS, description="The least height in pixels.")
    portrait: bool = Field(False, description="true: it must be taller than wide.")
    max_files: int = Field(1, ge=1, le=50, description="How many images may be given; with more than one, a list.")
    min_files: int = Field(0, ge=0, le=50, description="How many must be given, once any is.")
    capture: Literal["user", "environment"] | None = Field(
        None, description="On a phone, open the camera: user faces the person, environment the other way."
    )


class FileOptions(Options):
    """The keys of `file`."""

    formats: Annotated[list[FormatName], BeforeValidator(_words)] = Field(
        ["pdf", "jpeg", "png", "docx", "xlsx"], min_length=1, description="The kinds of file taken."
    )
    max_size: Size = Field(10 * 1024**2, description="The greatest size, as 10 MB.")
    min_size: Size = Field(0, description="The least size.")
    max_files: int = Field(1, ge=1, le=50, description="How many files may be given; with more than one, a list.")
    min_files: int = Field(0, ge=0, le=50, description="How many must be given, once any is.")


class _Upload(FieldType[Own]):
    """Names uploaded files. Whoever stores them puts the description it made itself in place of a posted reference."""

    attachment = True
    is_image = False
    capture: str | None = None

    def __init__(self, options: Own, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        self.formats: tuple[FormatName, ...] = tuple(getattr(options, "formats", ()))
        self.media_types = frozenset(FORMATS[name].media_type for name in self.formats)
        self.max_size, self.min_size = int(getattr(options, "max_size", 0)), int(getattr(options, "min_size", 0))
        self.max_files, self.min_files = int(getattr(options, "max_files", 1)), int(getattr(options, "min_files", 0))
        for kind, least, most in (("size", self.min_size, self.max_size), ("files", self.min_files, self.max_files)):
            if least > most:
                raise OptionsInvalid("limits-crossed", f"min_{kind}", min=least, max=most)

    @property
    def widget(self) -> str:
        return "upload"

    def parse(self, raw: JSON) -> JSON:
        if self.max_files == 1 and type(raw) is not list:
            return _read(raw)
        several = raw if type(raw) is list else [raw]
        if len(several) > 4 * self.max_files + 10:
            raise Refused("too_many_files", max=self.max_files)
        # A hidden input without a value comes along as "". A file named twice counts once.
        files = {file["id"]: file for file in map(_read, (item for item in several if item != ""))}
        if not files:
            return None
        if self.max_files > 1:
            return list(files.values())
        if len(files) > 1:
            raise Refused("too_many_files", max=1)
        return next(iter(files.values()))

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        files = value if type(value) is list else [value]
        found = [finding for file in files for finding in self._judge(file)]
        if len(files) < self.min_files:
            found.insert(0, Finding("too_few_files", {"min": self.min_files, "count": len(files)}))
        if len(files) > self.max_files:
            found.insert(0, Finding("too_many_files", {"max": self.max_files, "count": len(files)}))
        return found

    def _judge(self, file: Mapping[str, JSON]) -> list[Finding]:
        if "size" not in file:
            # Nobody who keeps files knew it: a made-up id, somebody else's, or one long swept away.
            return [Finding("file_missing")]
        found: list[Finding] = []
        name, size = file["name"], file["size"]
        if file["media_type"] not in self.media_types:
            found.append(Finding("wrong_file_format", {"name": name, "formats": self.format_labels}))
        if size > self.max_size:
            found.append(Finding("file_too_large", {"name": name, "max": shown_size(self.max_size)}))
        if size < self.min_size:
            found.append(Finding("file_too_small", {"name": name, "min": shown_size(self.min_size)}))
        return found

    @property
    def format_labels(self) -> Text:
        """The kinds of file taken, as people read them."""
        labels = [FORMATS[name].label for name in self.formats]
        return Text({"zh": "、".join(labels), "en": ", ".join(labels)})

    def rule_type(self) -> Type:
        return File() if self.max_files == 1 else Rows(FILE_COLUMNS, self.max_files)

    def format(self, value: JSON, language: str) -> str:
        files = value if type(value) is list else [value]
        between = sentence("fields", "choices.between", {}, language)
        return between.join(str(file.get("name") or sentence("fields", "file.unnamed", {}, language)) for file in files)

    def hint(self, language: str) -> str:
        params: dict[str, object] = {"formats": self.format_labels, "size": shown_size(self.max_size)}
        hint = sentence("fields", "file.hint", params, language)
        if self.max_files > 1:
            hint += sentence("fields", "file.hint.several", {"max": self.max_files}, language)
        return hint

    def json_schema(self) -> dict[str, JSON]:
        one = self._file_schema()
        if self.max_files == 1:
            return one
        limits = {"minItems": max(1, self.min_files), "maxItems": self.max_files}
        return {"type": "array", "items": one, "uniqueItems": True} | limits

    def _file_schema(self) -> dict[str, JSON]:
        pixels = {"type": ["integer", "null"], "minimum": 0, "maximum": _MOST_PIXELS}
        described = {
            "name": {"type": "string", "maxLength": 255},
            "size": {"type": "integer", "minimum": self.min_size, "maximum": self.max_size},
            "media_type": {"enum": [FORMATS[name].media_type for name in self.formats]},
            "width": pixels,
            "height": pixels,
            "sha256": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
        }
        properties = {"id": {"type": "string", "pattern": f"^{ID_PATTERN}$"}} | described
        return {
            "type": "object",
            "properties": properties,
            "required": list(_NEEDED),
            "additionalProperties": False,
        }

    def attributes(self) -> Mapping[str, str | int | bool]:
        endings = [ending for name in self.formats for ending in FORMATS[name].endings]
        accept = ",".join([*(FORMATS[name].media_type for name in self.formats), *endings])
        attributes: dict[str, str | int | bool] = {"type": "file", "accept": accept}
        if self.max_files > 1:
            attributes["multiple"] = True
        return attributes | ({"capture": self.capture} if self.capture else {})


_PNG = {"id": "a1", "name": "me.png", "size": 2048, "media_type": "image/png", "width": 300, "height": 420}


class ImageField(_Upload[ImageOptions]):
    """One image, or several."""

    name = "image"
    Options = ImageOptions
    is_image = True
    examples = (
        Examples(
            good=[(_PNG, _PNG), ([_PNG], _PNG)],
            bad=[
                ("a1", "file_missing"),
                ({"id": "a1"}, "file_missing"),
                ({"id": "../x"}, "wrong_type"),
                ({**_PNG, "path": "x"}, "wrong_type"),
                ({**_PNG, "size": "2048"}, "wrong_type"),
                ({**_PNG, "size": True}, "wrong_type"),
                ({**_PNG, "size": 6 * 1024**2}, "file_too_large"),
                ({**_PNG, "media_type": "image/gif"}, "wrong_file_format"),
                ({**_PNG, "width": None}, "unreadable_image"),
                ([_PNG, {**_PNG, "id": "a2"}], "too_many_files"),
                (7, "wrong_type"),
            ],
        ),
        Examples(
            {"min_width": 295, "min_height": 413, "portrait": True, "min_size": "1 KB"},
            good=[(_PNG, _PNG)],
            bad=[
                ({**_PNG, "size": 1023}, "file_too_small"),
                ({**_PNG, "width": 294}, "image_too_small"),
                ({**_PNG, "width": 420}, "not_portrait"),
            ],
        ),
        Examples(
            {"max_files": 2, "min_files": 2},
            good=[([_PNG, {**_PNG, "id": "a2"}], [_PNG, {**_PNG, "id": "a2"}])],
            bad=[
                (_PNG, "too_few_files"),
                ([{**_PNG, "id": f"a{n}"} for n in range(3)], "too_many_files"),
                ([{"id": "a"}] * 99, "too_many_files"),
            ],
        ),
    )

    def __init__(self, options: ImageOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        self.capture = options.capture

    def _judge(self, file: Mapping[str, JSON]) -> list[Finding]:
        found = super()._judge(file)
        if "size" not in file:
            return found
        width, height, options = file.get("width"), file.get("height"), self.options
        if not width or not height:
            found.append(Finding("unreadable_image", {"name": file["name"]}))
        elif width < options.min_width or height < options.min_height:
            limits = {"min_width": options.min_width, "min_height": options.min_height}
            found.append(Finding("image_too_small", {"name": file["name"], "width": width, "height": height, **limits}))
        elif options.portrait and width >= height:
            found.append(Finding("not_portrait", {"name": file["name"]}))
        return found

    def hint(self, language: str) -> str:
        options, hint = self.options, super().hint(language)
        if options.min_width or options.min_height:
            params = {"width": options.min_width, "height": options.min_height}
            hint += sentence("fields", "image.hint.pixels", params, language)
        return hint + (sentence("fields", "image.hint.portrait", {}, language) if options.portrait else "")

    def _file_schema(self) -> dict[str, JSON]:
        schema = super()._file_schema()
        for side, least in (("width", self.options.min_width), ("height", self.options.min_height)):
            schema["properties"][side] = {"type": "integer", "minimum": max(1, least), "maximum": _MOST_PIXELS}
        return schema | {"required": [*_NEEDED, "width", "height"]}


_PDF = {"id": "f1", "name": "证明.pdf", "size": 1000, "media_type": "application/pdf"}


class FileField(_Upload[FileOptions]):
    """One file, or several."""

    name = "file"
    Options = FileOptions
    examples = (
        Examples(
            good=[
                (_PDF, _PDF),
                ({**_PDF, "sha256": "0" * 64, "width": None}, {**_PDF, "width": None, "sha256": "0" * 64}),
            ],
            bad=[
                ({**_PDF, "media_type": "text/html"}, "wrong_file_format"),
                ({**_PDF, "sha256": "zz"}, "wrong_type"),
                ({"id": "f1", "name": "a.pdf"}, "wrong_type"),
                (["f1", {"id": ["f1"]}], "wrong_type"),
            ],
        ),
    )


def shown_size(count: int) -> str:
    """A number of bytes as people read it: `2 MB`.

    >>> shown_size(2 * 1024 * 1024), shown_size(1536)
    ('2 MB', '1.5 KB')
    """
    for unit, size in (("MB", 1024**2), ("KB", 1024)):
        if count >= size:
            return f"{round(count / size, 2):g} {unit}"
    return f"{count} B"


def _read(raw: JSON) -> dict[str, JSON]:
    """A reference, or the full description with exactly its keys; raises `Refused`."""
    if type(raw) is str and _ID(raw):
        return {"id": raw}
    if type(raw) is not dict or not (_is_reference(raw) or _is_description(raw)):
        raise Refused("wrong_type", expected=_FILE)
    return dict(raw) if tuple(raw) == _KEYS else {key: raw[key] for key in _KEYS if key in raw}


def _is_reference(raw: Mapping[str, JSON]) -> bool:
    return len(raw) == 1 and type(raw.get("id")) is str and _ID(raw["id"]) is not None


def _is_description(raw: Mapping[str, JSON]) -> bool:
    if not (tuple(raw) == _KEYS or _NEEDED_KEYS <= raw.keys() <= _ALL_KEYS):
        return False
    id_, name, media_type, size = raw["id"], raw["name"], raw["media_type"], raw["size"]
    if not (type(id_) is type(name) is type(media_type) is str and type(size) is int and 0 <= size <= _LARGEST):
        return False
    width, height, sha256 = raw.get("width"), raw.get("height"), raw.get("sha256")
    return (
        len(name) <= 255
        and (width is None or (type(width) is int and 0 <= width <= _MOST_PIXELS))
        and (height is None or (type(height) is int and 0 <= height <= _MOST_PIXELS))
        and (sha256 is None or (type(sha256) is str and _SHA256(sha256) is not None))
        and _ID(id_) is not None
        and (media_type in _KNOWN_MEDIA_TYPES or _MEDIA_TYPE(media_type) is not None)
    )
