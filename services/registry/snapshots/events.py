"""What is told of lists from outside."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImported:
    """A list was brought in. It speaks for the division or the school that it was imported for.

    A list to be compared with was kept as it was on `list_on`: `pages` are the SHA-256 of its sealed pages; `new`,
    `gone` and `changed` count lines against `previous`, the list of the same kind and place before it (null: none).
    Of a list whose rows became facts at once no page is kept, and they count against what was known: made known, of
    its classes but not on it, changed. `rows` = `good` + `refused`.

    `warned`: rows taken of which something is to be looked at. `unread`: in Chinese, what of the file was left, by
    sheets, columns and numbers of rows; it names nobody.

    `says` stands for what was read, lines and refused rows: a file that is sent again and says more, because its
    school is known by now, is another list, whose `previous` is the one that it takes the place of. It is empty where
    no page is kept.

    An attendance sheet may claim to be `complete`: whoever it does not name was there. `presumed` counts the presences
    that were inferred from it, `in_doubt` the classes and days of which it stays open who was there.
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
    warned: int
    unread: list[str]
    new: int
    gone: int
    changed: int
    previous: str | None
    says: str
    division: str
    school: str
    complete: bool
    presumed: int
    in_doubt: int
