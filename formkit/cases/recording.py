"""A form whose rules tell what came of them each time they run, so that coverage is what evaluation really did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from formkit.cases.sites import Kind, Site, with_rules
from formkit.expressions import Context, Rule
from formkit.fields.base import JSON
from formkit.form import Form

Key = tuple[Kind, str, int]
Run = tuple[Mapping[str, JSON], Mapping[str, JSON] | None, Context]
"""What a rule was run on: the values, the row it belongs to, the context."""
_Ran = Callable[[Mapping[str, Any], Mapping[str, Any] | None, Context], Any]


@dataclass
class Recording:
    """What became of each rule since `start`, and what it ran on.

    A condition came out true, false, or unknown (None); of a rule that gives a value, whether there was one.
    """

    outcomes: dict[Key, set[bool | None]] = field(default_factory=dict)
    runs: dict[Key, list[Run]] = field(default_factory=dict)

    def start(self) -> None:
        """Forgets what was recorded."""
        self.outcomes, self.runs = {}, {}

    def recorded(self, form: Form) -> Form:
        """The form, telling this recording of every rule that runs."""
        return with_rules(form, self._telling)

    def _telling(self, site: Site) -> Rule:
        rule, key = site.rule, site.key

        def note(values: Mapping[str, Any], row: Mapping[str, Any] | None, context: Context) -> None:
            self.outcomes.setdefault(key, set()).add(outcome(rule, (values, row, context)))
            self.runs.setdefault(key, []).append((values, row, context))

        def telling(run: _Ran) -> _Ran:
            def told(values: Mapping[str, Any], row: Mapping[str, Any] | None, context: Context) -> Any:
                note(values, row, context)
                return run(values, row, context)

            return told

        return replace(rule, is_true=telling(rule.is_true), is_false=telling(rule.is_false), value=telling(rule.value))


def outcome(rule: Rule, run: Run) -> bool | None:
    """What a rule comes to: true, false or unknown; of one that gives a value, whether there is one."""
    if not rule.tree.is_condition:
        return rule.value(*run) is not None
    return True if rule.is_true(*run) else False if rule.is_false(*run) else None
