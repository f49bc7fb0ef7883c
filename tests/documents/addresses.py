"""The addresses that documents name, looked up in the four OpenAPI documents.

`POST /children/{id}/losses` and `/api/v1/ledgers/{name}` are whole addresses (`/api/v1` may be left out);
`…/findings` and `/filings` are the ends of some. What stands in braces or angles is anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from services.process import SERVICES
from tests.descriptions.described import Operation, description, operations
from tests.documents.documents import name
from tests.services import built

PREFIX = "/api/v1"
ITSELF = f"{PREFIX}/openapi.json"
WITHOUT_PREFIX = ("/healthz", "/readyz", "/metrics")
OF_THE_MACHINE = ("/tmp", "/proc/")  # files, no addresses
_MENTION = re.compile(
    r"^(?:(GET|POST|PUT|DELETE|HEAD) )?(/[^\s?]*|…/[^\s?]+|(?:imports|ledgers|lists)/[^\s?]+)(?:\?(\S*))?$"
)


@dataclass(frozen=True, slots=True)
class Address:
    """One mention. `method` and `query` may be empty."""

    document: str
    method: str
    path: str
    query: str

    def __str__(self) -> str:
        return f"{self.document}: {self.method} {self.path}".replace("  ", " ")


def addresses(document: Path) -> Iterator[Address]:
    """Every address in the document's inline code."""
    for code in re.findall(r"`([^`\n]+)`", document.read_text("utf-8")):
        # `{other id}` has a blank
        match = _MENTION.match(re.sub(r"[{<][^}>]*[}>]", lambda found: found[0].replace(" ", "_"), code))
        if match and match[2] != "…" and not match[2].startswith(OF_THE_MACHINE):
            yield Address(name(document), match[1] or "", match[2], match[3] or "")


def fault_of(address: Address) -> str:
    """What is wrong with a mention; empty: nothing."""
    if not address.method and re.fullmatch(r"…/.+|/[a-z-]+", address.path) and address.path not in WITHOUT_PREFIX:
        return "" if address.path.removeprefix("…") in _ends() else "nothing ends so"
    path = _whole(address.path)
    found = [each for each in _operations() if _leads_to(each, path) and address.method.lower() in ("", each.method)]
    if not found and path not in (PREFIX, ITSELF):
        return "there is nothing at this address"
    asked = {key for key, _ in parse_qsl(address.query, keep_blank_values=True)}
    known = {told["name"] for each in found for told in each.parameters if told["in"] == "query"}
    return "" if asked <= known else f"it takes no {', '.join(sorted(asked - known))}"


def _whole(path: str) -> str:
    path = path if path.startswith("/") else f"/{path}"
    if path in WITHOUT_PREFIX or path.startswith(PREFIX):
        return path
    return PREFIX + path


def _leads_to(operation: Operation, path: str) -> bool:
    """Whether a request for the path comes to the operation, and its words are some that it knows."""
    concrete = re.sub(r"/events/[{<]\w+[}>]/", "/events/registry/7/384/", path)  # an event's id has three parts
    template = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+?)", operation.path.replace(".", r"\."))
    match = re.fullmatch(template, concrete)
    return bool(match) and all(_is_known(operation, part, word) for part, word in match.groupdict().items())


def _is_known(operation: Operation, part: str, word: str) -> bool:
    if word.startswith(("{", "<")):
        return True
    if part == "view":
        return word in _views()
    [told] = [each["schema"] for each in operation.parameters if each["in"] == "path" and each["name"] == part]
    return word in told.get("enum", [word])


@cache
def _operations() -> list[Any]:
    return [each for service in SERVICES for each in operations(description(service))]


@cache
def _views() -> set[str]:
    return {view.name for service in SERVICES for view in built(service).views}


@cache
def _ends() -> set[str]:
    """What comes after any part of any address: `/later-answers/confirmations`, `/confirmations`."""
    parts = [each.path.split("/")[1:] for each in _operations()]
    return {"/" + "/".join(each[at:]) for each in parts for at in range(len(each))} | {f"/{view}" for view in _views()}
