"""The steps of a draft: shown, sent, saved by themselves; every way a page is posted keeps what was typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from secrets import token_hex

from starlette.responses import HTMLResponse, JSONResponse, Response

from formkit.errors import UnknownName
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID
from formkit.issues import Issue
from formkit.records.attachments import with_attachments
from formkit.records.model import Draft
from formkit.records.service import save_draft
from formkit.records.store import DraftConflict, StoreUnavailable
from formkit.renderers import Banner, render, stylesheet_name
from formkit.web.answers import answer_at, answers_from_pairs, over, with_answer, with_new_row, without_row
from formkit.web.conflict import conflict_page, conflicting, page_base
from formkit.web.incoming import BodyRefused
from formkit.web.receiving import take_files
from formkit.web.visit import Visit, form_named
from formkit.web.work import Judged, Work, has_errors, open_work, record_page, submit_work
from formkit.wizard import CHECK

VERSION_FIELD = "_version"
BASE_FIELD = "_base"


def show_step(visit: Visit) -> Response:
    """A step, filled in as far as it is; one that cannot be reached yet leads to the first that is unfinished."""
    work = open_work(visit)
    step = step_in(work)
    if not work.stored.path.may_visit(step):
        return visit.redirect("step", draft=work.draft.id, step=work.stored.path.first_unfinished)
    issues = work.stored.issues_of(step) if work.passed(step) else ()
    banners = [Banner(visit.say("saved_for_later"), "success")] if "saved" in visit.request.query_params else []
    if "more" in visit.request.query_params:
        banners.append(Banner(visit.say("change_needs_more"), "warning"))
    if barred := visit.barred:
        banners.append(Banner(barred, "warning"))
    return step_page(work, step, work.stored, issues, banners=banners)


def resume(visit: Visit) -> Response:
    """Where the person stopped, or the first step that is unfinished."""
    work = open_work(visit)
    path, stopped = work.stored.path, work.draft.step
    step = stopped if stopped and path.may_visit(stopped) else path.first_unfinished
    return visit.redirect("step", draft=work.draft.id, step=step)


def send_step(visit: Visit) -> Response:
    """Keeps what was typed, valid or not; then goes where the button pressed leads."""
    work = open_work(visit, outdated=True)
    step, version = step_in(work), posted_version(visit)
    sent = _typed(work, step)
    try:
        sent = _with_files(work, step, sent)
        judged = work.judged(over(work.draft.answers, with_known_files(work, sent.answers), work.form), [step])
        going = _destination(work, sent, judged, step)
        saved = save_step(work, step, judged, version, going.step)
        if work.outdated:
            return visit.redirect("edition", draft=saved.id)
        if going.submits:
            return _submitted(work.now_at(saved), step)
    except DraftConflict as conflict:
        return conflict_page(work.now_at(conflict.draft), step, over(work.draft.answers, sent.answers, work.form))
    except StoreUnavailable:
        return unavailable_page(work, step, work.judged(over(work.draft.answers, sent.answers, work.form)))
    if going.issues is not None:
        return step_page(work.now_at(saved), step, judged, going.issues, status=422)
    if work.is_change and going.step != step:
        return visit.redirect("step", {"more": "1"}, draft=saved.id, step=going.step)
    query = {"saved": "1"} if going.stays and visit.posted("_action") == "save" else None
    return visit.redirect("step", query, at=going.at, draft=saved.id, step=going.step)


def _submitted(work: Work, step: str) -> Response:
    """The record with this block changed; what was judged good before it was kept may have moved on since."""
    submission = submit_work(work, work.draft.version)
    if submission.record is not None:
        return record_page(work, submission)
    return step_page(work, step, work.stored, submission.issues, status=422)


def autosave(visit: Visit) -> Response:
    """Keeps what is typed while the person goes on typing; the answer names the version to post next."""
    work = open_work(visit, outdated=True)
    step = step_in(work)
    typed = with_known_files(work, _typed(work, step).answers)
    judged = work.judged(over(work.draft.answers, typed, work.form))
    saved = save_step(work, step, judged, posted_version(visit), step)
    return JSONResponse({"saved": visit.clock_time(saved.updated), "version": saved.version})


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page brought: raw answers of its step, files that were refused, and where the page should come back."""

    answers: dict[str, JSON]
    refused: tuple[Issue, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class Going:
    """Where a post leads: to a step (at an element of it), or back to the page with issues."""

    step: str
    at: str = ""
    issues: tuple[Issue, ...] | None = None
    stays: bool = False
    submits: bool = False
    """It is a block of a record, and nothing stands in the way of the whole."""


def step_page(
    work: Work,
    step: str,
    judged: Judged,
    issues: Iterable[Issue] = (),
    *,
    banners: Iterable[Banner] = (),
    status: int = 200,
    again: bool = False,
) -> HTMLResponse:
    """The page of a step, or of all answers to be checked; `again` for one that was posted and could not be kept."""
    visit, draft = work.visit, work.draft
    banners = (*banners, *_edition_banner(work), *_asked_again_banner(work, step))
    made_from = {VERSION_FIELD: str(draft.version), BASE_FIELD: page_base(work.form, step, draft.answers)}
    if again:
        made_from = {name: visit.posted(name) for name in made_from}
    before, token = judged.path.before(step), visit.posted("_token") or token_hex(16)
    back_url = visit.to("step", draft=draft.id, step=before) if before else ""
    more: dict[str, JSON] = {"submission_token": token} if step == CHECK else {}
    if work.record is not None and step != CHECK:
        made_from["_token"] = token
        more["alone"], back_url = True, visit.to("record", record=work.record.id)
    page = visit.page(
        *banners,
        action=visit.to("step", draft=draft.id, step=step),
        hidden=made_from,
        form_stylesheet=visit.static(stylesheet_name(work.form)),
        step_url=visit.to("step", draft=draft.id, step="{step}"),
        back_url=back_url,
        upload_url=visit.to("upload", draft=draft.id, step=step),
        autosave_url=visit.to("autosave", draft=draft.id, step=step),
        file_url=visit.to("file", file="{id}"),
        thumbnail_url=visit.to("thumbnail", file="{id}"),
        path=judged.path,
        saved_at=visit.clock_time(draft.updated) if draft.version > 1 else "",
        **more,
    )
    html = render(
        work.form,
        step,
        judged.answers,
        record=work.recorded,
        asked_again=work.asked_again,
        facts=work.facts,
        today=visit.today,
        issues=issues,
        language=visit.language,
        page=page,
        renderers=visit.site.renderers,
    )
    return HTMLResponse(html, status)


def _edition_banner(work: Work) -> Iterator[Banner]:
    """For a draft that goes on in its own edition while another is in force: until when that counts."""
    visit, form = work.visit, work.form
    current = form_named(visit.site, form.id)
    if form.edition_hash != current.edition_hash and not work.outdated:
        until = current.drafts.until
        told = visit.say("edition.own_until", until=until) if until else visit.say("edition.own_open")
        yield Banner(visit.say("edition.own", day=form.edition) + told)


def _asked_again_banner(work: Work, step: str) -> Iterator[Banner]:
    """What is on record and has to be given anew on this page: it stands blank there, and not by mistake."""
    fields = work.form.top_fields
    names = dict.fromkeys(path.partition(".")[0] for path in work.asked_again)
    asked = [name for name in names if name not in work.draft.answers and step in (work.form.step_of.get(name), CHECK)]
    if asked:
        labels = work.visit.say("comma").join(fields[name].label.in_(work.visit.language) for name in asked)
        yield Banner(work.visit.say("edition.asked_again", what=labels), "warning")


def unavailable_page(work: Work, step: str, judged: Judged) -> Response:
    """The page as it was typed, because it could not be kept; with the way to try again."""
    banner = Banner(work.visit.say("not_saved"), "error")
    response = step_page(work, step, judged, banners=[banner], status=503, again=True)
    response.headers["Retry-After"] = "5"
    return response


def ask_again(visit: Visit) -> Response:
    """The page as it was typed, because its token has run out: nothing is kept until the person sends it again."""
    work = open_work(visit, outdated=True)
    step = step_in(work)
    typed = with_known_files(work, _typed(work, step).answers)
    banner = Banner(visit.say("send_again"), "error")
    judged = work.judged(over(work.draft.answers, typed, work.form))
    return step_page(work, step, judged, banners=[banner], status=403, again=True)


def save_step(work: Work, step: str, judged: Judged, version: int, going: str) -> Draft:
    """Keeps the answers. Where another tab has saved since, but not this page or the same words, nothing is lost."""
    typed = {name: value for name, value in judged.answers.items() if work.form.step_of.get(name, step) == step}

    def save(at: int) -> Draft:
        return save_draft(
            work.visit.site.store,
            work.form,
            work.draft.id,
            typed,
            owner=work.visit.person.id,
            version=at,
            now=work.visit.now,
            step=CHECK if work.draft.step == CHECK else going,
            issues=judged.issues,
        )

    try:
        return save(version)
    except DraftConflict as conflict:
        stored = conflict.draft.answers
        untouched = work.visit.posted(BASE_FIELD) == page_base(work.form, step, stored)
        if untouched or not conflicting(work.form, step, stored, typed):
            return save(conflict.draft.version)
        raise


def step_in(work: Work) -> str:
    """The step the path names, in the edition of the draft; raises `UnknownName`."""
    step = work.visit.param("step")
    if step not in work.form.steps_by_id:
        raise UnknownName("step", step)
    return step


def posted_version(visit: Visit) -> int:
    """The version of the draft the page was made from."""
    posted = visit.posted(VERSION_FIELD)
    if not (posted.isascii() and posted.isdigit() and len(posted) < 10):
        raise BodyRefused("body_malformed", 400)
    return int(posted)


def with_known_files(work: Work, answers: Mapping[str, JSON]) -> dict[str, JSON]:
    """The answers with each file described as it is stored; what validation has to refuse stays in."""
    return over(answers, with_attachments(work.visit.site.store, work.form, work.draft, answers), work.form)


def _typed(work: Work, step: str) -> Sent:
    """The answers posted, with the row added or taken away that a button asked for."""
    visit = work.visit
    sent = Sent(answers_from_pairs(work.form, step, visit.body.pairs, work.stored.shown(step)))
    if added := visit.posted("_add"):
        return _with_row(work, sent, added)
    if removed := visit.posted("_remove"):
        return _without(work, sent, removed)
    return sent


def _with_row(work: Work, sent: Sent, path: str) -> Sent:
    field = work.form.top_fields.get(path)
    rows = sent.answers.get(path)
    if field is None or field.shape is not Shape.ROWS or (isinstance(rows, list) and len(rows) >= field.type.max_rows):
        return sent
    recorded = [row[ROW_ID] for row in (work.recorded or {}).get(path) or ()]
    grown, fresh = with_new_row(rows, recorded)
    return replace(sent, answers={**sent.answers, path: grown}, at=f"field-{path}-{fresh}")


def _without(work: Work, sent: Sent, name: str) -> Sent:
    """A row (`awards.r2`) or a file (`photo.<id>`) taken away."""
    path, _, last = name.rpartition(".")
    field = work.form.field_at(path)
    if field is None:
        return sent
    kept: JSON = answer_at(sent.answers, path)
    if field.shape is Shape.ROWS:
        kept = without_row(kept, last)
    elif field.type.attachment:
        kept = [one for one in (kept if isinstance(kept, list) else [kept]) if one != last]
    answers = with_answer(sent.answers, path, kept)
    return replace(sent, answers=answers, at=f"field-{path.replace('.', '-')}")


def _with_files(work: Work, step: str, sent: Sent) -> Sent:
    answers, refused = take_files(work, step, sent.answers, work.visit.body.files)
    return replace(sent, answers=answers, refused=refused)


def _destination(work: Work, sent: Sent, judged: Judged, step: str) -> Going:
    """Where the button leads; who came from the check page to correct something goes back there."""
    visit, path = work.visit, judged.path
    action = visit.posted("_action")
    if action == "next" and not visit.posted("_add") and not visit.posted("_remove"):
        issues = (*sent.refused, *judged.issues_of(step))
        if has_errors(issues):
            return Going(step, issues=_without_echo(issues))
        if work.is_change:
            return Going(path.first_unfinished) if has_errors(judged.issues) else Going(step, submits=True)
        following = CHECK if work.checked and path.may_visit(CHECK) else path.after(step)
        return Going(following if path.may_visit(following) else path.first_unfinished)
    if sent.refused:
        return Going(step, issues=sent.refused)
    if action == "back":
        return Going(path.before(step) or step)
    return Going(step, at=sent.at, stays=True)


def _without_echo(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """A file that was refused is not missing as well."""
    found = tuple(issues)
    told = {issue.path for issue in found if issue.code != "required"}
    return tuple(issue for issue in found if issue.code != "required" or issue.path not in told)
