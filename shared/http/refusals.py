"""Refusals of the HTTP edge itself, before any command exists. They too know no status."""

from dataclasses import dataclass
from typing import Any

from shared.http.messages import NOT_AN_OBJECT, UNKNOWN_FIELD
from shared.kernel.refusals import Kind, Refused

_LOCATIONS = ("_schema", "json", "query", "files", "form")
"""Where the library says that a field was looked for: no part of its name."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field that does not hold what it should; `field` is its path, as in `children.2.birth_date`."""

    field: str
    message: str


class FieldsNotValid(Refused):
    """One or more fields of the request are missing, unknown or wrong."""

    code = "fields-not-valid"
    kind = Kind.INVALID

    def __init__(self, faults: list[FieldFault]) -> None:
        names = "、".join(fault.field for fault in faults)
        super().__init__(
            f"填写的内容有误，请检查：{names}。" if names else NOT_AN_OBJECT,
            f"fields not valid: {', '.join(fault.field for fault in faults) or 'the body'}",
            field=faults[0].field or None if faults else None,
        )
        self.faults = faults

    @classmethod
    def from_messages(cls, messages: Any) -> "FieldsNotValid":
        """From marshmallow's nested messages (`{"name": ["..."], "tags": {0: ["..."]}}`)."""
        return cls(list(_flat("", messages)))


class BodyNotJson(Refused):
    """The body cannot be read as JSON, or holds text or numbers that JSON does not allow."""

    code = "body-not-json"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("请求内容不是有效的 JSON。", "the body is not valid JSON")


class HeaderNotValid(Refused):
    """A header of the request cannot be used."""

    code = "header-not-valid"
    kind = Kind.INVALID

    def __init__(self, name: str, zh: str, en: str) -> None:
        super().__init__(zh, en, field=name)


def _flat(path: str, messages: Any) -> Any:
    if isinstance(messages, dict):
        for name, inner in messages.items():
            part = "" if name in _LOCATIONS and not path else str(name)
            yield from _flat(".".join(filter(None, (path, part))), inner)
    else:
        listed = messages if isinstance(messages, list) else [messages]
        for message in listed:
            yield FieldFault(path, _shown(str(message)))


def _shown(message: str) -> str:
    if message == "Unknown field.":
        return UNKNOWN_FIELD
    return NOT_AN_OBJECT if message == "Invalid input type." else message
