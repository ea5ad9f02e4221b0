"""Files other than pictures judged by their content: an allow-list, and the structure each kind must have."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from formkit.records.images import DEFAULT_JUDGE, IMAGE_FORMATS, ImageJudge, ImageRules, format_names
from formkit.records.judged import Refused, StoredFile, refused_size

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_MAX_ENTRIES = 2000
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_CONTENT_TYPES = 1024 * 1024
_PDF_TAIL = 2048
_PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: its media type, the bytes it begins with, and the code of its fault, if it has one."""

    media_type: str
    signature: bytes
    fault: Callable[[bytes], str | None]


@dataclass(frozen=True, slots=True)
class FileRules:
    """What a field asks of a file; formats are names of FILE_KINDS, and jpeg, png, webp for pictures."""

    formats: tuple[str, ...] = ("pdf", "jpeg", "png")
    max_bytes: int = 10 * 1024 * 1024
    min_bytes: int = 0

    def __post_init__(self) -> None:
        known = {*FILE_KINDS, *IMAGE_FORMATS}
        if set(self.formats) - known or not self.formats:
            raise ValueError(f"formats of a file are among {sorted(known)}, not {list(self.formats)}")


def judge_file(file: bytes | Path, rules: FileRules, *, images: ImageJudge | None = None) -> StoredFile | Refused:
    """The file as it is to be stored, or why it is not taken; a picture is drawn anew, like in a picture field.

    What a file is, its content says; its name and the browser's word for it count for nothing.
    """
    size = file.stat().st_size if isinstance(file, Path) else len(file)
    refused = refused_size(size, min_bytes=rules.min_bytes, max_bytes=rules.max_bytes)
    if refused is not None:
        return refused
    content = file.read_bytes() if isinstance(file, Path) else file
    if any(content.startswith(signature) for signature in _PICTURES):
        return _judge_picture(content, rules, images or DEFAULT_JUDGE)
    return _judge_document(content, rules.formats)


def _judge_picture(content: bytes, rules: FileRules, images: ImageJudge) -> StoredFile | Refused:
    allowed = tuple(name for name in rules.formats if name in IMAGE_FORMATS)
    judged = images.judge(content, ImageRules(formats=allowed, max_bytes=rules.max_bytes)) if allowed else None
    if judged is None or (isinstance(judged, Refused) and judged.code == "wrong_file_format"):
        return _wrong_format(rules.formats)
    return judged


def _judge_document(content: bytes, formats: tuple[str, ...]) -> StoredFile | Refused:
    fault = "wrong_file_format"
    for kind in (FILE_KINDS[name] for name in formats if name in FILE_KINDS):
        if not content.startswith(kind.signature):
            continue
        found = kind.fault(content)
        if found is None:
            return StoredFile(content, kind.media_type)
        fault = found if fault == "wrong_file_format" else fault
    return _wrong_format(formats) if fault == "wrong_file_format" else Refused(fault)


def _wrong_format(formats: tuple[str, ...]) -> Refused:
    return Refused("wrong_file_format", {"formats": format_names(formats)})


def _pdf_fault(content: bytes) -> str | None:
    """A PDF from its first byte to its end mark, with no script, program or attachment in plain sight.

    Compressed parts are not searched: files are served as downloads, in a sandbox, and never opened by the portal.
    """
    tail = content[-_PDF_TAIL:]
    if b"startxref" not in tail or not tail.rstrip().endswith(b"%%EOF"):
        return "unreadable_file"
    return "file_active" if _PDF_ACTIVE.search(content) else None


def _office_fault(main_part: str) -> Callable[[bytes], str | None]:
    """The fault of an Office document with this main part: damaged, too much when unpacked, or with macros."""

    def fault(content: bytes) -> str | None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return _archive_fault(archive, main_part)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
            return "unreadable_file"

    return fault


def _archive_fault(archive: zipfile.ZipFile, main_part: str) -> str | None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        return "file_too_much_unpacked"
    if not {"[Content_Types].xml", main_part} <= names:
        return "wrong_file_format"  # a sound archive, of another kind
    if any(_escapes(name) for name in names):
        return "unreadable_file"
    with archive.open("[Content_Types].xml") as part:
        content_types = part.read(_MAX_CONTENT_TYPES)
    if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in content_types:
        return "file_active"
    return None


def _escapes(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


FILE_KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        "pdf": FileKind("application/pdf", b"%PDF-", _pdf_fault),
        "docx": FileKind(f"{_OFFICE}wordprocessingml.document", _ZIP, _office_fault("word/document.xml")),
        "xlsx": FileKind(f"{_OFFICE}spreadsheetml.sheet", _ZIP, _office_fault("xl/workbook.xml")),
    }
)
