"""What the API's description says of every route alike: its name, its parameters, and what may be left out."""

import re
from collections.abc import Mapping
from typing import Any, Final

from apispec import BasePlugin
from marshmallow import fields

PREFIX: Final = "/api/v1"
PARAMETERS: Final[Mapping[str, str]] = {
    "as_of": "As it was at the end of this day; left out: now.",
    "by": "By what the figures are grouped.",
    "division": "A division code.",
    "id_": "Its id.",
    "key": "The row's key.",
    "kind": "Its kind.",
    "limit": "How many at most.",
    "on": "The day that is asked for; left out: today.",
    "owner_code": "Code of the county, township or school whose group it is.",
    "partition": "A partition's number, from 0 on.",
    "period": "A term: `2026-autumn`, `2027-spring`.",
    "photo": "SHA-256 of the photograph, in hexadecimal digits.",
    "position": "A position in the partition, from 1 on.",
    "school": "A school code.",
    "service": "The service whose log holds the event.",
    "term": "A term: `2026-autumn`, `2027-spring`.",
    "type_": "An event type: `registry.student-returned.v1`.",
    "view": "A ledger's name, as `GET /api/v1/ledgers` lists it.",
}
"""What a parameter of this name is, wherever a route does not say it itself."""


class Description(BasePlugin):
    """Completes each route's description once its own words are there."""

    def path_helper(
        self,
        path: str | None = None,
        operations: dict[str, Any] | None = None,  # noqa: ARG002  the signature is apispec's
        parameters: list[dict[str, Any]] | None = None,
        **_: Any,
    ) -> str | None:
        for each in parameters or []:
            _describe(each)
        return path

    def operation_helper(self, path: str | None = None, operations: dict[str, Any] | None = None, **_: Any) -> None:
        for method, operation in (operations or {}).items():
            operation.setdefault("operationId", operation_id(method, path or ""))
            for each in operation.get("parameters", []):
                _describe(each)
                if each["in"] == "query":
                    each["schema"] = _never_null(each["schema"])


def operation_id(method: str, path: str) -> str:
    """`get_ledgers_view_xlsx`: it changes only when the address does, which is the contract."""
    return "_".join([method, *re.findall(r"[A-Za-z0-9]+", path.removeprefix(PREFIX))])


def tell_no_empty_default(_: Any, __: fields.Field[Any], ret: dict[str, Any]) -> dict[str, Any]:
    """A field's description; what is read as empty when it is left out has no default that could be sent."""
    if ret.get("default", 0) in ("", None):
        del ret["default"]
    return {}


def _describe(parameter: dict[str, Any]) -> None:
    name = parameter["name"]
    parameter.setdefault("description", PARAMETERS.get(name) or _by_name(name))


def _by_name(name: str) -> str:
    """`child_id`: id of the child."""
    what, _, sort = name.rpartition("_")
    told = f"{sort} of the {what.replace('_', ' ')}." if what and sort in ("id", "code") else f"{name}."
    return told[0].upper() + told[1:]


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address holds no null: what is not asked for is left out."""
    told = dict(schema)
    if isinstance(told.get("type"), list):
        [told["type"]] = [each for each in told["type"] if each != "null"]
    if "enum" in told:
        told["enum"] = [each for each in told["enum"] if each is not None]
    return told
