"""The first three of the eight gates (八关): notice, enrolment, confirmed dropout. Rule 8-03.

A pure reading of what is known of a child. A gate that lies before another one that was gone through must have been
gone through itself, or somebody must have said why not. The others belong to visits and supervision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class GateState(StrEnum):
    DONE = "DONE"
    EXPLAINED = "EXPLAINED"
    SKIPPED = "SKIPPED"
    AHEAD = "AHEAD"


class Gates(IntEnum):
    """Those that are the registry's."""

    NOTICE = 1
    ENROLMENT = 2
    DROPOUT = 3


GATE_LABELS: Mapping[int, str] = {
    Gates.NOTICE: "入学通知",
    Gates.ENROLMENT: "学生入学注册",
    Gates.DROPOUT: "学生辍学确认",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """`document` and `on` of a gate that was gone through; `reason` of one that was not."""

    number: int
    state: GateState
    document: str = ""
    on: str | None = None
    reason: str = ""

    @property
    def label(self) -> str:
        return GATE_LABELS[self.number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """When a gate was gone through (ISO), and on which document."""

    on: str
    document: str


def gates(passed: Mapping[int, Passage], explained: Mapping[int, str]) -> Sequence[Gate]:
    """The gates in order."""
    furthest = max(passed, default=0)
    return [_gate(int(number), passed.get(number), explained.get(number), furthest) for number in Gates]


def _gate(number: int, passage: Passage | None, reason: str | None, furthest: int) -> Gate:
    if passage is not None:
        return Gate(number=number, state=GateState.DONE, document=passage.document, on=passage.on)
    if number > furthest:
        return Gate(number=number, state=GateState.AHEAD)
    if reason is not None:
        return Gate(number=number, state=GateState.EXPLAINED, reason=reason)
    return Gate(number=number, state=GateState.SKIPPED)
