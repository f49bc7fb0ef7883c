"""What is told of lists from outside."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImported:
    """A list was kept as it was on `list_on`. It speaks for the division or the school that it was imported for.

    `pages` are the SHA-256 of its sealed pages. `rows` = `good` + `refused`. `new`, `gone` and `changed` count lines
    against `previous`, the list of the same kind and place before it (null: there was none).
    """

    TYPE: ClassVar[str] = "registry.list-imported.v1"
    OCCURRED_ON: ClassVar[str] = "list_on"
    list_id: str
    kind: str
    list_on: date
    source: str
    file_name: str
    file_hash: str
    pages: list[str]
    rows: int
    good: int
    refused: int
    new: int
    gone: int
    changed: int
    previous: str | None
    division: str
    school: str
