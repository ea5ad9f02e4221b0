"""The OpenAPI document: valid, made of the form, and what the interface really does with whatever it lets in."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import checks

from examples.portal.exam.claims import NOT_CLAIMED
from examples.portal.exam.describing import description
from formkit.fields import FIELD_TYPES
from tests.forms import form_of
from tests.portal.exam.examiners import ENVIRONMENT, FORM, Archive, Examiner, office_of, question
from tests.portal.people import NEW, ZHANG, World

DOCUMENT = description(FORM)
schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.config.phases.coverage.enabled = False  # a thousand requests; generated ones find as much in seconds


@pytest.fixture(scope="module")
def examiner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examiner]:
    world = World(tmp_path_factory.mktemp("exam"), environment=ENVIRONMENT)
    office = office_of(world)
    Archive(office, world.clock.now).keep()
    yield Examiner(world)
    office.store.close()


def test_it_is_valid_and_open_to_anyone(examiner: Examiner) -> None:
    served = examiner.http.get("/exam/v1/openapi.json")
    assert served.status_code == 200
    assert served.json() == DOCUMENT
    OpenAPIV31SpecValidator(served.json()).validate()


def test_it_lists_what_the_form_asks_and_nothing_that_is_no_claim() -> None:
    items = DOCUMENT["components"]["schemas"]["Question"]["properties"]["items"]["properties"]
    assert {"division", "employment_status", "full_time.level", "accounting_since", "qualifications"} <= set(items)
    assert set(items).isdisjoint(
        {"name", "id_number", "email", "mobile", "portrait", "student_card", "pledge", "full_time"}
    )
    assert items["employment_status"]["enum"] == ["accounting", "non_accounting", "unemployed", "student"]
    assert items["employment_status"]["description"] == "在岗状态 · Employment status"
    assert set(items["qualifications"]["items"]["properties"]) == {"type", "level", "obtained_by"}


def test_an_edit_of_the_form_is_an_edit_of_it() -> None:
    form = form_of(
        """
        form: accountant_collection
        title: 采集
        edition: 2027-01-01
        choices: {document: {passport: 护照}}
        steps:
          one:
            title: 一
            fields:
              name: {type: text, label: 姓名}
              document_type: {type: choice, choices: document, label: 证件}
              licence: {type: text, label: 执照, max_length: 12}
        """
    )
    items = description(form)["components"]["schemas"]["Question"]["properties"]["items"]["properties"]
    assert items == {"licence": {"type": "string", "minLength": 1, "maxLength": 12, "description": "执照"}}


def test_every_status_it_names_is_one_that_is_tested() -> None:
    responses = DOCUMENT["paths"]["/checks"]["post"]["responses"]
    assert set(responses) == {"200", "400", "401", "403", "408", "413", "415", "422", "429", "500", "503"}
    assert set(FIELD_TYPES) >= NOT_CLAIMED, "the types that are no claim are real ones"


@schema.parametrize()
@seeded(20261126)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_gets_an_answer_that_is_described(case: schemathesis.Case, examiner: Examiner) -> None:
    examiner.world.clock.on(days=1, minutes=10)
    made = requests.Request(**sendable(case)).prepare()
    body = made.body.encode() if isinstance(made.body, str) else made.body or b""
    headers = {name.lower(): value for name, value in made.headers.items()} | {"authorization": examiner.signed(body)}
    path = made.path_url
    answer = examiner.http.request(made.method, path, content=body, headers=headers)
    case.validate_response(
        answer,
        checks=[
            checks.not_a_server_error,
            *(checks.CHECKS.get_one(name) for name in CONFORMANCE),
        ],
    )


CONFORMANCE = (
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


def sendable(case: schemathesis.Case) -> dict[str, Any]:
    """What `requests` needs, without what belongs to its sessions."""
    known = case.as_transport_kwargs(base_url="http://testserver/exam/v1")
    return {
        name: known[name] for name in ("method", "url", "headers", "params", "json", "data", "cookies") if name in known
    }


def test_an_answer_is_as_described(examiner: Examiner) -> None:
    schemas = DOCUMENT["components"]["schemas"]
    asked = question(division="440106", qualifications=[{"level": "junior"}])
    jsonschema.validate(asked, schemas["Question"])
    for number in (ZHANG, NEW):
        jsonschema.validate(examiner.ask({**asked, "number": number}).json(), schemas["Answer"])
