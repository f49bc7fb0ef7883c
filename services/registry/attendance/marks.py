"""One day of one child in the attendance book."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MarkKind(StrEnum):
    PRESENT = "PRESENT"
    UNEXCUSED = "UNEXCUSED"
    SICK = "SICK"
    PERSONAL = "PERSONAL"

    @property
    def is_leave(self) -> bool:
        return self in (MarkKind.SICK, MarkKind.PERSONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`inferred`: a day of presence that nobody said, concluded from what was said of the others."""

    day: date
    kind: MarkKind
    remark: str = ""
    inferred: bool = False


MARK_LABELS: dict[str, str] = {
    MarkKind.PRESENT: "到校",
    MarkKind.UNEXCUSED: "无故缺勤",
    MarkKind.SICK: "病假",
    MarkKind.PERSONAL: "事假",
}
