"""The API's description is valid OpenAPI 3.1 and lists every answer."""

import re
from typing import Any

import pytest
import schemathesis
from flask import Flask

from tests.shared.http.client import Client


@pytest.fixture
def document(app: Flask) -> Any:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json


def operations(document: Any) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]


def test_the_description_is_valid(document: Any) -> None:
    schema = schemathesis.openapi.from_dict(document)
    schema.validate()
    assert document["openapi"].startswith("3.1")
    assert len(list(schema.get_all_operations())) == len(operations(document)) > 2


def test_every_route_of_the_application_is_described(app: Flask, document: Any) -> None:
    described = {(path.replace("{", "<").replace("}", ">"), method) for path, method, _ in operations(document)}
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<int:", "<")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert path == "/api/v1/openapi.json" or (path, method.lower()) in described


def test_a_fact_lists_its_headers_its_answer_and_its_problems(document: Any) -> None:
    fact = document["paths"]["/api/v1/accounts/{account_id}/moves"]["post"]

    assert {each["name"] for each in fact["parameters"]} == {"Idempotency-Key", "If-Match"}
    assert {"201", "400", "401", "403", "404", "409", "412", "413", "415", "422", "503"} <= fact["responses"].keys()
    assert "ETag" in fact["responses"]["201"]["headers"]
    assert fact["security"] == [{"bearer": []}]
    assert fact["summary"] == "Move money."


def test_every_operation_has_a_summary_and_tells_problems_as_problems(document: Any) -> None:
    assert list(document["components"]["responses"]["NOT_FOUND"]["content"]) == ["application/problem+json"]
    for path, method, operation in operations(document):
        assert operation.get("summary"), (path, method)
        assert "503" in operation["responses"], (path, method)


def test_exactly_the_routes_without_security_answer_without_a_token(app: Flask, document: Any) -> None:
    for path, method, operation in operations(document):
        answer = app.test_client().open(re.sub(r"{\w+}", "1", path), method=method.upper())
        open_to_all = "security" not in operation
        assert (answer.status_code == 200) if open_to_all else (answer.status_code == 401), (path, method)


def test_a_fact_sent_as_described_is_accepted(clerk: Client, document: Any) -> None:
    body = document["paths"]["/api/v1/accounts/{account_id}/openings"]["post"]["requestBody"]
    assert body["required"]
    assert clerk.post("/accounts/a1/openings", {"division": "349921"}).status_code == 201
