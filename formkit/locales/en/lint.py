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
    # --- the order of steps (formkit/lint/later_steps.py) ---
    "reads-later-step": "{name} stands in “{here}”, but a rule reads {read}, asked later in “{later}”: it is still "
    "blank here.",
    "reads-later-step.hint": "Move {read} to this step or before it, or move the rule to “{later}” or after it.",
    # --- texts in all languages (formkit/lint/translations.py) ---
    "missing-translation": "{value}: there is no {language}, though the title of the form has it.",
    "missing-translation.hint": "Add {code}: …; if {language} is not needed, remove it from the title.",
    "one_text": "“{value}”",
    "one_of_many": "“{value}” and others, {count} choices",
    "language.zh": "Chinese",
    "language.en": "English",
    # --- days and years (formkit/lint/days.py) ---
    "implausible-year": "The year {value} is unlikely: {earliest} to {latest} is usual here.",
    "implausible-year.hint": "Check whether a digit is wrong.",
    "before-edition": "{value} is before {edition}, when this edition begins: it is over before it starts, without "
    "effect.",
    "before-edition.hint": "Write a day after {edition}; if there is no limit, delete the line.",
    # --- names (formkit/lint/names.py) ---
    "same-label": "The choices “{first}” and “{value}” are both called “{label}”: nobody can tell them apart.",
    "same-label.hint": "Give them different labels; if one is no longer in use, write its until.",
    "renamed-from-present": "“{name}” is said to be renamed from “{value}”, but “{value}” now belongs to “{by}”: "
    "nobody can tell whose the old values are.",
    "renamed-from-present.hint": "Check renamed_from; delete it if nothing was renamed.",
    # --- what happens after submission (formkit/lint/ways.py) ---
    "never-ends": "From the state “{name}” no way leads to an end.",
    "never-ends.hint": "Add a transition towards a final state (final: true), or write reapply: true where people may "
    "apply again.",
    "left-at-once": "{name} is taken by the system at once, without time limit or condition: the state before lasts no "
    "time, and nobody sees it.",
    "left-at-once.hint": "Write a time limit (after) or a condition (when); if people take it, change by.",
    "never-taken": "{name} is never taken: {first}, written above it, has no condition and is always taken first.",
    "never-taken.hint": "Move {name} above {first}, or give {first} a condition (when).",
    # --- the calendar (formkit/lint/calendar_years.py) ---
    "missing-calendar-year": "The calendar has no year {value}, and {name} in “{form}” counts working days: its time "
    "limit cannot be told in that year.",
    "missing-calendar-year.hint": "Add the year {value} from the official notice.",
    # --- what is meant (formkit/lint/allowances.py) ---
    "unused-allowance": "“{value}” is allowed here, but nothing of the kind was found.",
    "unused-allowance.hint": "Delete this comment; if the finding is on another line, move it above that one.",
    "allowance-without-reason": "“{value}” is allowed here, without a reason.",
    "allowance-without-reason.hint": "Write the reason after “{value}”, for those who come later.",
    "unknown-allowance": "There is no lint rule called “{value}”, so this comment has no effect.",
    "unknown-allowance.hint": "Copy the code that formkit check shows. There are: {known}.",
    "unknown-allowance.near": "There is no lint rule called “{value}”, so this comment has no effect.",
    "unknown-allowance.near.hint": "Did you mean “{near}”?",
    # --- conditions (formkit/lint/always.py) ---
    "never-shown": "{name} is never shown: whatever is filled in, its condition does not hold.",
    "never-shown.hint": "Check the names and values of the condition; delete it if it is no longer needed.",
    "never-holds": "{name}: the {about} never holds, whatever is filled in; it has no effect.",
    "never-holds.hint": "Check the names and values of the condition; delete it if it is no longer needed.",
    "always-holds": "{name}: the {about} always holds, whatever is filled in; it makes no difference.",
    "always-holds.hint": "Check the names and values of the condition; if it is meant always, delete the condition.",
    # --- checks (formkit/lint/failing.py) ---
    "check-never-fails": "{name}: this check never says anything, whatever is filled in: its rule cannot be broken.",
    "check-never-fails.hint": "Check the names and values of the rule; delete it if it is of no use.",
    "check-always-fails": "{name}: this check always fails, whatever is filled in: its rule cannot be kept.",
    "check-always-fails.hint": "Check the names and values of the rule; to let nobody through, write no.",
    "checks-contradict": "{when}this check and that of line {other} contradict each other: no answer passes both.",
    "checks-contradict.hint": "Change the rule of one of them, or say with when on which occasion each counts.",
    # --- what cannot be filled in (formkit/lint/filling.py) ---
    "nobody-can-fill": "{when}{name} is required, and no answer passes its own checks.",
    "nobody-can-fill.hint": "Change the checks or the limits, or hide it with visible_when where it has no answer.",
    "limits-exclude-all": "{name} takes no value on the first day of this edition ({day}): its limits exclude all.",
    "limits-exclude-all.hint": "Check min and max, and since and until of the choices.",
    # --- blanks (formkit/lint/blanks.py) ---
    "not-when-blank": "{name}: the {about} says “not …”, and a blank is neither: so it does not hold.{example}",
    "not-when-blank.hint": "To hold for a blank too, add “or FIELD is blank”; else say “FIELD is not blank and”.",
    # --- choices (formkit/lint/offered.py) ---
    "choice-never-offered": "The choice “{choice}” is offered on no day: it begins on {since} and ended on {until}.",
    "choice-never-offered.hint": "Check since and until, its own and those of the choices above it.",
    "retired-choice-named": "The choice “{choice}” named here was given up on {until}; nobody will choose it again.",
    "retired-choice-named.hint": "Name the choices of today; if it is kept for old records only, leave it as it is.",
    # --- what cannot be said (formkit check --thorough) ---
    "undecided": "Nothing was found here, but that is not certain: {why}.",
    "undecided.hint": "Look at it yourself, or write a case for it.",
    "undecided.tries": "there are too many ways to fill it in to try them all",
    "undecided.values": "the rule works something out, so that not every value can be tried",
}
