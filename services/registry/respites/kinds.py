"""The two kinds of time away by right, and how far an application for one has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.registry.children.statuses import Attendance


class RespiteKind(StrEnum):
    DEFERRAL = "DEFERRAL"
    SUSPENSION = "SUSPENSION"


class Stage(StrEnum):
    """What has been done last."""

    APPLIED = "APPLIED"
    REFUSED = "REFUSED"
    APPROVED = "APPROVED"
    FILED = "FILED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a kind is called, asked for and kept: `status` is the child's while it lasts."""

    label: str
    renewal: str
    application: str
    approval: str
    status: Attendance


WORDS: Mapping[RespiteKind, Words] = {
    RespiteKind.DEFERRAL: Words(
        label="延缓入学",
        renewal="续延缓入学",
        application="DEFERRAL_APPLICATION",
        approval="DEFERRAL",
        status=Attendance.DEFERRED,
    ),
    RespiteKind.SUSPENSION: Words(
        label="休学",
        renewal="续休",
        application="SUSPENSION_APPLICATION",
        approval="SUSPENSION",
        status=Attendance.ON_APPROVED_LEAVE,
    ),
}
"""`application` and `approval` name the transitions whose papers each step needs."""

STAGE_LABELS: dict[str, str] = {
    Stage.APPLIED: "已申请，待批准",
    Stage.REFUSED: "不予批准",
    Stage.APPROVED: "已批准，待县教育局备案",
    Stage.FILED: "已备案",
}
