"""The keys of field types: which only say how a field looks, and which limits keep out more than others."""

from formkit.fields.base import JSON

LOOKS = frozenset({"display", "capture", "autocomplete", "lines", "add_label", "row_label", "yes_label", "no_label"})
"""Keys that change how a field looks and nothing about which answers it takes."""


def is_closer(key: str, before: JSON, after: JSON) -> bool | None:
    """Whether the limit `after` keeps out something that `before` let in; None if it is no limit."""
    if key == "all_or_nothing":
        return bool(before)
    if key == "portrait":
        return bool(after)
    if key == "formats":
        return not set(before) <= set(after)
    if key == "pattern" and after is None:
        return False
    if not key.startswith(("min", "max")):
        return None
    if before is None or after is None:
        return after is not None
    if "today" in (before, after):
        return True  # which of the two is closer, the day decides
    return bool(before < after) if key.startswith("min") else bool(after < before)


def lets_in_more(key: str, before: JSON, after: JSON) -> bool | None:
    """Whether the limit `after` lets in something that `before` kept out; None where that cannot be told."""
    if key == "formats":
        return not set(after) <= set(before)
    if key == "pattern" and None in (before, after):
        return after is None
    if key.startswith(("min", "max")) and "today" in (before, after):
        return None
    return is_closer(key, after, before)
