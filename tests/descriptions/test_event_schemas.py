"""The JSON Schemas of the events say what is published."""

from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest
import regress

from services.process import SERVICES
from shared.http.patterns import Pattern
from tests.descriptions.described import references, resolved
from tests.pinned import samples
from tests.services import built

SCHEMAS = {type_: schema for service in SERVICES for type_, schema in built(service).events.schemas().items()}
each_type = pytest.mark.parametrize("type_", SCHEMAS)


def judge(type_: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(SCHEMAS[type_], validate_formats=True)


@each_type
def test_it_is_a_schema_of_2020_12_whose_references_lead_somewhere(type_: str) -> None:
    schema = SCHEMAS[type_]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert jsonschema_rs.meta.is_valid(schema)
    assert all(resolved(schema, each) for each in references(schema))


@each_type
def test_what_was_published_meets_it_and_what_was_not_does_not(type_: str) -> None:
    sample = samples()[type_]
    assert [error.message for error in judge(type_).iter_errors(sample)] == []
    for name, value in sample.items():
        broken: dict[str, Any] = deepcopy(sample) | {name: [value] if not isinstance(value, list) else "no list"}
        assert not judge(type_).is_valid(broken), name


@each_type
def test_its_patterns_are_those_of_ecma_262(type_: str) -> None:
    for each in patterns(SCHEMAS[type_]):
        regress.Regex(each, "u")
        Pattern(each)


def patterns(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["pattern"]] if isinstance(part.get("pattern"), str) else []
        return own + [found for value in part.values() for found in patterns(value)]
    return [found for value in part for found in patterns(value)] if isinstance(part, list) else []
