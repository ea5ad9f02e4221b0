"""Explanation → JSON for programs: the tree of reasons with its sentences; what was told once is named after that."""

from collections.abc import Mapping

from formkit.explain.reasons import Decision, Explanation, Reason, Use, Value, values_in
from formkit.explain.wording import Line, Wording
from formkit.expressions import UNKNOWN
from formkit.fields.base import JSON
from formkit.issues import Issue
from formkit.locales import issue_sentence

_UNKNOWN: Mapping[str, bool] = {"$unknown": True}


def explanation_json(explanation: Explanation, wording: Wording, language: str) -> dict[str, JSON]:
    """The explanation, with sentences in a language."""
    writer = _Writer(wording, set())
    return {
        "kind": explanation.kind,
        "path": explanation.path,
        "label": explanation.label.in_(language),
        "place": str(explanation.place) if explanation.place else None,
        **{str(each.about): writer.decision(each) for each in explanation.decisions},
        "value": writer.value(explanation.value) if explanation.value else None,
        "refused": [
            {
                **_issue(each.issue, language),
                "because": writer.decision(each.because) if each.because else None,
            }
            for each in explanation.refused
        ],
        "used_by": [_use(use, line) for use, line in zip(explanation.used_by, wording.uses(explanation), strict=True)],
    }


class _Writer:
    """Writes one explanation; `told` are the branches written already."""

    def __init__(self, wording: Wording, told: set[tuple[str, str]]) -> None:
        self._wording, self._told = wording, told

    def decision(self, decision: Decision) -> dict[str, JSON]:
        """A decision with what it rests on."""
        found: dict[str, JSON] = {
            "about": str(decision.about),
            "path": decision.path,
            "outcome": decision.outcome,
            "ground": str(decision.ground),
            "place": str(decision.place) if decision.place else None,
            "rule": decision.rule or None,
            "sentence": self._wording.decision(decision),
        }
        if self._news(str(decision.about), decision.path):
            found["because"] = [self.decision(each) for each in decision.because]
            found["values"] = self._values(decision.reason)
        return found

    def value(self, value: Value) -> dict[str, JSON]:
        """A value with where it comes from."""
        found: dict[str, JSON] = {
            "name": value.name,
            "value": _json(value.value),
            "origin": str(value.origin),
            "sentence": self._wording.value(value),
        }
        if self._news("value", value.name):
            found["typed"] = value.typed
            found["because"] = self.decision(value.because) if value.because else None
            found["worked_out_of"] = [self.value(each) for each in values_in(value.operand)] if value.operand else []
        return found

    def _values(self, reason: Reason | None) -> list[JSON]:
        return [self.value(each) for each in values_in(reason)] if reason else []

    def _news(self, kind: str, name: str) -> bool:
        news = (kind, name) not in self._told
        self._told.add((kind, name))
        return news


def _issue(issue: Issue, language: str) -> dict[str, JSON]:
    return {
        "code": issue.code,
        "path": issue.path,
        "level": str(issue.level),
        "message": issue_sentence(issue, language),
    }


def _use(use: Use, line: Line) -> dict[str, JSON]:
    return {
        "what": use.what,
        "path": use.path,
        "reads": use.reads,
        "through": use.through or None,
        "place": str(use.place),
        "sentence": line.text,
    }


def _json(value: JSON) -> JSON:
    return dict(_UNKNOWN) if value is UNKNOWN else value
