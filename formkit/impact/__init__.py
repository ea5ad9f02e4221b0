"""An edition held against the records there are: how many people it concerns, by which rule, and whom."""

from formkit.impact.entries import Entry, Reader, SourceUnreadable, Unreadable
from formkit.impact.judging import ABOUT, Effect, Found, Judge, Kind, can_part
from formkit.impact.readers import READERS, open_reader
from formkit.impact.running import Outcome, Question, impact
from formkit.impact.tally import Example, Part, Tally

__all__ = [
    "ABOUT",
    "READERS",
    "Effect",
    "Entry",
    "Example",
    "Found",
    "Judge",
    "Kind",
    "Outcome",
    "Part",
    "Question",
    "Reader",
    "SourceUnreadable",
    "Tally",
    "Unreadable",
    "can_part",
    "impact",
    "open_reader",
]
