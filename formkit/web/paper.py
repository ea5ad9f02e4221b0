"""What was submitted, as a PDF to be filed."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from formkit.errors import UnknownName
from formkit.records.model import Record
from formkit.records.store import StoreBusy
from formkit.renderers import Paper, pdf_installed, record_pdf
from formkit.web.headers import file_headers
from formkit.web.owned import as_submitted, record_of
from formkit.web.visit import Visit


def send_pdf(visit: Visit) -> Response:
    """The record as a file to be saved, under its receipt number."""
    if not pdf_installed():
        raise HTTPException(404)
    record = record_of(visit)
    form, values = as_submitted(visit, record)
    content = record_pdf(
        form,
        values,
        paper=_paper(visit, record),
        facts=visit.at(form).facts,
        today=visit.today,
        language=visit.language,
    )
    return Response(content, headers=file_headers(f"{record.number}.pdf", "application/pdf"))


def _paper(visit: Visit, record: Record) -> Paper:
    states = visit.form.workflow.states if visit.form.workflow else {}
    state = states.get(record.state or "")
    return Paper(
        made=visit.now,
        platform=visit.site.platform.in_(visit.language),
        number=record.number,
        submitted=record.submitted,
        changed=record.updated if record.revision > 1 else None,
        state=state.label.in_(visit.language) if state else "",
        picture=lambda file: _picture(visit, file),
    )


def _picture(visit: Visit, file: str) -> bytes | None:
    """The small version; a picture that cannot be had for now is left out, its name stays."""
    try:
        return visit.site.thumbnail(file)[0]
    except (StoreBusy, UnknownName):
        return None
