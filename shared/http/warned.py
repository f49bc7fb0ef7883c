"""What a request is warned of: it is carried out, and somebody should look again."""

from dataclasses import dataclass

from flask import g, has_request_context

from shared.faults import Fault
from shared.kernel.commands import Outcome


@dataclass(frozen=True, slots=True)
class Warned:
    """`field` is the request's, or empty for the whole of it."""

    code: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class WarnedOutcome:
    """An outcome with its warnings."""

    stream: str
    version: int
    events: tuple[str, ...]
    repeated: bool
    warnings: tuple[Warned, ...]


def warn(fault: Fault, field: str = "") -> None:
    """Tell it in this request's answer. Without a request there is nobody to be told."""
    if has_request_context():
        g.setdefault("warned", []).append(Warned(fault.code, field, f"{fault.zh}。{fault.remedy_zh}。"))


def with_warnings(outcome: Outcome) -> Outcome | WarnedOutcome:
    """The outcome with what this request was warned of, each thing once; as it is if that is nothing."""
    found = tuple(dict.fromkeys(g.get("warned", ())))
    if not found:
        return outcome
    return WarnedOutcome(outcome.stream, outcome.version, outcome.events, outcome.repeated, found)
