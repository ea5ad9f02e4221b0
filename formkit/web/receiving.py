"""Files that came with a page, or by themselves: judged, kept, and named in the answer at their field."""

from collections.abc import Iterable, Mapping

from starlette.responses import JSONResponse, Response

from formkit.fields.base import JSON
from formkit.form import Field
from formkit.issues import Issue
from formkit.locales import issue_sentence
from formkit.records.attachments import add_attachment
from formkit.records.judged import Refused
from formkit.records.model import Attachment
from formkit.web.answers import answer_at, with_answer
from formkit.web.incoming import UploadedFile
from formkit.web.uploads import judge_upload, rules_for, upload_issue
from formkit.web.visit import Visit
from formkit.web.work import Work, open_work


def take_files(
    work: Work, step: str, answers: Mapping[str, JSON], files: Iterable[UploadedFile]
) -> tuple[dict[str, JSON], tuple[Issue, ...]]:
    """The answers with each good file at its field, and an issue for each that is refused."""
    taken, refused = dict(answers), []
    for upload in files:
        kept = take_file(work, step, upload)
        if isinstance(kept, Issue):
            refused.append(kept)
        else:
            taken = _placed(work, taken, upload.name, kept)
    return taken, tuple(refused)


def take_file(work: Work, step: str, upload: UploadedFile) -> Attachment | Issue:
    """Keeps a file that its field takes; else says why not."""
    visit, field = work.visit, upload_field(work, step, upload.name)
    if field is None:
        return Issue("unknown_field", upload.name[:100], {"name": upload.name[:100]})
    accepted = judge_upload(upload, rules_for(field.type), images=visit.site.images)  # type: ignore[arg-type]
    if isinstance(accepted, Refused):
        return upload_issue(upload, accepted)
    return add_attachment(
        visit.site.store,
        visit.site.attachments,
        work.draft.id,
        accepted.stored.content,
        owner=visit.person.id,
        path=upload.name,
        name=accepted.name,
        media_type=accepted.stored.media_type,
        now=visit.now,
        width=accepted.width,
        height=accepted.height,
    )


def upload(visit: Visit) -> Response:
    """One file by itself, as formkit.js sends it: what became of it, as JSON."""
    work, step = open_work(visit, outdated=True), visit.param("step")
    if len(visit.body.files) != 1:
        return JSONResponse({"code": "one_file", "message": visit.say("one_file")}, 422)
    kept = take_file(work, step, visit.body.files[0])
    if isinstance(kept, Issue):
        return JSONResponse({"code": kept.code, "message": issue_sentence(kept, visit.language)}, 422)
    picture = kept.media_type.startswith("image/")
    urls = {
        "url": visit.to("file", file=kept.id),
        "thumbnail_url": visit.to("thumbnail", file=kept.id) if picture else "",
    }
    return JSONResponse({**kept.value, **urls}, 201)


def upload_field(work: Work, step: str, path: str) -> Field | None:
    """The field of this step that takes files under a name, if it has one."""
    if work.form.step_of.get(path.partition(".")[0]) != step or path.count(".") > 2:
        return None
    field = work.form.field_at(path)
    return field if field is not None and field.type.attachment else None


def _placed(work: Work, answers: dict[str, JSON], path: str, kept: Attachment) -> dict[str, JSON]:
    """A new file takes the place of the old one, or its place beside the others where there may be several."""
    field = work.form.field_at(path)
    several = getattr(field.type, "max_files", 1) > 1 if field else False
    now = answer_at(answers, path)
    others = (now if isinstance(now, list) else [now]) if several and now else []
    return with_answer(answers, path, [*others, kept.value] if several else kept.value)
