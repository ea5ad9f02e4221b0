"""OpenAPI 3.1 of the exam interface, made of its messages and of the form: an edit of the form is an edit of it."""

from typing import Any

from examples.portal.exam.claims import DOCUMENT_TYPE, IDENTITY, NAME, Verdict, claimable, columns_of
from examples.portal.exam.messages import Answer, Problem, Question
from formkit import Field, Form
from formkit.fields.base import Shape
from formkit.texts import Text

_SCHEMAS = "#/components/schemas/"
_REFUSALS = {
    400: "The body is not JSON, or breaks off.",
    401: "The signature is missing, malformed, wrong, or not of these 5 minutes.",
    403: "The same signed request has been received before.",
    408: "The body came too slowly.",
    413: "The body is over 64 KB.",
    415: "The body is not sent as application/json.",
    422: "The question is not as described here; `items` says which items, and why.",
    429: "Too many questions, of this client or about this number.",
    500: "A fault of the platform.",
    503: "The platform is busy.",
}
_SIGNING = """\
Signed with the client's secret: `Authorization: Formkit-HMAC-SHA256 place=CLIENT, at=SECONDS, nonce=NONCE,
signature=SIGNATURE`. SIGNATURE is the HMAC-SHA256, in hexadecimal digits, of these seven lines, joined by line feeds:
`Formkit-HMAC-SHA256`; CLIENT; SECONDS (since 1970); NONCE (16 to 64 random letters and digits, new every time); the
method; the path, with its query if it has one; the SHA-256 of the body in hexadecimal digits."""


def description(form: Form) -> dict[str, Any]:
    """The document that `/exam/v1/openapi.json` serves."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Exam interface",
            "version": f"1 ({form.id} {form.edition})",
            "description": "Holds what a candidate claims against their file and says, item by item, "
            "whether it matches. It never gives what is in the file.",
        },
        "servers": [{"url": "/exam/v1"}],
        "paths": {"/checks": {"post": _checks()}, "/openapi.json": {"get": _described()}},
        "components": {
            "schemas": {
                "Question": _question(form),
                "Answer": _answer(form),
                "Problem": Problem.model_json_schema(),
            },
            "securitySchemes": {
                "signature": {"type": "apiKey", "in": "header", "name": "Authorization", "description": _SIGNING}
            },
        },
    }


def _checks() -> dict[str, Any]:
    responses = {str(status): _refusal(status, why) for status, why in _REFUSALS.items()}
    return {
        "operationId": "check",
        "summary": "Hold what a candidate claims against their file",
        "security": [{"signature": []}],
        "parameters": [
            {
                "name": "Accept-Language",
                "in": "header",
                "required": False,
                "description": "The language of messages: zh or en.",
                "schema": {"type": "string"},
            }
        ],
        "requestBody": {"required": True, "content": _json("Question")},
        "responses": {"200": {"description": "How the file stands, item by item.", "content": _json("Answer")}}
        | responses,
    }


def _described() -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object"}}}
    return {
        "operationId": "describe",
        "summary": "This document",
        "responses": {"200": {"description": "OpenAPI 3.1.", "content": content}},
    }


def _refusal(status: int, why: str) -> dict[str, Any]:
    told: dict[str, Any] = {"description": why, "content": _json("Problem")}
    headers = {401: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}
    if status in headers:
        told["headers"] = {headers[status]: {"schema": {"type": "string"}}}
    return told


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"{_SCHEMAS}{schema}"}}}


def _question(form: Form) -> dict[str, Any]:
    """As the model has it, with what the form says of each item."""
    schema, fields = Question.model_json_schema(), claimable(form)
    for path in (NAME, DOCUMENT_TYPE):
        schema["properties"][path] = _value(fields[path])
    items = {path: _claim(field) for path, field in fields.items() if path not in IDENTITY}
    schema["properties"]["items"] |= {"properties": items, "additionalProperties": False}
    return schema


def _answer(form: Form) -> dict[str, Any]:
    schema = Answer.model_json_schema(mode="serialization")
    verdicts = {"type": "string", "enum": [verdict.value for verdict in Verdict]}
    status = schema.pop("$defs")["Status"]
    known = schema["properties"]
    known["status"] = {name: status[name] for name in ("type", "enum")}
    known["at"] = {"type": "string", "format": "date-time", "description": known["at"]["description"]}
    known["edition"] = {"type": "string", "description": known["edition"]["description"]}
    known["items"] = {
        "type": "object",
        "description": known["items"]["description"],
        "properties": dict.fromkeys(claimable(form), verdicts),
        "additionalProperties": False,
    }
    return schema | {"additionalProperties": False}


def _claim(field: Field) -> dict[str, Any]:
    if field.shape is not Shape.ROWS:
        return _value(field)
    row = {"type": "object", "minProperties": 1, "additionalProperties": False}
    row["properties"] = {name: _value(column) for name, column in columns_of(field).items()}
    told = "Each row claimed must be one of the file's; of a row, only what is claimed is compared."
    size = {"minItems": 1, "maxItems": field.type.max_rows}
    return {"type": "array", "items": row, "description": f"{_both(field.label)}. {told}", **size}


def _value(field: Field) -> dict[str, Any]:
    return {**field.type.json_schema(), "description": _both(field.label)}


def _both(label: Text) -> str:
    return " · ".join(dict.fromkeys((label.in_("zh"), label.in_("en"))))
