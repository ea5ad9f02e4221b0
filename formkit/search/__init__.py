"""Answers found, not written: an example in which a rule is true, false or unknown, or the word that there is none."""

from formkit.diagnostics import Example
from formkit.search.claims import Breaks, Claim, Filled, Holds, PartShown, Says, Shown, Stands
from formkit.search.finding import (
    TRIES,
    Finding,
    Found,
    Impossible,
    Outcomes,
    Undecided,
    find,
    outcomes,
    settle,
)

__all__ = [
    "TRIES",
    "Breaks",
    "Claim",
    "Example",
    "Filled",
    "Finding",
    "Found",
    "Holds",
    "Impossible",
    "Outcomes",
    "PartShown",
    "Says",
    "Shown",
    "Stands",
    "Undecided",
    "find",
    "outcomes",
    "settle",
]
