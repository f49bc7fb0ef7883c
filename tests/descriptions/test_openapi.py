"""The four OpenAPI documents say what is so, in words that any program reads alike."""

import re
from typing import Any

import jsonschema_rs
import pytest
import regress
from openapi_spec_validator import OpenAPIV31SpecValidator

from services.process import SERVICES
from shared.http.description import operation_id
from shared.http.patterns import Pattern
from tests.descriptions.described import Operation, description, meets, operations, references, resolved, schemas

each_service = pytest.mark.parametrize("service", SERVICES)
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
BINARY = {"type": "string", "format": "binary"}
TAKES_NO_KEY = {
    "post_calendars_comparisons",  # changes nothing; nor does the next
    "post_children_searches",
    "post_ledgers_view_key_reveals",  # each look is a record of its own
    "post_clock_advances",
}


@each_service
def test_an_independent_validator_finds_nothing(service: str) -> None:
    assert [str(error) for error in OpenAPIV31SpecValidator(description(service)).iter_errors()] == []


@each_service
def test_every_schema_is_one_of_json_schema_2020_12(service: str) -> None:
    for at, schema in schemas(description(service)):
        assert jsonschema_rs.meta.is_valid({"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema), at


@each_service
def test_every_pattern_is_read_alike_by_ecma_262_and_by_us(service: str) -> None:
    patterns = {schema["pattern"] for _, schema in schemas(description(service)) if "pattern" in schema}
    assert patterns
    for each in patterns:
        regress.Regex(each), regress.Regex(each, "u"), Pattern(each)  # none of them raises


@each_service
def test_what_is_told_as_a_default_an_example_or_a_choice_meets_its_own_schema(service: str) -> None:
    document = description(service)
    wrong = [
        (at, value)
        for at, schema in schemas(document)
        for value in told_values(schema)
        if not meets(document, schema, value)
    ]
    assert wrong == []


def told_values(schema: dict[str, Any]) -> list[Any]:
    singles = [schema[key] for key in ("default", "example") if key in schema]
    return [*singles, *schema.get("examples", []), *schema.get("enum", [])]


@each_service
def test_a_choice_that_may_be_null_says_so_in_both_places(service: str) -> None:
    for at, schema in schemas(description(service)):
        if "enum" in schema and "type" in schema:
            assert ("null" in schema["type"]) == (None in schema["enum"]), at


@each_service
def test_no_text_is_left_out_by_sending_an_empty_one(service: str) -> None:
    assert [at for at, schema in schemas(description(service)) if schema.get("default", 0) in ("", None)] == []


@each_service
def test_every_reference_leads_somewhere(service: str) -> None:
    document = description(service)
    for each in set(references(document)):
        assert resolved(document, each), each


@each_service
def test_every_operation_has_a_name_of_its_own_that_only_its_address_decides(service: str) -> None:
    found = operations(description(service))
    names = [each.told["operationId"] for each in found]
    assert names == [operation_id(each.method, each.path) for each in found]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch("[a-z][A-Za-z0-9_]*", name)] == []


@each_service
def test_every_operation_tells_its_success_and_its_problems(service: str) -> None:
    document = description(service)
    for each in operations(document):
        answers = {code: resolved(document, told["$ref"]) if "$ref" in told else told for code, told in answered(each)}
        assert any(code.startswith("2") for code in answers), each
        assert {"500", "503"} <= answers.keys(), each
        assert ("security" in each.told) == ({"401", "403", "422"} <= answers.keys()), each
        assert {told["content"] == PROBLEM for code, told in answers.items() if code >= "4"} == {True}, each


def answered(operation: Operation) -> Any:
    return operation.told["responses"].items()


@each_service
def test_every_operation_names_a_security_scheme_that_is_there(service: str) -> None:
    document = description(service)
    schemes = document["components"]["securitySchemes"].keys()
    used = {name for each in operations(document) for need in each.told.get("security", []) for name in need}
    assert used == schemes


@each_service
def test_every_parameter_is_described_once_and_every_part_of_an_address_is_asked_for(service: str) -> None:
    for each in operations(description(service)):
        named = [(told["in"], told["name"]) for told in each.parameters]
        assert len(set(named)) == len(named), each
        assert [told["name"] for told in each.parameters if not told.get("description")] == [], each
        assert {name for place, name in named if place == "path"} == set(re.findall(r"{(\w+)}", each.path)), each
        assert all(told["required"] for told in each.parameters if told["in"] == "path"), each


@each_service
def test_nothing_in_an_address_is_null(service: str) -> None:
    for each in operations(description(service)):
        for told in each.parameters:
            assert "null" not in told["schema"].get("type", ""), (each, told["name"])
            assert None not in told["schema"].get("enum", []), (each, told["name"])


@each_service
def test_what_changes_something_takes_a_key_and_what_records_a_fact_a_version_as_well(service: str) -> None:
    for each in operations(description(service)):
        headers = {told["name"] for told in each.parameters if told["in"] == "header"}
        changes = each.method != "get" and each.told["operationId"] not in TAKES_NO_KEY
        assert ("Idempotency-Key" in headers) == changes, each
        if "ETag" in each.told["responses"].get("201", {}).get("headers", {}):
            assert "If-Match" in headers, each


@each_service
def test_what_is_no_json_is_text_or_bytes_and_what_is_json_is_neither(service: str) -> None:
    for each in operations(description(service)):
        for code, told in answered(each):
            for kind, media in told.get("content", {}).items():
                is_text = resolve(service, media["schema"]).get("type") == "string"
                assert is_text != kind.endswith("json"), (each, code, kind)
        for kind, media in each.told.get("requestBody", {}).get("content", {}).items():
            schema = resolve(service, media["schema"])
            if kind == "multipart/form-data":
                assert schema["properties"]["file"].items() >= BINARY.items(), each
                assert schema["required"] == ["file"], each
            else:
                assert (kind == "application/json") == (schema != BINARY), each


def resolve(service: str, schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = resolved(description(service), schema["$ref"]) if "$ref" in schema else schema
    return found
