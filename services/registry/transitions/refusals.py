"""What stands against a change of a child's schooling status."""

from collections.abc import Sequence

from services.registry.children.statuses import ATTENDANCE_LABELS, Attendance
from shared.kernel.refusals import Kind, Refused


class TransitionNotAllowed(Refused):
    """The fact cannot follow the child's present status."""

    code = "transition-not-allowed"

    def __init__(self, label: str, attendance: Attendance) -> None:
        super().__init__(
            f"该生目前状态为“{ATTENDANCE_LABELS[attendance]}”，不能办理“{label}”，请核对学生或先办理前一步手续。",
            f"this cannot follow the status {attendance}",
        )


class PapersMissing(Refused):
    """No transition without its documents."""

    code = "papers-missing"
    kind = Kind.INVALID

    def __init__(self, label: str, missing: Sequence[str]) -> None:
        super().__init__(
            f"办理“{label}”缺少佐证材料：{'；'.join(missing)}。请补齐材料后再办理。",
            f"{len(missing)} required papers are missing",
            field="papers",
        )
