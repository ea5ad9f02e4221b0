"""Changes as text, Markdown, a page or JSON: what policy staff read and sign."""

from collections.abc import Iterator, Sequence
from html import escape

from formkit.diagnostics import Place
from formkit.diff import Change, Severity, Stopped, change_sentence
from formkit.diff.declared import Declared, told
from formkit.diff.pairing import paired
from formkit.fields.base import JSON
from formkit.form import Form, Treatment
from formkit.locales import HTML_LANGUAGE, issue_sentence, sentence

_STYLE = """
body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1b1b1b;
  max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .25rem; padding-left: .6rem; border-left: .4rem solid; }
h2.breaking { border-color: #a4262c; } h2.asks_again { border-color: #b45f06; } h2.safe { border-color: #2e7d32; }
p { margin: .25rem 0; } .about, .places, .editions { color: #555; }
ol { padding-left: 1.75rem; } li { padding: .4rem 0; border-bottom: 1px solid #e3e3e3; break-inside: avoid; }
.places, .declared { font-size: .875rem; display: block; } code { font-size: .875rem; }
.signed { margin-top: 3rem; white-space: pre-wrap; }
"""


class Report:
    """The changes between two editions in one language."""

    def __init__(self, old: Form, new: Form, changes: Sequence[Change], language: str) -> None:
        self.old, self.new, self.changes, self.language = old, new, changes, language
        self._declared = Declared(paired(old, new))

    def text(self) -> str:
        """For a terminal."""
        lines = [self._title(), self._editions(), self._summary()]
        for severity, found in self._by_severity():
            lines += ["", self._heading(severity, found)]
            for change in found:
                lines.append(f"  {self._sentence(change)}")
                lines.append(f"      {'  '.join(filter(None, (change.code, change.path, self._places(change))))}")
                lines += [f"      {self._example(change)}"] if change.example else []
                lines += [f"      {said}" for said in self._declared_of(change)]
        return "\n".join(lines) + "\n"

    def markdown(self) -> str:
        """For a page of a repository or a review."""
        parts = [f"# {_plain(self._title())}", _plain(self._editions()), self._summary()]
        for severity, found in self._by_severity():
            parts += [f"## {self._heading(severity, found)}", self._say(f"severity.{severity}.about")]
            parts.append("\n".join(f"1. {_plain(self._sentence(each))}  \n   {self._marked(each)}" for each in found))
        return "\n\n".join(parts) + "\n"

    def html(self) -> str:
        """A page that stands alone: no script, nothing fetched, fit for printing and signing."""
        title = escape(self._title())
        body = "\n".join(self._html_parts())
        return (
            f'<!DOCTYPE html>\n<html lang="{HTML_LANGUAGE[self.language]}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n"
            "</body>\n</html>\n"
        )

    def json(self) -> JSON:
        """For programs."""
        return {
            "old": {"form": self.old.id, "edition": self.old.edition, "file": self.old.place.file},
            "new": {"form": self.new.id, "edition": self.new.edition, "file": self.new.place.file},
            "summary": self._counts(),
            "changes": [self._as_json(change) for change in self.changes],
        }

    def _html_parts(self) -> Iterator[str]:
        yield f'<p class="editions">{escape(self._editions())}</p>'
        yield f"<p>{escape(self._summary())}</p>"
        for severity, found in self._by_severity():
            yield f'<h2 class="{severity}">{escape(self._heading(severity, found))}</h2>'
            yield f'<p class="about">{escape(self._say(f"severity.{severity}.about"))}</p>\n<ol>'
            yield from (f"<li>{escape(self._sentence(change))}{self._small(change)}</li>" for change in found)
            yield "</ol>"
        yield f'<p class="signed">{escape(self._say("signed"))}</p>'

    def _small(self, change: Change) -> str:
        rules = " · ".join(f"<code>{escape(rule)}</code>" for rule in change.rules)
        where = f"{escape(self._places(change))}{f' · {rules}' if rules else ''}"
        example = f'<span class="places">{escape(self._example(change))}</span>' if change.example else ""
        named = " · ".join(f"<code>{escape(each)}</code>" for each in (change.code, change.path) if each)
        declared = "".join(f'<span class="declared">{escape(each)}</span>' for each in self._declared_of(change))
        return f'<span class="places">{named} · {where}</span>{example}{declared}'

    def _marked(self, change: Change) -> str:
        rules = "".join(f" · `` {' '.join(rule.split())} ``" for rule in change.rules)
        example = f"  \n   {_plain(self._example(change))}" if change.example else ""
        named = " · ".join(_code(each) for each in (change.code, change.path) if each)
        declared = "".join(f"  \n   {_plain(each)}" for each in self._declared_of(change))
        return f"{named} · {_plain(self._places(change))}{rules}{example}{declared}"

    def _as_json(self, change: Change) -> JSON:
        return {
            "code": change.code,
            "severity": str(change.severity),
            "path": change.path,
            "sentence": self._sentence(change),
            "affected": change.affected.in_(self.language) if change.affected else None,
            "rules": list(change.rules),
            "declared": [self._treatment_json(each, change) for each in self._declared.treatments(change)],
            "example": self._example_json(change.example),
            "old": _place_json(change.old),
            "new": _place_json(change.new),
        }

    def _by_severity(self) -> Iterator[tuple[Severity, list[Change]]]:
        """The worst first; those without a change left out."""
        for severity in reversed(Severity):
            found = [change for change in self.changes if change.severity is severity]
            if found:
                yield severity, found

    def _counts(self) -> dict[str, int]:
        severities = [change.severity for change in self.changes]
        return {"count": len(severities)} | {str(each): severities.count(each) for each in Severity}

    def _title(self) -> str:
        return self._say("title", form=self.new.title)

    def _editions(self) -> str:
        old, new = self.old, self.new
        return self._say("editions", old=old.edition, old_file=old.place.file, new=new.edition, new_file=new.place.file)

    def _summary(self) -> str:
        return self._say("summary", **self._counts()) if self.changes else self._say("nothing")

    def _heading(self, severity: Severity, found: Sequence[Change]) -> str:
        return self._say("heading", severity=self._say(f"severity.{severity}"), count=len(found))

    def _places(self, change: Change) -> str:
        nowhere = self._say("not_there")
        return f"{change.old or nowhere} → {change.new or nowhere}"

    def _example(self, change: Change) -> str:
        found = change.example
        if found is None:
            return ""
        told = issue_sentence(found.issue, self.language)
        return self._say("example" if found.who else "example.any", who=found.who or "", told=told)

    def _declared_of(self, change: Change) -> Iterator[str]:
        """What becomes of what is held; where nothing fits any more and nobody says so, that."""
        for each in self._declared.treatments(change):
            yield self._say("declared", place=each.place, told=told(each, change, self._declared.pairs))
        if self._declared.is_open(change):
            yield self._say("declared.none")

    def _treatment_json(self, treatment: Treatment, change: Change) -> JSON:
        return {
            "path": treatment.path,
            "kind": str(treatment.kind),
            "sentence": told(treatment, change, self._declared.pairs).in_(self.language),
            "place": _place_json(treatment.place),
        }

    def _example_json(self, found: Stopped | None) -> JSON:
        if found is None:
            return None
        told = issue_sentence(found.issue, self.language)
        return {"answers": found.answers, "issue": found.issue.code, "path": found.issue.path, "sentence": told}

    def _sentence(self, change: Change) -> str:
        return change_sentence(change, self.language)

    def _say(self, code: str, **params: object) -> str:
        return sentence("diff", code, params, self.language)


def _place_json(place: Place | None) -> JSON:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}


def _code(text: str) -> str:
    """A word that Markdown shows as it is written."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _plain(text: str) -> str:
    """Text that Markdown takes as it is."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>#|~" else each for each in text)
