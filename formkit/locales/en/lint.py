"""English: what is odd about a form as a whole (formkit/lint/)."""

SENTENCES: dict[str, str] = {
    "unused-fact": "No condition asks for the fact “{value}” ({label}).",
    "unused-fact.hint": "Remove the line if it is not needed, else write facts.{value} in a condition.",
    "unused-choices": "No field has the choice list “{value}”.",
    "unused-choices.hint": "Remove it if it is not needed, else write choices: {value} in a field.",
    # --- words within sentences (formkit/lint/look.py) ---
    "whole_form": "the whole form",
    "about.visible": "condition for being shown",
    "about.required": "condition for being required",
    "about.locked": "condition for being locked",
    "about.value": "condition for being worked out",
    "about.hint": "condition of a hint",
    "about.check": "condition of a check",
    "about.transition": "condition for being done",
    "example": " For example: {told}.",
    "when": "When {told}: ",
    "join": ", ",
    "part.is": "{name} is {shown}",
    "part.blank": "{name} is not filled in",
    "part.unknown": "{name} is not known",
    # --- conditions (formkit/lint/always.py) ---
    "never-shown": "{name} is never shown: whatever is filled in, its condition does not hold.",
    "never-shown.hint": "Check the names and values of the condition; delete it if it is no longer needed.",
    "never-holds": "{name}: the {about} never holds, whatever is filled in; it has no effect.",
    "never-holds.hint": "Check the names and values of the condition; delete it if it is no longer needed.",
    "always-holds": "{name}: the {about} always holds, whatever is filled in; it makes no difference.",
    "always-holds.hint": "Check the names and values of the condition; if it is meant always, delete the condition.",
    # --- what cannot be said (formkit check --thorough) ---
    "undecided": "Nothing was found here, but that is not certain: {why}.",
    "undecided.hint": "Look at it yourself, or write a case for it.",
    "undecided.tries": "there are too many ways to fill it in to try them all",
    "undecided.values": "the rule works something out, so that not every value can be tried",
}
