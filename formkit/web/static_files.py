"""Styles and scripts: read once, served under a URL that names their content, so that browsers may keep them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from formkit.editions import Forms
from formkit.expressions.browser import evaluator_module, functions_module
from formkit.expressions.functions import RuleFunction
from formkit.form import Form
from formkit.renderers import Theme, stylesheet, stylesheet_name

_MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """Bytes and what they are."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The files by name; `version` is the hash of all of them but the stylesheets of forms, whose names have theirs."""

    files: Mapping[str, StaticFile]
    version: str


def static_files(theme: Theme, forms: Iterable[Form], functions: Iterable[RuleFunction]) -> StaticFiles:
    """Those of the theme and of the themes it falls back on, those of the rules, and each form's own stylesheet."""
    texts = {"rules.js": evaluator_module(), "functions.js": functions_module(functions)}
    contents = {**_theme_files(theme), **{name: text.encode() for name, text in texts.items()}}
    files = {name: StaticFile(content, _media_type(name)) for name, content in contents.items()}
    files |= {stylesheet_name(form): _form_stylesheet(form) for form in forms}
    digest = sha256()
    for name in sorted(contents):
        digest.update(f"{name}\n{len(contents[name])}\n".encode() + contents[name])
    return StaticFiles(files, digest.hexdigest()[:16])


def edition_stylesheet(forms: Forms, name: str) -> StaticFile | None:
    """The stylesheet of a form in whatever edition, also one that came into force after the program started."""
    form = name.rpartition("-")[0]
    editions = forms.editions(form) if form in forms else ()
    return next((_form_stylesheet(one) for one in editions if stylesheet_name(one) == name), None)


def _form_stylesheet(form: Form) -> StaticFile:
    return StaticFile(stylesheet(form).encode(), _media_type("css"))


def _theme_files(theme: Theme) -> dict[str, bytes]:
    files = _theme_files(theme.fallback) if theme.fallback else {}
    folder = theme.folder / "static"
    if folder.is_dir():
        files.update({path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()})
    return files


def _media_type(name: str) -> str:
    return _MEDIA_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
