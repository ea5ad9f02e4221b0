"""The form as a whole: its name, edition, facts, steps, sections and the checks over several fields."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from formkit.diff.change import Change, Severity
from formkit.diff.checks import check_changes
from formkit.diff.conditions import condition_change
from formkit.diff.pairing import Pairs, reordered
from formkit.diff.people import who, word
from formkit.diff.texts import Texts, text_changes
from formkit.form import START, SUBMISSION, Form, Section, Step
from formkit.texts import Text


def whole_changes(pairs: Pairs) -> Iterator[Change]:
    """What changed about the form itself and the parts it is made of, fields left out."""
    yield from _head(pairs)
    yield from _facts(pairs)
    yield from _steps(pairs)
    yield from check_changes(pairs, "", word("whole_form"), pairs.old.checks, pairs.new.checks)


def _head(pairs: Pairs) -> Iterator[Change]:
    old, new = pairs.old, pairs.new
    places, name = (old.place, new.place), word("whole_form")

    def change(code: str, severity: Severity, before: object, after: object) -> Change:
        return Change(code, severity, "", name, {"old": before, "new": after}, *places)

    if old.id != new.id:
        yield change("form-renamed", Severity.BREAKING, old.id, new.id)
    if new.edition < old.edition:
        yield change("edition-backwards", Severity.BREAKING, old.edition, new.edition)
    if old.time_zone != new.time_zone:
        yield change("time-zone-changed", Severity.ASKS_AGAIN, old.time_zone, new.time_zone)
    if _drafts(old) != _drafts(new):
        yield change("drafts-changed", Severity.SAFE, _drafts(old), _drafts(new))
    if old.languages != new.languages:
        yield change("languages-changed", Severity.SAFE, ", ".join(old.languages), ", ".join(new.languages))
    yield from text_changes("", name, _form_texts(old), _form_texts(new), places)


def _drafts(form: Form) -> Text:
    drafts = form.drafts
    told = word(f"drafts.{drafts.when_published}")
    told = word("drafts.until", how=told, until=drafts.until) if drafts.until else told
    if drafts.decided_by == SUBMISSION:
        return told
    day = word("drafts.by_start") if drafts.decided_by == START else form.top_fields[drafts.decided_by].label
    return word("drafts.decided_by", how=told, day=day)


def _form_texts(form: Form) -> Texts:
    return {
        "title": form.title,
        "summary": form.summary,
        "basis": Text("；".join(form.basis)) if form.basis else None,
        "submission_label": form.submission_label,
        "submission_note": form.submission_note,
        "submission_done": form.submission_done,
    }


def _facts(pairs: Pairs) -> Iterator[Change]:
    old, new = pairs.old.facts, pairs.new.facts
    for id_, fact in new.items():
        path = f"facts.{id_}"
        if id_ not in old:
            yield Change("fact-added", Severity.BREAKING, path, fact.label, new=fact.place)
            continue
        places = (old[id_].place, fact.place)
        if old[id_].type != fact.type:
            yield Change("fact-changed", Severity.BREAKING, path, fact.label, {}, *places)
        yield from text_changes(path, fact.label, {"label": old[id_].label}, {"label": fact.label}, places)
    for id_, fact in old.items():
        if id_ not in new:
            yield Change("fact-removed", Severity.SAFE, f"facts.{id_}", fact.label, old=fact.place)


def _steps(pairs: Pairs) -> Iterator[Change]:
    old, new = pairs.old.steps_by_id, pairs.new.steps_by_id
    for id_, step in new.items():
        if id_ in old:
            yield from _step(pairs, old[id_], step)
            continue
        affected = who(pairs.new, [step.visible])
        rules = (step.visible.rule.text,) if step.visible else ()
        yield Change("step-added", Severity.SAFE, f"steps.{id_}", _called(step), {}, None, step.place, affected, rules)
        yield from check_changes(pairs, f"steps.{id_}", _called(step), (), step.checks)
    for id_, step in old.items():
        if id_ not in new:
            yield Change("step-removed", Severity.SAFE, f"steps.{id_}", _called(step), old=step.place)
            yield from check_changes(pairs, f"steps.{id_}", _called(step), step.checks, ())
    before, after = ([id_ for id_ in steps if id_ in old and id_ in new] for steps in (old, new))
    for id_ in _moved(before, after):
        at = after.index(id_)
        follows = word("after", name=_called(new[after[at - 1]])) if at else word("first")
        places = (old[id_].place, new[id_].place)
        yield Change("step-moved", Severity.SAFE, f"steps.{id_}", _called(new[id_]), {"where": follows}, *places)


def _step(pairs: Pairs, old: Step, new: Step) -> Iterator[Change]:
    path, name, places = f"steps.{new.id}", _called(new), (old.place, new.place)
    yield from text_changes(path, name, _part_texts(old), _part_texts(new), places)
    yield from condition_change(pairs, path, name, old.visible, new.visible, "shown")
    before, after = ({section.id: section for section in step.sections if section.id} for step in (old, new))
    for id_, section in after.items():
        if id_ in before:
            yield from _section(pairs, f"{path}.sections.{id_}", before[id_], section)
        else:
            yield Change("section-added", Severity.SAFE, f"{path}.sections.{id_}", _heading(section), new=section.place)
    for id_, section in before.items():
        if id_ not in after:
            yield Change(
                "section-removed", Severity.SAFE, f"{path}.sections.{id_}", _heading(section), old=section.place
            )
    names = [pairs.new_paths.get(field.id, field.id) for field in old.fields]
    if reordered(names, [field.id for field in new.fields]):
        yield Change("order-changed", Severity.SAFE, path, name, {"what": word("what.fields")}, *places)
    yield from check_changes(pairs, path, name, old.checks, new.checks)


def _section(pairs: Pairs, path: str, old: Section, new: Section) -> Iterator[Change]:
    name, places = _heading(new), (old.place, new.place)
    yield from text_changes(path, name, _part_texts(old), _part_texts(new), places)
    yield from condition_change(pairs, path, name, old.visible, new.visible, "shown")


def _part_texts(part: Step | Section) -> Texts:
    return {"title": part.title, "note": part.note}


def _moved(before: list[str], after: list[str]) -> Iterator[str]:
    """Those that do not stand in the same order as the rest."""
    stayed: set[str] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        stayed.update(before[block.a : block.a + block.size])
    return (id_ for id_ in after if id_ not in stayed)


def _called(step: Step) -> Text:
    return word("step", name=step.title)


def _heading(section: Section) -> Text:
    return word("section", name=section.title or section.id)
