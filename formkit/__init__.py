"""Policy as YAML: load a form, validate answers, render pages.

>>> import formkit
>>> form = formkit.load("forms/accountant_collection.yaml")          # doctest: +SKIP
>>> result = formkit.validate(form, answers, facts=facts, today="2026-11-23")  # doctest: +SKIP
>>> page = formkit.render(form, "work", answers, facts=facts, today="2026-11-23")  # doctest: +SKIP
"""

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
