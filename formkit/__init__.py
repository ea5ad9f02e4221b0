"""Policy as YAML: load a form, validate answers, render pages.

form = formkit.load("forms/accountant_collection.yaml")
result = formkit.validate(form, answers, facts=facts, today="2026-11-23")
page = formkit.render(form, "work", answers, facts=facts, today="2026-11-23")
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formkit.compiler import load, load_all
    from formkit.diagnostics import Diagnostic, Place, Severity
    from formkit.errors import FactMissing, FormInvalid, FormkitError, UnknownName
    from formkit.evaluation import Evaluation, evaluate
    from formkit.expressions import UNKNOWN
    from formkit.form import Field, Form, Step
    from formkit.issues import Issue, Level
    from formkit.renderers import Page, render
    from formkit.validation import Result, validate

__version__ = "0.1.0"

__all__ = [
    "UNKNOWN",
    "Diagnostic",
    "Evaluation",
    "FactMissing",
    "Field",
    "Form",
    "FormInvalid",
    "FormkitError",
    "Issue",
    "Level",
    "Page",
    "Place",
    "Result",
    "Severity",
    "Step",
    "UnknownName",
    "evaluate",
    "load",
    "load_all",
    "render",
    "validate",
]

_ROOM_OF = {
    "UNKNOWN": "expressions",
    "Diagnostic": "diagnostics",
    "Evaluation": "evaluation",
    "FactMissing": "errors",
    "Field": "form",
    "Form": "form",
    "FormInvalid": "errors",
    "FormkitError": "errors",
    "Issue": "issues",
    "Level": "issues",
    "Page": "renderers",
    "Place": "diagnostics",
    "Result": "validation",
    "Severity": "diagnostics",
    "Step": "form",
    "UnknownName": "errors",
    "evaluate": "evaluation",
    "load": "compiler",
    "load_all": "compiler",
    "render": "renderers",
    "validate": "validation",
}


def __getattr__(name: str) -> object:
    """Opens a room when it is first asked for: who only validates never pays for the templates."""
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    thing = getattr(import_module(f"{__name__}.{room}"), name)
    globals()[name] = thing
    return thing
