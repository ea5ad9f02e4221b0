"""What was submitted: read, printed, opened for a change; and its files, to their owner alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from formkit.errors import UnknownName
from formkit.form import Form
from formkit.records.attachments import load_attachment
from formkit.records.images import ImageJudge
from formkit.records.judged import Refused
from formkit.records.model import Record
from formkit.records.service import history, keep_only, open_change
from formkit.records.store import AttachmentStore, StoreBusy
from formkit.renderers import RECORD, Banner, Message, Page, pdf_installed, render
from formkit.renderers.markdown import markdown
from formkit.web.headers import file_headers
from formkit.web.look import draw_message, paragraphs
from formkit.web.owned import as_submitted, may_change, record_of
from formkit.web.process import ProcessPart, process_of, taken_banner
from formkit.web.visit import Visit

_THUMBNAILS = 256


@dataclass(frozen=True, slots=True)
class RecordPage(Page):
    """A page about a record."""

    language: str = "zh"
    number: str = ""
    submitted: str = ""
    changed: str = ""
    done: Markup | str = ""
    print_url: str = ""
    pdf_url: str = ""
    change_url: str = ""
    history_url: str = ""
    process: ProcessPart | None = None


def show_record(visit: Visit) -> Response:
    """The record as it stands, with what can be done with it."""
    record = record_of(visit)
    return _page(visit, record, "record")


def print_record(visit: Visit) -> Response:
    """The record on paper."""
    return _page(visit, record_of(visit), "print")


def change(visit: Visit) -> Response:
    """Opens a change: of the step the person chose, or from the first on."""
    form, record = visit.form, record_of(visit)
    if not may_change(form, record):
        message = Message(visit.say("read_only.title"), paragraphs(visit.say("read_only")), "warning")
        return draw_message(visit, message, 409)
    visit.refuse_if_barred()
    draft = open_change(visit.site.store, form, record.id, owner=visit.person.id, now=visit.now)
    chosen = visit.posted("step")
    if chosen in form.steps_by_id and draft.edition_hash == form.edition_hash:
        own = {field.id for field in form.steps_by_id[chosen].fields}
        draft = keep_only(visit.site.store, draft, own, now=visit.now)
        return visit.redirect("step", draft=draft.id, step=chosen)
    return visit.redirect("draft", draft=draft.id)


def show_file(visit: Visit) -> Response:
    """An attachment as it is stored: a picture to be looked at, anything else to be saved."""
    site = visit.site
    row = load_attachment(site.store, visit.param("file"), owner=visit.person.id)
    with site.attachments.open(row.id) as content:
        body = content.read()
    inline = row.media_type in ("image/jpeg", "image/png")
    return Response(body, headers=file_headers(row.name, row.media_type, inline=inline))


def show_thumbnail(visit: Visit) -> Response:
    """A small version of a picture."""
    site = visit.site
    row = load_attachment(site.store, visit.param("file"), owner=visit.person.id)
    if not row.media_type.startswith("image/"):
        raise UnknownName("thumbnail", row.id)
    content, media_type = site.thumbnail(row.id)
    return Response(content, headers=file_headers(row.name, media_type, inline=True))


def thumbnails(attachments: AttachmentStore, images: ImageJudge) -> Callable[[str], tuple[bytes, str]]:
    """Draws small versions of stored pictures, and remembers some."""

    @lru_cache(maxsize=_THUMBNAILS)
    def thumbnail(attachment_id: str) -> tuple[bytes, str]:
        with attachments.open(attachment_id) as content:
            drawn = images.thumbnail(content.read())
        if isinstance(drawn, Refused):
            raise StoreBusy(drawn.code) if drawn.code == "image_busy" else UnknownName("thumbnail", attachment_id)
        return drawn.content, drawn.media_type

    return thumbnail


def _page(visit: Visit, record: Record, renderer: str) -> HTMLResponse:
    form, values = as_submitted(visit, record)
    language = visit.language
    html = render(
        form,
        RECORD,
        {},
        record=values,
        facts=visit.at(form).facts,
        today=visit.today,
        language=language,
        renderer=renderer,
        page=_record_page(visit, record),
        renderers=visit.site.renderers,
    )
    return HTMLResponse(html)


def _record_page(visit: Visit, record: Record) -> RecordPage:
    form, language, query = visit.form, visit.language, visit.request.query_params
    revisions = history(visit.site.store, record.id, owner=record.owner)
    banners = [Banner(visit.say("nothing_changed"))] if "same" in query else []
    if "done" in query and len(revisions) > 1:
        banners.append(Banner(visit.say("change_kept"), "success"))
    banners.extend(taken_banner(visit))
    changeable = may_change(form, record)
    barred = visit.barred if changeable else ""
    if barred:
        banners.append(Banner(barred, "warning"))
    told = "done" in query and len(revisions) == 1
    return RecordPage(
        **visit.surroundings(*banners),
        back_url=visit.to("form"),
        file_url=visit.to("file", file="{id}"),
        thumbnail_url=visit.to("thumbnail", file="{id}"),
        language=language,
        number=record.number,
        submitted=visit.day_and_time(record.submitted),
        changed=visit.day_and_time(record.updated) if len(revisions) > 1 else "",
        done=_done(form, visit) if told else "",
        print_url=visit.to("print", record=record.id),
        pdf_url=visit.to("pdf", record=record.id) if pdf_installed() else "",
        change_url=visit.to("change", record=record.id) if changeable and not barred else "",
        history_url=visit.to("history", record=record.id) if len(revisions) > 1 else "",
        process=process_of(visit, record),
    )


def _done(form: Form, visit: Visit) -> Markup | str:
    if form.submission_done:
        return markdown(form.submission_done.in_(visit.language))
    return paragraphs(visit.say("done"))
