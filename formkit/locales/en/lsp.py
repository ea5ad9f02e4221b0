"""The English sentences an editor shows: code → template."""

SENTENCES: dict[str, str] = {
    "type": "Type: {type}",
    "choices": "Choices:",
    "more": "- and {count} more",
    "declared": "Declared at {place}",
    "or": " or ",
}
