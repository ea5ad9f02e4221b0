"""Any order of saves, stale saves, submissions, changes and reopening, held against a model of a few lines."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from formkit.records import service
from formkit.records.model import Draft, Record
from formkit.records.store import AlreadySubmitted, DraftConflict
from formkit.storage import open_store
from tests.records.sample import FORM, LATER, NOW, SampleJudge, error

OWNERS = st.sampled_from(["one", "two"])
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.one_of(st.none(), st.text(max_size=5)),
        "division": st.one_of(st.booleans(), st.integers(0, 1)),
        "home": st.fixed_dictionaries({"city": st.text(max_size=3)}),
        "awards": st.lists(
            st.fixed_dictionaries({"_id": st.sampled_from(["r1", "r2", "r3"]), "title": st.text(max_size=2)}),
            max_size=3,
            unique_by=lambda row: row["_id"],
        ),
    },
)


class Drafts(RuleBasedStateMachine):
    """Tabs hold a draft as they saw it; the model knows what must be stored."""

    tabs: Bundle[Draft] = Bundle("tabs")
    records: Bundle[Record] = Bundle("records")

    @initialize()
    def open(self) -> None:
        self.store = open_store("sqlite://")
        self.answers: dict[str, dict[str, Any]] = {}
        self.versions: dict[str, int] = {}
        self.submitted: dict[str, str] = {}
        self.values: dict[str, dict[str, Any]] = {}
        self.revisions: dict[str, int] = {}

    def teardown(self) -> None:
        self.store.close()

    @rule(target=tabs, owner=OWNERS)
    def start(self, owner: str) -> Draft:
        draft = service.start_draft(self.store, FORM, owner=owner, now=NOW)
        return self._seen(draft)

    @rule(target=tabs, record=records)
    def change(self, record: Record) -> Draft:
        draft = service.open_change(self.store, FORM, record.id, owner=record.owner, now=NOW)
        return self._seen(draft)

    @rule(target=tabs, tab=tabs)
    def reload(self, tab: Draft) -> Draft:
        return service.load_draft(self.store, tab.id, owner=tab.owner)

    @rule(target=tabs, tab=tabs, answers=ANSWERS)
    def save(self, tab: Draft, answers: dict[str, Any]) -> Any:
        try:
            saved = self._save(tab, answers)
        except AlreadySubmitted as told:
            assert told.record.id == self.submitted[tab.id]
            return multiple()
        except DraftConflict as told:
            assert self.versions[tab.id] != tab.version
            assert told.draft.answers == self.answers[tab.id]
            return told.draft
        assert tab.id not in self.submitted
        self.answers[tab.id] = {**self.answers[tab.id], **answers}
        assert saved.version in (self.versions[tab.id], self.versions[tab.id] + 1)
        assert tab.version == self.versions[tab.id] or saved.version == self.versions[tab.id]
        self.versions[tab.id] = saved.version
        return saved

    @rule(target=records, tab=tabs)
    def submit(self, tab: Draft) -> Record:
        outcome = self._submit(tab, SampleJudge())
        record = outcome.record
        assert record is not None and outcome.repeated == (tab.id in self.submitted)
        if not outcome.repeated:
            before = self.values.get(record.id, {})
            after = {
                name: value for name, value in {**before, **self.answers[tab.id]}.items() if value not in (None, [])
            }
            self.revisions[record.id] = self.revisions.get(record.id, 0) + (outcome.revision is not None)
            self.submitted[tab.id], self.values[record.id], self.answers[tab.id] = record.id, after, {}
            self.versions[tab.id] += 1
        assert record.id == self.submitted[tab.id]
        return record

    @rule(tab=consumes(tabs))
    def submit_with_an_error(self, tab: Draft) -> None:
        outcome = self._submit(tab, SampleJudge((error("required", "name"),)))
        assert outcome.accepted == (tab.id in self.submitted)

    @invariant()
    def what_is_stored_is_what_was_acknowledged(self) -> None:
        with self.store.reading() as view:
            for draft_id, answers in self.answers.items():
                draft = view.draft(draft_id)
                assert draft is not None
                assert (draft.answers, draft.version) == (answers, self.versions[draft_id])
                assert draft.submitted_record == self.submitted.get(draft_id)
            for record_id, values in self.values.items():
                record, revisions = view.record(record_id), view.revisions(record_id)
                assert record is not None and record.values == revisions[-1].values == values
                assert [revision.number for revision in revisions] == list(range(1, self.revisions[record_id] + 1))

    def _seen(self, draft: Draft) -> Draft:
        self.answers.setdefault(draft.id, {})
        self.versions.setdefault(draft.id, 1)
        return draft

    def _save(self, tab: Draft, answers: dict[str, Any]) -> Draft:
        return service.save_draft(self.store, FORM, tab.id, answers, owner=tab.owner, version=tab.version, now=LATER)

    def _submit(self, tab: Draft, judge: SampleJudge) -> service.Submission:
        return service.submit(self.store, FORM, tab.id, owner=tab.owner, token=tab.id, judge=judge, now=LATER)


TestDrafts = Drafts.TestCase
TestDrafts.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
