"""A file that was sent and its field's rules → what is to be stored, and the answer that will name it."""

from dataclasses import dataclass

from formkit.records.files import FileRules, judge_file
from formkit.records.images import DEFAULT_JUDGE, ImageJudge, ImageRules
from formkit.records.judged import Refused, StoredFile, StoredImage, refused_too_large
from formkit.web.incoming import UploadedFile

_EXTENSIONS = {
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
}


@dataclass(frozen=True, slots=True)
class AcceptedUpload:
    """A judged file with the name a person will see, whose extension tells the truth."""

    name: str
    stored: StoredFile

    def value(self, attachment_id: str) -> dict[str, object]:
        """The answer of an image or file field, once the store has given the bytes an id."""
        size, media_type, sha256 = self.stored.size, self.stored.media_type, self.stored.sha256
        answer: dict[str, object] = {"id": attachment_id, "name": self.name, "size": size, "media_type": media_type}
        if isinstance(self.stored, StoredImage):
            answer |= {"width": self.stored.width, "height": self.stored.height}
        return {**answer, "sha256": sha256}


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
