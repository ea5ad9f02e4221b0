"""What people read in a form, compared in every language."""

from collections.abc import Iterable, Iterator, Mapping

from formkit.diagnostics import Place
from formkit.diff.change import Change, Severity
from formkit.diff.people import word
from formkit.texts import LANGUAGES, Text

_LONGEST = 80
Texts = Mapping[str, Text | None]
"""What a text is (`label`, `note`, …) → the text."""


def text_changes(path: str, name: Text, old: Texts, new: Texts, places: tuple[Place, Place]) -> Iterator[Change]:
    """The texts of one part that are other texts now."""
    for kind in dict.fromkeys((*old, *new)):
        before, after = old.get(kind) or Text({}), new.get(kind) or Text({})
        if before == after:
            continue
        code = "text-changed" if before and after else "text-added" if after else "text-removed"
        params: dict[str, object] = {"what": word(f"what.{kind}"), **_told(before, after)}
        severity = Severity.SAFE
        if kind == "statement":
            code, severity = "statement-changed", Severity.ASKS_AGAIN
        yield Change(code, severity, path, name, params, *places)


def joined(texts: Iterable[Text]) -> Text | None:
    """Several texts as one."""
    known = list(texts)
    languages = [language for language in LANGUAGES if any(language in text for text in known)]
    return Text({language: " ".join(text.in_(language) for text in known) for language in languages}) or None


def _told(before: Text, after: Text) -> dict[str, Text]:
    """Old and new as each reader sees them; in another language where theirs stayed as it was."""
    differs = [each for each in LANGUAGES if before.in_(each) != after.in_(each)] or list(LANGUAGES)
    seen = {language: language if language in differs else differs[0] for language in LANGUAGES}
    return {
        key: Text({language: _cut(text.in_(as_seen)) for language, as_seen in seen.items()})
        for key, text in (("old", before), ("new", after))
    }


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
