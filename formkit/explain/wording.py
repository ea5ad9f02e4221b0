"""Explanation → lines in the reader's language: what is so, why, where that is written, and what follows from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from formkit.diagnostics import Place
from formkit.evaluation import Evaluation
from formkit.explain.phrases import Phrases
from formkit.explain.reasons import About, Decision, Explanation, Ground, Origin, Refusal, Use, Value, values_in
from formkit.expressions import UNKNOWN
from formkit.locales import issue_sentence, sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and the sentences it rests on."""

    text: str
    inner: tuple["Line", ...] = ()


class Wording:
    """Words the explanations of one evaluation; within one explanation everything is told once."""

    def __init__(self, evaluation: Evaluation, language: str) -> None:
        self._form, self._language = evaluation.form, language
        self._phrases = Phrases(evaluation, language)
        self._told: set[tuple[str, str]] = set()

    def heading(self, explanation: Explanation) -> str:
        """What it is about, and where that is declared."""
        return f"{self.name(explanation)}  {explanation.path}{self._at(explanation.place)}"

    def name(self, explanation: Explanation) -> str:
        """What people call it."""
        return self._phrases.name(explanation.path)

    def decisions(self, explanation: Explanation) -> tuple[Line, ...]:
        """How it stands: whether it is visible, required, locked; its value; what is refused."""
        self._told.clear()
        told = [decision for decision in explanation.decisions if self._worth_telling(decision)]
        self._told.update((str(decision.about), decision.path) for decision in told)
        lines = [self._decision(decision) for decision in told]
        if explanation.value is not None:
            lines.append(self._own_value(explanation.value))
        return (*lines, *(self._refusal(refusal) for refusal in explanation.refused))

    def hidden(self, explanation: Explanation) -> tuple[Line, ...]:
        """Why it is not shown."""
        self._told.clear()
        return (self._decision(explanation.visible),) if explanation.visible else ()

    def uses(self, explanation: Explanation) -> tuple[Line, ...]:
        """What depends on it, each use with its place."""
        return tuple(Line(self._use(use)) for use in explanation.used_by)

    def decision(self, decision: Decision) -> str:
        """One decision in a sentence."""
        name = self._phrases.name(decision.path) if decision.path else self._say("whole_form")
        told = self._say(f"{decision.about}.{'yes' if decision.outcome else 'no'}", name=name)
        why = self._why(decision)
        return f"{self._say('because', told=told, why=why) if why else told}{self._at(decision.place)}"

    def value(self, value: Value) -> str:
        """Where a value comes from, in a sentence."""
        name, step = self._phrases.name(value.name), self._step_of(value.name)
        shown = self._phrases.shown(value.name, value.value)
        if value.origin is Origin.HIDDEN and value.typed is not None:
            shown = self._phrases.shown(value.name, value.typed)
        if value.origin is Origin.UNREADABLE:
            shown = self._phrases.as_sent(value.typed)
        if value.origin is Origin.HIDDEN and value.typed is None:
            return self._say("origin.hidden_blank", name=name)
        place = value.place if value.operand is not None else None
        return f"{self._say(f'origin.{value.origin}', name=name, shown=shown, step=step)}{self._at(place)}"

    def _worth_telling(self, decision: Decision) -> bool:
        """Nobody asks why what has no rule about it has none."""
        settled = decision.ground in (Ground.NEVER, Ground.HIDDEN, Ground.LOCKED)
        return decision.about in (About.VISIBLE, About.REQUIRED) or decision.outcome or not settled

    def _why(self, decision: Decision) -> str:
        if decision.ground is Ground.RULE and decision.reason is not None:
            return self._phrases.reason(decision.reason)
        if decision.ground is Ground.UNKNOWN_FACT and decision.reason is not None:
            return self._say("ground.unknown_fact", why=self._phrases.reason(decision.reason))
        if decision.ground is Ground.WITHIN:
            holder = decision.because[-1]
            return self._say(
                f"{holder.about}.{'yes' if holder.outcome else 'no'}", name=self._phrases.name(holder.path)
            )
        return self._say(f"ground.{decision.about}.{decision.ground}")

    def _decision(self, decision: Decision) -> Line:
        return Line(self.decision(decision), tuple(self._beneath(decision)))

    def _beneath(self, decision: Decision) -> Iterator[Line]:
        for other in decision.because:
            if self._news(str(other.about), other.path):
                yield self._decision(other)
        if decision.reason is not None:
            yield from self._origins(values_in(decision.reason))

    def _origins(self, values: Iterable[Value]) -> Iterator[Line]:
        for value in values:
            if not _says_it_all(value) and self._news("value", value.name):
                yield self._value(value)

    def _value(self, value: Value) -> Line:
        because, inner = value.because, []
        if because is not None and self._news(str(because.about), because.path):
            inner.append(self._decision(because))
        if value.operand is not None:
            inner.extend(self._origins(values_in(value.operand)))
        return Line(self.value(value), tuple(inner))

    def _own_value(self, value: Value) -> Line:
        line = self._value(value)
        if value.origin is Origin.CALCULATED and value.operand is not None:
            worked = self._say("worked_out", how=self._phrases.operand(value.operand))
            return Line(line.text, (Line(worked), *line.inner))
        return line

    def _refusal(self, refusal: Refusal) -> Line:
        issue, because = refusal.issue, refusal.because
        level = self._say(f"level.{issue.level}")
        where = self._phrases.name(issue.path) if issue.path else self._say("whole_form")
        told = self._say("told", level=level, where=where, sentence=issue_sentence(issue, self._language))
        if because is None:
            return Line(f"{told}{self._at(issue.place)}")
        inner = (self._decision(because),) if self._news(str(because.about), because.path) else ()
        return Line(told, inner)

    def _use(self, use: Use) -> str:
        name = use.path and self._phrases.name(use.path, transition=use.what == "transition")
        told = self._say(f"use.{use.what}", name=name or self._say("whole_form"))
        if use.through:
            told += self._say("through", name=self._phrases.name(use.through))
        return f"{told}{self._at(use.place)}"

    def _step_of(self, name: str) -> str:
        step = self._form.step_of.get(name.partition(".")[0])
        return self._phrases.name(f"{step}/") if step else ""

    def _news(self, kind: str, name: str) -> bool:
        news = (kind, name) not in self._told
        self._told.add((kind, name))
        return news

    def _at(self, place: Place | None) -> str:
        return self._say("place", place=place) if place is not None else ""

    def _say(self, code: str, **params: object) -> str:
        return sentence("explain", code, params, self._language)


def _says_it_all(value: Value) -> bool:
    """Whether a reason that names the value leaves nothing to say of where it comes from."""
    blank = value.value is None or value.value is UNKNOWN
    return value.origin in (Origin.TODAY, Origin.BLANK) or (blank and value.origin in (Origin.FACT, Origin.RECORD))
