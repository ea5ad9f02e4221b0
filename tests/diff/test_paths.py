"""The path of a change says what it is about, in one way for every part of a form."""

from formkit.diff import Change, diff
from formkit.form import Form
from tests.diff.pairs import FIELDS, PAIRS
from tests.diff.test_changes import OLD, changed
from tests.forms import form_of


def paths_of(form: Form) -> set[str]:
    found = {"", *form.fields, *(f"facts.{id_}" for id_ in form.facts)}
    for list_id, known in form.choices.items():
        found |= {f"choices.{list_id}", *(f"choices.{list_id}.{value}" for value in known.by_value)}
    for step in form.steps:
        found |= {f"steps.{step.id}", *(f"steps.{step.id}.sections.{part.id}" for part in step.sections)}
    if form.workflow:
        found |= {
            "workflow.start",
            "workflow.after_change",
            *(f"workflow.states.{id_}" for id_ in form.workflow.states),
        }
        found |= {f"workflow.transitions.{id_}" for id_ in form.workflow.transitions}
    return found


def changes() -> list[tuple[Change, Form]]:
    news = [changed(before, after) for before, after, *_ in PAIRS]
    return [(change, new) for new in news for change in diff(OLD, new)]


def test_a_path_names_a_part_of_the_new_form_or_of_the_old() -> None:
    found = changes()
    assert {change.path.partition(".")[0] for change, _ in found} >= {"facts", "choices", "steps", "workflow", "card"}
    for change, new in found:
        assert change.path in paths_of(new) | paths_of(OLD), change


def test_choices_and_facts_are_shown_where_they_are_written() -> None:
    removed = next(change for change, _ in changes() if change.code == "choice-removed")
    value = removed.path.rpartition(".")[2]
    assert removed.new is None
    assert removed.old is not None
    assert FIELDS.splitlines()[removed.old.line - 1][removed.old.column - 1 :].startswith(f"{value}:")
    more = FIELDS.replace("  open: {", "  shut: {type: yes_no, label: 关闭}\n  open: {")
    added = next(change for change in diff(OLD, form_of(more)) if change.code == "fact-added")
    assert added.old is None
    assert added.new is not None
    assert more.splitlines()[added.new.line - 1].startswith("  shut:")
