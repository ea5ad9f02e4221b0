"""Each kind of change: found once, weighed, and told in a sentence to sign."""

import pytest

from formkit.diff import CODES, Change, Severity, change_sentence, diff
from formkit.form import Form
from formkit.locales import sentences
from formkit.testing.stopped import with_examples
from tests.diff.pairs import BACKWARDS, FIELDS, PAIRS
from tests.forms import form_of

OLD = form_of(FIELDS)


def changed(before: str | tuple[str, ...], after: str | tuple[str, ...]) -> Form:
    """The small form with one thing in it replaced, or several."""
    text = FIELDS
    edits = zip(*((each,) if isinstance(each, str) else each for each in (before, after)), strict=True)
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return form_of(text)


def one(changes: tuple[Change, ...], code: str, sentence: str) -> Change:
    told = [(change.code, change_sentence(change, "zh")) for change in changes]
    assert (code, sentence) in told, told
    return changes[told.index((code, sentence))]


@pytest.mark.parametrize(("before", "after", "code", "severity", "sentence"), PAIRS, ids=[pair[2] for pair in PAIRS])
def test_a_change_is_found_weighed_and_told(
    before: str | tuple[str, ...], after: str | tuple[str, ...], code: str, severity: str, sentence: str
) -> None:
    new = changed(before, after)
    found = diff(OLD, new)
    change = one(found, code, sentence)
    assert len(with_examples(OLD, new, found)) == len(found)
    assert change.severity == severity
    assert all(each.severity in CODES[each.code] for each in (*found, *diff(new, OLD)))
    assert "{" not in "".join(change_sentence(each, language) for each in found for language in ("zh", "en"))


@pytest.mark.parametrize(("forwards", "code", "severity", "sentence"), BACKWARDS, ids=[each[1] for each in BACKWARDS])
def test_a_change_read_backwards(forwards: str, code: str, severity: str, sentence: str) -> None:
    before, after = next(pair[:2] for pair in PAIRS if pair[2] == forwards)
    assert one(diff(changed(before, after), OLD), code, sentence).severity == severity


def test_a_step_that_moves() -> None:
    first = "  a: {title: 甲, fields: {x: {type: text, label: X}}}\n"
    second = "  b: {title: 乙, fields: {y: {type: text, label: Y}}}\n"
    (change,) = diff(form_of(f"steps:\n{first}{second}"), form_of(f"steps:\n{second}{first}"))
    assert (change.code, change.severity) == ("step-moved", Severity.SAFE)
    assert change_sentence(change, "zh") == "步骤“乙”换了位置：在最前面"


def test_every_code_has_a_pair_and_its_sentences() -> None:
    tried = {pair[2] for pair in PAIRS} | {each[1] for each in BACKWARDS} | {"step-moved"}
    assert tried == CODES.keys()
    zh, en = sentences("diff", "zh"), sentences("diff", "en")
    assert zh.keys() == en.keys()
    assert zh.keys() >= CODES.keys()


def test_a_rule_that_names_a_renamed_field_is_the_same_rule() -> None:
    old = "a: {type: yes_no, label: A}\nb: {type: text, label: B, visible_when: a}\n"
    new = "a2: {type: yes_no, label: A, renamed_from: a}\nb: {type: text, label: B, visible_when: {a2: true}}\n"
    assert [change.code for change in diff(form_of(old), form_of(new))] == ["field-renamed", "condition-changed"]
    same = new.replace("{a2: true}", "a2")
    assert [change.code for change in diff(form_of(old), form_of(same))] == ["field-renamed"]


def test_places_lead_to_both_files() -> None:
    (change,) = diff(OLD, changed("min: 16", "min: 18"))
    assert change.old is not None
    assert change.new is not None
    assert FIELDS.splitlines()[change.old.line - 1].strip().startswith("age:")
    assert change.new.line == change.old.line


def test_who_is_affected_is_told_with_labels_and_as_written() -> None:
    new = changed("{status: student}}", "{status: student}, required_when: age > 18}")
    (change,) = diff(OLD, new)
    assert change.rules == ("status == 'student'", "age > 18")
    assert change_sentence(change, "en") == (
        "Student card: from optional to required (where Status is Student and Age is above 18)"
    )
