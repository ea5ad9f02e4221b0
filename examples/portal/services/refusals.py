"""What a service may answer instead of doing what it was asked: a word, and what it knows of the matter."""

from enum import StrEnum

from formkit.errors import FormkitError


class Refusal(StrEnum):
    """Why not."""

    HELD_ELSEWHERE = "held_elsewhere"
    """Another place (`place`) holds the person's file."""
    UNKNOWN_TRANSFER = "unknown_transfer"
    """Nobody reported a transfer with this id."""
    UNKNOWN_COURSE = "unknown_course"
    """The person has no such course."""
    UNKNOWN_DESTINATION = "unknown_destination"
    """The area belongs to no other place."""
    NOT_SENDER = "not_sender"
    """The transfer is another place's (`place`)."""
    NOT_DESTINATION = "not_destination"
    """The transfer goes to another place (`place`)."""
    NOT_RECEIVABLE = "not_receivable"
    """The sending place has not approved the transfer, or no longer does."""
    WITHDRAWN = "withdrawn"
    """The transfer was withdrawn."""
    RECEIVED = "received"
    """The transfer was received, by `place`."""
    DIFFERS = "differs"
    """The transfer was reported before with another person or destination."""
    RECEIPT_USED = "receipt_used"
    """The receipt belongs to another transfer."""


class Refused(FormkitError):  # noqa: N818 - read as a sentence: except Refused
    """The service answered, and the answer is no."""

    def __init__(self, code: Refusal, place: str | None = None) -> None:
        self.code, self.place = code, place
        super().__init__(f"{code.value} (place: {place})" if place else code.value)
