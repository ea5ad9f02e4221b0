from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from formkit.errors import UnknownName
from formkit.issues import Issue, Level
from formkit.records import service
from formkit.records.model import Change, Draft, Record
from formkit.records.store import AlreadySubmitted, DraftConflict, Store
from formkit.storage import open_store
from tests.records.sample import FORM, LATER, NOW, SampleJudge, error, sample_form

ME, OTHER = "person-1", "person-2"
THIS_TAB, OTHER_TAB = "t1", "t2"


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    yield store
    store.close()


@pytest.fixture
def draft(store: Store) -> Draft:
    return service.start_draft(store, FORM, owner=ME, now=NOW)


def save(store: Store, draft: Draft, answers: dict[str, Any], *issues: Issue, version: int | None = None) -> Draft:
    version = draft.version if version is None else version
    return service.save_draft(store, FORM, draft.id, answers, owner=ME, version=version, now=LATER, issues=issues)


def submit(store: Store, draft: Draft, token: str = THIS_TAB, **more: Any) -> service.Submission:
    more = {"owner": ME, "judge": SampleJudge(), "now": LATER, **more}
    return service.submit(store, FORM, draft.id, token=token, **more)


def submitted(store: Store, **answers: Any) -> Record:
    draft = service.start_draft(store, FORM, owner=ME, now=NOW, another=True)
    if answers:
        draft = save(store, draft, answers)
    record = submit(store, draft).record
    assert record is not None
    return record


def entries(store: Store, subject: str) -> list[str]:
    with store.reading() as view:
        return [entry.action for entry in view.audit_entries(subject)]


class TestStarting:
    def test_a_draft_is_empty_and_pins_its_edition(self, draft: Draft) -> None:
        assert (draft.form, draft.edition, draft.edition_hash) == ("sample", FORM.edition, FORM.edition_hash)
        assert (dict(draft.answers), draft.version, draft.purpose, draft.submitted_record) == ({}, 1, "new", None)

    def test_starting_again_resumes(self, store: Store, draft: Draft) -> None:
        assert service.start_draft(store, FORM, owner=ME, now=LATER) == draft

    def test_others_have_their_own(self, store: Store, draft: Draft) -> None:
        assert service.start_draft(store, FORM, owner=OTHER, now=NOW).id != draft.id

    def test_another_one_on_purpose(self, store: Store, draft: Draft) -> None:
        other = service.start_draft(store, FORM, owner=ME, now=LATER, another=True)
        assert [found.id for found in service.open_drafts(store, owner=ME)] == [other.id, draft.id]

    def test_once_means_once(self, store: Store) -> None:
        record = submitted(store, name="王")
        with pytest.raises(AlreadySubmitted) as refused:
            service.start_draft(store, FORM, owner=ME, now=LATER, once=True)
        assert refused.value.record == record
        assert service.start_draft(store, FORM, owner=ME, now=LATER).version == 1


class TestWhoAsks:
    @pytest.mark.parametrize("owner", [OTHER, ""])
    def test_a_draft_of_somebody_else_is_not_there(self, store: Store, draft: Draft, owner: str) -> None:
        with pytest.raises(UnknownName):
            service.load_draft(store, draft.id, owner=owner)
        with pytest.raises(UnknownName):
            service.save_draft(store, FORM, draft.id, {"name": "x"}, owner=owner, version=1, now=LATER)
        with pytest.raises(UnknownName):
            submit(store, draft, owner=owner)
        with pytest.raises(UnknownName):
            service.discard_draft(store, draft.id, owner=owner)
        assert service.load_draft(store, draft.id, owner=ME) == draft

    def test_a_record_of_somebody_else_is_not_there(self, store: Store) -> None:
        record = submitted(store, name="王")
        for ask in (service.load_record, service.history):
            with pytest.raises(UnknownName):
                ask(store, record.id, owner=OTHER)
        with pytest.raises(UnknownName):
            service.open_change(store, FORM, record.id, owner=OTHER, now=LATER)

    def test_a_draft_of_another_form_is_not_there(self, store: Store, draft: Draft) -> None:
        other = replace(FORM, id="other")
        with pytest.raises(UnknownName):
            service.save_draft(store, other, draft.id, {"name": "x"}, owner=ME, version=1, now=LATER)
        with pytest.raises(UnknownName):
            service.submit(store, other, draft.id, owner=ME, token=THIS_TAB, judge=SampleJudge(), now=LATER)


class TestSaving:
    def test_answers_are_put_over_those_there(self, store: Store, draft: Draft) -> None:
        first = save(store, draft, {"name": "王", "home": {"city": "广州"}})
        second = save(store, first, {"name": "李"})
        assert second.answers == {"name": "李", "home": {"city": "广州"}}
        assert (second.version, second.updated) == (3, LATER)
        assert service.load_draft(store, draft.id, owner=ME) == second

    def test_a_blank_stays_a_blank(self, store: Store, draft: Draft) -> None:
        assert save(store, draft, {"name": None, "division": ""}).answers == {"name": None, "division": ""}

    def test_the_step_is_remembered(self, store: Store, draft: Draft) -> None:
        saved = service.save_draft(store, FORM, draft.id, {}, owner=ME, version=1, now=LATER, step="only")
        assert saved.step == "only"
        assert save(store, saved, {"name": "王"}).step == "only"

    def test_a_second_tab_is_told_and_loses_nothing(self, store: Store, draft: Draft) -> None:
        first = save(store, draft, {"name": "first tab"})
        with pytest.raises(DraftConflict) as conflict:
            save(store, draft, {"name": "second tab"})
        assert conflict.value.draft == first
        assert service.load_draft(store, draft.id, owner=ME) == first
        # having been shown both, the person decides
        assert save(store, conflict.value.draft, {"name": "second tab"}).answers == {"name": "second tab"}

    def test_a_repeat_after_a_lost_reply_is_no_conflict(self, store: Store, draft: Draft) -> None:
        first = save(store, draft, {"name": "王"})
        assert save(store, draft, {"name": "王"}) == first

    def test_one_and_true_are_two_answers(self, store: Store, draft: Draft) -> None:
        first = save(store, draft, {"name": 1})
        assert save(store, first, {"name": True}).answers == {"name": True}

    def test_a_draft_follows_the_edition_it_is_saved_under(self, store: Store, draft: Draft) -> None:
        newer = sample_form("2026-02-01")
        saved = service.save_draft(store, newer, draft.id, {"name": "王"}, owner=ME, version=1, now=LATER)
        assert (saved.edition, saved.edition_hash) == (newer.edition, newer.edition_hash)

    def test_passwords_are_never_kept_wherever_they_stand(self, store: Store, draft: Draft) -> None:
        answers = {
            "password": "geheim",
            "home": {"city": "广州", "code": "geheim"},
            "awards": [{"_id": "r1", "title": "a", "secret": "geheim"}],
        }
        saved = save(store, draft, answers)
        assert saved.answers == {"home": {"city": "广州"}, "awards": [{"_id": "r1", "title": "a"}]}

    @pytest.mark.parametrize("smuggled", [[{"code": "geheim"}], "geheim", {"code": "geheim"}, 7, [["geheim"]]])
    def test_a_wrong_shape_smuggles_nothing(self, store: Store, draft: Draft, smuggled: Any) -> None:
        saved = save(store, draft, {"home": smuggled, "awards": smuggled})
        assert "geheim" not in repr(saved.answers)

    def test_undeclared_names_are_never_kept(self, store: Store, draft: Draft) -> None:
        answers = {"admin": True, "home": {"admin": True, "city": "广州"}, "awards": [{"_id": "r1", "admin": True}]}
        assert save(store, draft, answers).answers == {"home": {"city": "广州"}, "awards": [{"_id": "r1"}]}

    @pytest.mark.parametrize("code", ["locked", "calculated"])
    def test_what_is_not_the_persons_to_give_is_left_out_and_audited(
        self, store: Store, draft: Draft, code: str
    ) -> None:
        answers = {"name": "王", "division": "forged", "awards": [{"_id": "r1", "title": "forged"}, {"_id": "r2"}]}
        saved = save(store, draft, answers, error(code, "division"), error(code, "awards.r1.title"))
        assert saved.answers == {"name": "王", "awards": [{"_id": "r1"}, {"_id": "r2"}]}
        with store.reading() as view:
            (entry,) = view.audit_entries(draft.id)
        assert (entry.action, entry.actor, entry.at) == (f"refused_{code}", ME, LATER)
        assert entry.details == {"paths": ["division", "awards.r1.title"], "count": 2}
        assert "forged" not in repr(entry)

    def test_a_locked_row_that_was_left_out_keeps_the_rows_as_they_were(self, store: Store, draft: Draft) -> None:
        first = save(store, draft, {"awards": [{"_id": "r1", "title": "a"}]})
        second = save(store, first, {"awards": []}, error("locked", "awards.r1"))
        assert second.answers == first.answers

    def test_a_wrong_answer_is_kept_as_typed(self, store: Store, draft: Draft) -> None:
        assert save(store, draft, {"name": "x" * 99}, error("too_long", "name")).answers == {"name": "x" * 99}

    def test_what_people_paste_comes_back(self, store: Store, draft: Draft) -> None:
        odd = "𠮷 é \ud800 \x00 ' \" \u202e"
        assert save(store, draft, {"name": odd}).answers == {"name": odd}
        assert service.load_draft(store, draft.id, owner=ME).answers == {"name": odd}

    def test_a_discarded_draft_is_gone(self, store: Store, draft: Draft) -> None:
        service.discard_draft(store, draft.id, owner=ME)
        with pytest.raises(UnknownName):
            service.load_draft(store, draft.id, owner=ME)


class TestSubmitting:
    def test_a_record_is_what_the_judge_made_of_the_answers(self, store: Store, draft: Draft) -> None:
        draft = save(store, draft, {"name": "王", "division": None})
        judge = SampleJudge((Issue("hidden", "division", level=Level.NOTICE),))
        outcome = submit(store, draft, judge=judge)
        record = outcome.record
        assert judge.asked == [({"name": "王", "division": None}, None)]
        assert record is not None and outcome.accepted and not outcome.repeated
        assert (record.values, record.owner, record.revision, record.state) == ({"name": "王"}, ME, 1, "pending")
        assert (record.edition, record.edition_hash) == (FORM.edition, FORM.edition_hash)
        assert (record.submitted, record.updated) == (LATER, LATER)
        assert [issue.code for issue in outcome.issues] == ["hidden"]
        assert service.load_record(store, record.id, owner=ME) == record
        assert service.records_of(store, owner=ME) == (record,)

    def test_the_first_revision_is_the_record(self, store: Store, draft: Draft) -> None:
        record = submit(store, save(store, draft, {"name": "王"}), THIS_TAB, reason="first").record
        assert record is not None
        (revision,) = service.history(store, record.id, owner=ME)
        assert (revision.number, revision.values, revision.changes) == (1, record.values, ())
        assert (revision.actor, revision.at, revision.draft, revision.reason) == (ME, LATER, draft.id, "first")
        assert entries(store, record.id) == ["submitted"]

    def test_an_error_stores_nothing_and_keeps_the_draft(self, store: Store, draft: Draft) -> None:
        draft = save(store, draft, {"name": "王"})
        outcome = submit(store, draft, judge=SampleJudge((error("required", "division"),)))
        assert (outcome.accepted, [issue.code for issue in outcome.issues]) == (False, ["required"])
        assert service.load_draft(store, draft.id, owner=ME) == draft
        assert service.records_of(store, owner=ME) == ()

    def test_a_locked_answer_at_submission_is_audited(self, store: Store, draft: Draft) -> None:
        submit(store, draft, judge=SampleJudge((error("locked", "division"),)))
        assert entries(store, draft.id) == ["refused_locked"]

    def test_a_double_click_or_lost_reply_gives_the_same_record(self, store: Store, draft: Draft) -> None:
        first, again = submit(store, draft, THIS_TAB), submit(store, draft, THIS_TAB)
        assert again.record == first.record and again.revision == first.revision
        assert (again.repeated, again.other_token) == (True, False)
        assert len(service.records_of(store, owner=ME)) == 1

    def test_another_tab_gives_the_same_record_and_can_be_told(self, store: Store, draft: Draft) -> None:
        first, other = submit(store, draft, THIS_TAB), submit(store, draft, OTHER_TAB)
        assert other.record == first.record
        assert (other.repeated, other.other_token) == (True, True)
        assert len(service.records_of(store, owner=ME)) == 1

    def test_a_repeat_is_not_judged_again(self, store: Store, draft: Draft) -> None:
        first = submit(store, draft)
        judge = SampleJudge((error("required", "name"),))
        assert submit(store, draft, judge=judge, version=1).record == first.record
        assert judge.asked == []

    def test_a_late_save_is_told_of_the_record(self, store: Store, draft: Draft) -> None:
        record = submit(store, draft).record
        with pytest.raises(AlreadySubmitted) as refused:
            save(store, draft, {"name": "late"})
        assert refused.value.record == record
        with pytest.raises(AlreadySubmitted):
            service.discard_draft(store, draft.id, owner=ME)

    def test_what_was_not_shown_is_not_submitted(self, store: Store, draft: Draft) -> None:
        shown = save(store, draft, {"name": "shown"})
        changed = save(store, shown, {"name": "changed in another tab"})
        with pytest.raises(DraftConflict) as conflict:
            submit(store, draft, version=shown.version)
        assert conflict.value.draft == changed
        assert submit(store, draft, version=changed.version).accepted

    def test_a_save_while_the_judge_thinks_stops_the_submission(self, store: Store, draft: Draft) -> None:
        def slow_judge(answers: Any, /, *, record: Any) -> Any:
            save(store, draft, {"name": "meanwhile"})
            return SampleJudge()(answers, record=record)

        with pytest.raises(DraftConflict) as conflict:
            submit(store, draft, judge=slow_judge)
        assert conflict.value.draft.answers == {"name": "meanwhile"}
        assert service.records_of(store, owner=ME) == ()

    def test_a_submission_while_the_judge_thinks_wins(self, store: Store, draft: Draft) -> None:
        def slow_judge(answers: Any, /, *, record: Any) -> Any:
            submit(store, draft, OTHER_TAB)
            return SampleJudge()(answers, record=record)

        outcome = submit(store, draft, THIS_TAB, judge=slow_judge)
        assert (outcome.repeated, outcome.other_token) == (True, True)
        assert service.records_of(store, owner=ME) == (outcome.record,)

    def test_passwords_never_reach_a_record(self, store: Store, draft: Draft) -> None:
        class Judge(SampleJudge):
            def __call__(self, answers: Any, /, *, record: Any) -> Any:
                verdict = super().__call__(answers, record=record)
                verdict.values.update({"password": "geheim", "home": {"city": "广州", "code": "geheim"}})
                return verdict

        record = submit(store, draft, judge=Judge()).record
        assert record is not None and record.values == {"home": {"city": "广州"}}
        assert "geheim" not in repr(service.history(store, record.id, owner=ME))

    def test_typed_answers_live_on_in_the_record_alone(self, store: Store, draft: Draft) -> None:
        draft = save(store, draft, {"name": "王"})
        record = submit(store, draft).record
        closed = service.load_draft(store, draft.id, owner=ME)
        assert record is not None and closed.submitted_record == record.id
        assert closed.answers == {}
        assert service.open_drafts(store, owner=ME) == ()


class TestChanging:
    def test_a_change_becomes_a_revision_with_old_and_new(self, store: Store) -> None:
        record = submitted(
            store,
            name="王",
            home={"city": "广州"},
            awards=[{"_id": "r1", "title": "a"}, {"_id": "r2", "title": "b"}],
        )
        draft = service.open_change(store, FORM, record.id, owner=ME, now=LATER)
        assert (draft.purpose, draft.record, dict(draft.answers)) == ("change", record.id, {})
        new_rows = [{"_id": "r2", "title": "B"}, {"_id": "r3", "title": "c"}]
        draft = save(store, draft, {"name": None, "home": {"city": "深圳"}, "awards": new_rows})
        judge = SampleJudge()
        changed = submit(store, draft, judge=judge, reason="moved").record
        assert judge.asked[0][1] == record.values
        assert changed is not None and (changed.id, changed.number, changed.revision) == (record.id, record.number, 2)
        assert changed.values == {"home": {"city": "深圳"}, "awards": new_rows}
        first, second = service.history(store, record.id, owner=ME)
        assert second.changes == (
            Change("name", "王", None),
            Change("home.city", "广州", "深圳"),
            Change("awards.r1", {"_id": "r1", "title": "a"}, None),
            Change("awards.r2.title", "b", "B"),
            Change("awards.r3", None, {"_id": "r3", "title": "c"}),
        )
        assert (first.values, second.reason) == (record.values, "moved")
        assert sorted(entries(store, record.id)) == ["changed", "submitted"]

    def test_opening_again_resumes(self, store: Store) -> None:
        record = submitted(store, name="王")
        draft = service.open_change(store, FORM, record.id, owner=ME, now=LATER)
        assert service.open_change(store, FORM, record.id, owner=ME, now=LATER) == draft
        assert service.start_draft(store, FORM, owner=ME, now=LATER).id != draft.id

    def test_a_change_is_applied_exactly_once(self, store: Store) -> None:
        record = submitted(store, name="王")
        draft = service.open_change(store, FORM, record.id, owner=ME, now=LATER)
        draft = save(store, draft, {"name": "李"})
        first, again = submit(store, draft, THIS_TAB), submit(store, draft, THIS_TAB)
        assert first.record == again.record and again.repeated
        assert len(service.history(store, record.id, owner=ME)) == 2

    def test_nothing_changed_makes_no_revision_and_closes_the_draft(self, store: Store) -> None:
        record = submitted(store, name="王")
        draft = service.open_change(store, FORM, record.id, owner=ME, now=LATER)
        outcome = submit(store, save(store, draft, {"name": "王"}))
        assert (outcome.record, outcome.revision) == (record, None)
        assert len(service.history(store, record.id, owner=ME)) == 1
        assert service.open_change(store, FORM, record.id, owner=ME, now=LATER).id != draft.id

    def test_a_record_that_moved_on_is_judged_again(self, store: Store) -> None:
        record = submitted(store, name="王")
        draft = service.open_change(store, FORM, record.id, owner=ME, now=LATER)

        def slow_judge(answers: Any, /, *, record: Any) -> Any:
            with store.transaction() as tx:
                now = tx.record(draft.record or "")
                assert now is not None and tx.replace_record(replace(now, revision=2), revision=1)
            return SampleJudge()(answers, record=record)

        with pytest.raises(DraftConflict):
            submit(store, draft, judge=slow_judge)

    def test_what_only_an_older_edition_asked_stays_on_record(self, store: Store) -> None:
        record = submitted(store, name="王", division="440106")
        newer = sample_form("2026-02-01", tuple(field for field in FORM.top_fields.values() if field.id != "division"))
        draft = service.open_change(store, newer, record.id, owner=ME, now=LATER)

        def judge(answers: Any, /, *, record: Any) -> Any:
            verdict = SampleJudge()(answers, record=record)
            del verdict.values["division"]  # validation knows only the fields of the form it is given
            return verdict

        draft = service.save_draft(store, newer, draft.id, {"name": "李"}, owner=ME, version=1, now=LATER)
        outcome = service.submit(store, newer, draft.id, owner=ME, token=THIS_TAB, judge=judge, now=LATER)
        assert outcome.record is not None and outcome.record.values == {"division": "440106", "name": "李"}
        assert outcome.record.edition == "2026-02-01"
        assert outcome.revision is not None and outcome.revision.changes == (Change("name", "王", "李"),)
