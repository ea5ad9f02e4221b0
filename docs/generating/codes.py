"""The pages of codes: what people read when they fill a form in, and what authors read of a form file."""

from collections.abc import Iterable, Iterator, Mapping

from docs.generating.markdown import page
from formkit.diff import CODES
from formkit.locales import DIAGNOSTIC_ROOMS, sentences

_ISSUES = """\
What somebody who fills in a form can be told. `formkit.validate` gives each as an `Issue` with this code, the path
of the answer and the params that stand in braces here. A field's own sentence for a code is written under its key
`messages`."""

_REQUESTS = """\
What is said when a whole request, or an uploaded file, is refused before any answer is read."""

_DIAGNOSTICS = """\
What `formkit check` and `formkit preview` can say of a form file, each with file, line and column, and the
mend after the dash. Words in braces are filled in. A code that ends in `.near` is the same finding where a similar word
is known."""


_CHANGES = """\
What `formkit diff` can say of two editions of a form, with the severities a change may have. Safe: what could be
submitted before still can. Asks again: somebody has to fill in, change or look at something again. Breaking: what is
held, or a system connected, no longer fits. Words in braces are filled in; whom it concerns is told at the end."""


def issue_codes() -> str:
    """Every code of an issue, and of a refused request."""
    people, requests = ((sentences(room, "zh"), sentences(room, "en")) for room in ("issues", "web"))
    return page(
        "Issue codes",
        _ISSUES,
        *entries(*people, sorted(people[0])),
        "## Refused requests and files",
        _REQUESTS,
        *entries(*requests, sorted(requests[0].keys() - people[0].keys()), "###"),
    )


def diagnostic_codes() -> str:
    """Every code of a diagnostic, with its mend."""
    zh, en = (
        {code: told for room in DIAGNOSTIC_ROOMS for code, told in sentences(room, language).items()}
        for language in ("zh", "en")
    )
    return page("Diagnostic codes", _DIAGNOSTICS, *entries(zh, en, sorted(code for code in zh if is_code(code, zh))))


def change_codes() -> str:
    """Every code of a change between two editions, with the severities it may have."""
    zh, en = sentences("diff", "zh"), sentences("diff", "en")
    sections = []
    for code, severities in sorted(CODES.items()):
        heading, told = entries(zh, en, [code])
        sections += [heading, " or ".join(en[f"severity.{each}"] for each in severities), told]
    return page("Change codes", _CHANGES, *sections)


def is_code(code: str, known: Mapping[str, str]) -> bool:
    """Whether a key of the diagnostics is a code that a finding has, rather than a word used in its sentence."""
    return f"{code}.hint" in known


def entries(zh: Mapping[str, str], en: Mapping[str, str], codes: Iterable[str], mark: str = "##") -> Iterator[str]:
    for code in codes:
        yield f"{mark} {code}"
        yield "\n".join(f"- {_whole(language, code)}" for language in (zh, en))


def _whole(told: Mapping[str, str], code: str) -> str:
    mend = told.get(f"{code}.hint", "")
    sentence = told[code] + (f" — {mend}" if mend else "")
    parts = sentence.replace("{{", "{").replace("}}", "}").split("`")
    parts[::2] = [part.replace("<", "\\<").replace("*", "\\*") for part in parts[::2]]
    return "`".join(parts)
