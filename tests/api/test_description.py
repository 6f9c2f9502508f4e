"""The description is OpenAPI 3.1, complete, and true: a tool that knows nothing else finds no fault."""

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import CHECKS
from tests.api.conftest import caller_for
from tests.cast import Cast

from accord.config.api import api
from accord.ui.apidocs._read import heads_in


def test_description_is_valid_and_is_served(client: Client) -> None:
    served = client.get("/api/v1/openapi.json").json()

    OpenAPIV31SpecValidator(served).validate()
    assert served["openapi"] == "3.1.0"
    assert served["servers"] == [{"url": "http://testserver"}]


def test_every_operation_says_what_it_is() -> None:
    described = [one for methods in api.describe()["paths"].values() for one in methods.values()]

    assert len(described) == len(api.operations())
    assert len({one["operationId"] for one in described}) == len(described)
    assert [one["operationId"] for one in described if not one["summary"] or not one.get("tags")] == []
    tags = {tag["name"] for tag in api.describe()["tags"]}
    assert {tag for one in described for tag in one["tags"]} == tags


@pytest.mark.django_db
def test_every_operation_has_its_page(client: Client) -> None:
    every = heads_in(api.describe())

    pages = {one.code: client.get(f"/api/operations/{one.code}/") for one in every}

    assert {code for code, page in pages.items() if page.status_code != 200} == set()
    assert {one.code for one in every if one.path not in pages[one.code].content.decode()} == set()
    overview = client.get("/api/").content.decode()
    assert [one.code for one in every if f"/api/operations/{one.code}/" not in overview] == []
    assert client.get("/api/operations/nothing/").status_code == 404


def test_whatever_is_sent_is_answered_as_described(cast: Cast, one_connection: None) -> None:
    schema = schemathesis.openapi.from_dict(api.describe())
    schema.app = get_wsgi_application()
    shown = {"Accept-Encoding": "identity", "Authorization": f"Bearer {caller_for(cast.owner).token}"}
    checks = [CHECKS.get_one(name) for name in CHECKED]
    asked = []

    for found in schema.get_all_operations():
        operation = found.ok()
        asked.append(operation.label)

        @seed(len(asked))
        @settings(max_examples=6, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=QUIET)
        @given(case=operation.as_strategy())
        def probe(case: Any) -> None:
            with transaction.atomic():
                case.call_and_validate(headers={**dict(case.headers or {}), **shown}, checks=checks)
                transaction.set_rollback(True)

        probe()

    assert len(asked) == len(api.operations())


QUIET = list(HealthCheck)
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
