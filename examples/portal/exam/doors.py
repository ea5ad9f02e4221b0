"""`/exam/v1`: the addresses of the exam interface, and how a request goes from its bytes to its answer."""

import json
import logging
from collections.abc import Callable

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from examples.portal.accounts.own_numbers import number_as_kept
from examples.portal.exam.callers import caller, count_client, count_number
from examples.portal.exam.calls import keep_call
from examples.portal.exam.claims import IDENTITY, ClaimsRefused, compare, read_claims
from examples.portal.exam.describing import description
from examples.portal.exam.files import Status, file_of
from examples.portal.exam.messages import Answer, Question
from examples.portal.exam.refusals import refuse
from examples.portal.services.signing import Message
from examples.portal.web.office import Office
from formkit.texts import LANGUAGES, best_language
from formkit.web.incoming import BodyLimits, BodyRefused, Incoming
from formkit.web.strict_json import parse_json

PREFIX = "/exam/v1"
LIMITS = BodyLimits(total_bytes=64 * 1024)
DEPTH = 8
_log = logging.getLogger("examples.portal.exam")


def exam_routes(office: Office) -> Mount:
    """Questions are for the clients of the settings, by their signature; the description is for anyone."""

    async def checks(request: Request) -> Response:
        language = language_of(request)
        try:
            message = await _message(request)
        except BodyRefused as error:
            return refuse(error, "", language)
        return await run_sync(_answered, office, message, request.headers.get("authorization"), language)

    async def described(_request: Request) -> Response:
        body = json.dumps(description(office.policy.collection), ensure_ascii=False)
        return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})

    async def lost(request: Request, error: Exception) -> Response:
        return refuse(error, "", language_of(request))

    handlers: dict[int, Callable[[Request, Exception], object]] = {404: lost, 405: lost}
    routes = [Route("/checks", checks, methods=["POST"]), Route("/openapi.json", described, methods=["GET"])]
    return Mount(PREFIX, Starlette(routes=routes, exception_handlers=handlers))  # type: ignore[arg-type]


def language_of(request: Request) -> str:
    """The language that a program asks for."""
    return best_language(LANGUAGES, request.headers.get("accept-language", ""))


async def _message(request: Request) -> Message:
    """What was signed: the whole body, within its limits."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BodyRefused("body_not_json", 415)
    async with Incoming(request, LIMITS) as incoming:
        body = await incoming.whole()
    target = request.scope.get("raw_path") or request.url.path.encode()
    query = request.scope.get("query_string", b"")
    return Message(request.method, (target + (b"?" + query if query else b"")).decode("latin-1"), body)


def _answered(office: Office, message: Message, header: str | None, language: str) -> Response:
    client = ""
    try:
        now = office.clock()
        client = caller(office, header, message, now)
        count_client(office, client, now)
        question = Question.model_validate(parse_json(message.body, depth=DEPTH))
        answer = _answer(office, client, question)
    except Exception as error:
        return refuse(error, client, language)
    _log.info("exam question of %s answered: %s", client, answer.status.value)
    return Response(answer.model_dump_json(exclude_none=True), media_type="application/json")


def _answer(office: Office, client: str, question: Question) -> Answer:
    now, form = office.clock(), office.policy.collection
    claims = read_claims(form, _claims(question))
    number = number_as_kept(office.forms, question.number)
    count_number(office, number, now)
    file = file_of(office, number)
    verdicts = compare(form, claims, file.values)
    keep_call(office, client, number, file.status, verdicts, now)
    if file.status is Status.NOT_ON_RECORD:
        return Answer(status=file.status)
    return Answer(status=file.status, at=file.at, edition=file.edition, items=verdicts)


def _claims(question: Question) -> dict[str, object]:
    """The items, and with them what says who it is, which is not said twice."""
    if twice := [path for path in IDENTITY if path in question.items]:
        raise ClaimsRefused(dict.fromkeys(twice))
    identity = {path: getattr(question, path) for path in IDENTITY if getattr(question, path) is not None}
    return {**identity, **question.items}
