"""A file that was sent and its field's rules → what is to be stored, or the issue at its field."""

from dataclasses import dataclass
from typing import Protocol

from formkit.issues import Issue
from formkit.locales import sentence
from formkit.records.files import FileRules, judge_file
from formkit.records.images import DEFAULT_JUDGE, ImageJudge, ImageRules
from formkit.records.judged import Refused, StoredFile, StoredImage, refused_too_large
from formkit.texts import LANGUAGES, Text
from formkit.web.incoming import UploadedFile

_EXTENSIONS = {
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
}


class UploadType(Protocol):
    """What is asked of a field type that takes files: the shape of formkit's own `image` and `file`."""

    is_image: bool
    max_size: int
    min_size: int

    @property
    def formats(self) -> tuple[str, ...]: ...

    @property
    def options(self) -> object: ...


@dataclass(frozen=True, slots=True)
class AcceptedUpload:
    """A judged file with the name a person will see, whose extension tells the truth."""

    name: str
    stored: StoredFile

    @property
    def width(self) -> int | None:
        """A picture's width in pixels."""
        return self.stored.width if isinstance(self.stored, StoredImage) else None

    @property
    def height(self) -> int | None:
        """A picture's height in pixels."""
        return self.stored.height if isinstance(self.stored, StoredImage) else None


def rules_for(field: UploadType) -> ImageRules | FileRules:
    """What a field of a form asks of its files."""
    if not field.is_image:
        return FileRules(formats=field.formats, max_bytes=field.max_size, min_bytes=field.min_size)
    options = field.options
    return ImageRules(
        formats=field.formats,
        max_bytes=field.max_size,
        min_bytes=field.min_size,
        min_width=getattr(options, "min_width", 0),
        min_height=getattr(options, "min_height", 0),
        portrait=True if getattr(options, "portrait", False) else None,
    )


def judge_upload(
    upload: UploadedFile, rules: ImageRules | FileRules, *, images: ImageJudge = DEFAULT_JUDGE
) -> AcceptedUpload | Refused:
    """What is to be stored of `upload`, or why not; call it in a thread, for it waits while a picture is drawn."""
    if upload.over_limit is not None:
        return refused_too_large(upload.size, upload.over_limit)
    if upload.size > rules.max_bytes:
        return refused_too_large(upload.size, rules.max_bytes)
    upload.file.seek(0)
    content = upload.file.read()
    if isinstance(rules, ImageRules):
        judged: StoredFile | Refused = images.judge(content, rules)
    else:
        judged = judge_file(content, rules, images=images)
    return (
        judged if isinstance(judged, Refused) else AcceptedUpload(true_name(upload.filename, judged.media_type), judged)
    )


def upload_issue(upload: UploadedFile, refused: Refused) -> Issue:
    """The refusal as an issue at the field the file came for, with its sentence in every language."""
    params = {"name": upload.filename, **refused.params}
    message = Text({language: sentence("web", refused.code, params, language) for language in LANGUAGES})
    return Issue(refused.code, upload.name, params, message=message)


def true_name(filename: str, media_type: str) -> str:
    """The file's name with an extension that fits its content.

    >>> true_name("me.gif", "image/png"), true_name("me.JPG", "image/jpeg"), true_name("", "application/pdf")
    ('me.png', 'me.JPG', 'file.pdf')
    """
    extensions = _EXTENSIONS[media_type]
    stem, dot, extension = filename.rpartition(".")
    if dot and stem and extension.lower() in extensions:
        return filename
    return f"{(stem if dot else filename) or 'file'}.{extensions[0]}"
