"""The four OpenAPI documents as they are served, made without a database, and the schemas in them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema_rs
from pymongo import MongoClient

from services.process import bootstrap_of
from services.roles import ROLES
from shared.calendar.live import LiveCalendar
from shared.config import Service
from shared.http.app import create_app
from shared.kernel.clock import SharedClock
from shared.kernel.store import Store
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, assemble
from tests.services import built
from tests.settings import settings_of

NOWHERE = Path("no-such-folder")  # nothing is read to describe
SCHEMA_KEYS = ("items", "additionalProperties", "not")
LISTS_OF_SCHEMAS = ("anyOf", "oneOf", "allOf")


class Operation(NamedTuple):
    """One method of an address; `parameters` are all of them, the address's own among them."""

    path: str
    method: str
    told: dict[str, Any]
    parameters: list[dict[str, Any]]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@cache
def description(service: str) -> dict[str, Any]:
    """What `GET /api/v1/openapi.json` answers, with every route that a service can have."""
    settings = settings_of(Service(service), keys=NOWHERE, folder=NOWHERE, mongo="mongodb://127.0.0.1", database="x")
    keyring = parse_keyring(generate_keyring())
    ports = Ports(
        settings=settings,
        clock=SharedClock(NOWHERE / "clock"),
        calendar=LiveCalendar(),
        cipher=Cipher(keyring),
        blind_index=BlindIndex(keyring.index_key),
    )
    with MongoClient[Any](settings.mongo_uri, connect=False) as never_connected:
        store = Store(never_connected, settings.database, built(service), settings.partitions)
        app = create_app(assemble(ports, built(service), store), bootstrap_of(service).blueprints(), ROLES)
        told: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").json
    return told


def operations(document: dict[str, Any]) -> list[Operation]:
    return [
        Operation(path, method, told, [*item.get("parameters", []), *told.get("parameters", [])])
        for path, item in document["paths"].items()
        for method, told in item.items()
        if method != "parameters"
    ]


def schemas(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every JSON Schema in the document and every one inside it, each with where it stands."""
    for name, schema in document["components"]["schemas"].items():
        yield from _within(f"components/{name}", schema)
    yield from _under_schema_keys("", {key: part for key, part in document.items() if key != "openapi"})


def _under_schema_keys(at: str, part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "schema":
                yield from _within(at, value)
            elif key != "schemas":
                yield from _under_schema_keys(f"{at}/{key}", value)
    elif isinstance(part, list):
        for each in part:
            yield from _under_schema_keys(f"{at}/{each.get('name', '')}" if isinstance(each, dict) else at, each)


def _within(at: str, schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(schema, dict):  # `additionalProperties: false`
        return
    yield at, schema
    for name, value in schema.get("properties", {}).items():
        yield from _within(f"{at}/{name}", value)
    for key in SCHEMA_KEYS:
        yield from _within(f"{at}/{key}", schema.get(key))
    for key in LISTS_OF_SCHEMAS:
        for each in schema.get(key, []):
            yield from _within(f"{at}/{key}", each)


def meets(document: dict[str, Any], schema: dict[str, Any], value: Any) -> bool:
    """Whether a value is as a schema of the document says."""
    whole = {"components": document["components"], **schema}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True).is_valid(value)


def references(part: Any) -> Iterator[str]:
    """Every `$ref` anywhere."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def resolved(document: dict[str, Any], reference: str) -> Any:
    """What a `$ref` points to. Raises KeyError."""
    part: Any = document
    for key in reference.removeprefix("#/").split("/"):
        part = part[key.replace("~1", "/").replace("~0", "~")]
    return part
