"""What lint rules look at: a form, what can be so of it, and the words for what is found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from formkit.diagnostics import Diagnostic, Example, Place, Severity
from formkit.explain.phrases import Phrases
from formkit.expressions import UNKNOWN
from formkit.fields.base import JSON
from formkit.form import ROW_ID, Form
from formkit.lint.written import WrittenCheck, WrittenCondition, checks, conditions
from formkit.locales import sentence
from formkit.search import Claim, Finding, Found, Impossible, Undecided, find, settle
from formkit.search.world import TODAY
from formkit.texts import LANGUAGES, Text

TRIES, ALL_TRIES = 300, 4_000
"""How long is looked for one answer, and for all of a form."""
THOROUGH = 50
"""How many times longer, if asked."""
_MOST_SHOWN = 4


@dataclass
class Look:
    """One form looked at; what could not be decided is noted on the way."""

    form: Form
    thorough: bool = False
    tries: int = 0
    undecided: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def conditions(self) -> tuple[WrittenCondition, ...]:
        """Every condition of the form."""
        return tuple(conditions(self.form))

    @cached_property
    def checks(self) -> tuple[WrittenCheck, ...]:
        """Every check of the form."""
        return tuple(checks(self.form))

    def example(self, *claims: Claim) -> Example | None:
        """Answers of which all the claims are so, if any are found."""
        found = self._find(claims, proof=False)
        return found.example if isinstance(found, Found) else None

    def never(self, place: Place, *claims: Claim) -> bool:
        """Whether the claims can surely never be so together; if that cannot be said, it is noted for `place`."""
        found = self._find(claims, proof=not self.thorough)
        if isinstance(found, Undecided):
            self.undecided.append(Diagnostic("undecided", place, {"why": _undecided(found)}, Severity.NOTE))
        return isinstance(found, Impossible)

    def _find(self, claims: tuple[Claim, ...], *, proof: bool) -> Finding:
        longer = THOROUGH if self.thorough else 1
        left = min(TRIES * longer, ALL_TRIES * longer - self.tries)
        if left <= 0:
            return Undecided("tries")
        found = find(self.form, claims, tries=left, proof=proof)
        self.tries += found.tries
        return found

    def name(self, path: str) -> Text:
        """What people call a field, a step (`id/`), a section (`step/id`), or a transition; the form for ""."""
        if not path:
            return _text("whole_form")
        if path not in self.form.fields and "/" not in path:
            transition = self.form.workflow.transitions[path] if self.form.workflow else None
            return _quoted(transition.label if transition and transition.label else Text(path))
        return Text({language: self._phrases[language].name(path) for language in LANGUAGES})

    def about(self, written: WrittenCondition) -> Text:
        """What a condition decides: `its visibility`, `the condition of a hint`, …"""
        return _text(f"about.{written.about}")

    def told(self, example: Example | None, code: str = "example") -> Text:
        """What matters of an example, in a half sentence; empty where nothing does."""
        if example is None or not example.given:
            return Text("")
        told = {language: {"told": self._told(example, language)} for language in LANGUAGES}
        return Text({language: sentence("lint", code, params, language) for language, params in told.items()})

    def _told(self, example: Example, language: str) -> str:
        phrases = Phrases(settle(self.form, example), language)
        parts = list(self._parts(example, phrases, language))
        return sentence("lint", "join", {}, language).join(parts[:_MOST_SHOWN])

    def _parts(self, example: Example, phrases: Phrases, language: str) -> Iterator[str]:
        for term in sorted(example.given, key=self._order):
            if term.endswith("#"):
                continue
            value = _value(example, term)
            code = "blank" if value is None else "unknown" if value is UNKNOWN else "is"
            params = {"name": phrases.name(_spoken(term)), "shown": phrases.shown(_spoken(term), value)}
            yield sentence("lint", f"part.{code}", params, language)

    def _order(self, term: str) -> tuple[int, str]:
        return self.form.reading_position.get(term, len(self.form.fields)), term

    @cached_property
    def _phrases(self) -> dict[str, Phrases]:
        facts = dict.fromkeys(self.form.facts)
        nothing = settle(self.form, Example({}, facts, None, self.form.edition))
        return {language: Phrases(nothing, language) for language in LANGUAGES}


def _spoken(term: str) -> str:
    return term.removesuffix("()") if term == TODAY.path else term


def _value(example: Example, term: str) -> JSON:
    if term == TODAY.path:
        return example.today
    if term.startswith("facts."):
        return example.facts[term[6:]]
    on_record = term.startswith("record.")
    value: JSON = (example.record or {}) if on_record else example.answers
    for name in term.removeprefix("record.").split("."):
        if isinstance(value, list):
            value = next((row for row in value if row.get(ROW_ID) == "r1"), None)
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _undecided(found: Undecided) -> Text:
    return _text(f"undecided.{found.why}")


def _text(code: str) -> Text:
    return Text({language: sentence("lint", code, {}, language) for language in LANGUAGES})


def _quoted(label: Text) -> Text:
    return Text({"zh": f"“{label.in_('zh')}”", "en": f"“{label.in_('en')}”"})
