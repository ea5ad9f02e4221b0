"""Answers found, not written: an example in which a rule is true, false or unknown, or the word that there is none."""

from formkit.diagnostics import Example
from formkit.search.claims import Claim, Holds, PartShown, Says, Shown, Stands
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
    "Claim",
    "Example",
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
