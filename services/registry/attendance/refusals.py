"""What cannot be recorded of a child's attendance."""

from datetime import date

from services.registry.attendance.marks import MARK_LABELS, MarkKind
from services.registry.children.statuses import ATTENDANCE_LABELS, Attendance
from shared.kernel.refusals import Kind, Refused


class ChildIsNotAway(Refused):
    code = "child-is-not-away"

    def __init__(self, attendance: Attendance) -> None:
        label = ATTENDANCE_LABELS[attendance]
        super().__init__(
            f"该生目前状态为“{label}”，没有离校记录，不需要办理返校登记。",
            f"the child is not away but {attendance}",
        )


class ReturnMustBeCheckedIn(Refused):
    """A suspected dropout or dropout ends with a check-in only, not with a line in the attendance book."""

    code = "return-must-be-checked-in"

    def __init__(self, attendance: Attendance) -> None:
        label = ATTENDANCE_LABELS[attendance]
        super().__init__(
            f"该生已列为“{label}”，而考勤有到校（未列缺勤）或请假的日期；如已回校，请先凭返校报到单办理返校登记。",
            f"the child is {attendance}: record its return",
        )


class ReturnNeedsEvidence(Refused):
    code = "return-needs-evidence"
    kind = Kind.INVALID

    def __init__(self, items: int) -> None:
        super().__init__(
            f"返校登记至少需要{items}份佐证材料（如返校报到单、到校照片、花名册页）。",
            f"a return needs at least {items} pieces of evidence",
            field="evidence",
        )


class NotAbsent(Refused):
    """A suspicion needs an unexcused absence; approved leave is none."""

    code = "not-absent"

    def __init__(self, attendance: Attendance) -> None:
        label = ATTENDANCE_LABELS[attendance]
        super().__init__(
            f"该生目前状态为“{label}”，没有无故缺勤记录，不能列为疑似辍学。",
            f"the child is {attendance}, not absent without excuse",
        )


class AbsentTooShort(Refused):
    code = "absent-too-short"

    def __init__(self, days: int, needed: int, what: str, what_en: str) -> None:
        super().__init__(
            f"该生无故缺勤计{days}天（假期和没有登记的上课日不计），未满{needed}天，还不能{what}。",
            f"absent for {days} days that count, {needed} are needed to {what_en}",
        )


class SchoolIsClosed(Refused):
    """Nobody is suspected, and so ordered back, in the holidays."""

    code = "school-is-closed"

    def __init__(self, day: date, opens: date) -> None:
        super().__init__(
            f"{day}学校放假，不能列为疑似辍学；如仍有辍学迹象，请于{opens}开学后登记。",
            f"there is no school on {day}; a suspicion can be flagged from {opens} on",
        )


class NotSuspected(Refused):
    code = "not-suspected"

    def __init__(self, attendance: Attendance) -> None:
        label = ATTENDANCE_LABELS[attendance]
        super().__init__(
            f"该生目前状态为“{label}”，只有疑似辍学学生才能确认辍学。",
            f"only a suspected dropout can be confirmed; the child is {attendance}",
        )


class PersuasionMissing(Refused):
    code = "persuasion-missing"

    def __init__(self, failed: int, needed: int) -> None:
        super().__init__(
            f"本轮已登记的劝返未成功记录为{failed}次，至少需要{needed}次，才能确认辍学；请先开展并登记劝返。",
            f"{failed} failed persuasion attempts are recorded in this cycle, {needed} are needed",
        )


class RunTooLong(Refused):
    code = "run-too-long"
    kind = Kind.INVALID

    def __init__(self, days: int) -> None:
        super().__init__(
            f"一次最多登记{days}天的缺勤，请分几次登记。",
            f"a run of absence has at most {days} days",
            field="until",
        )


class DayMarkedTwice(Refused):
    """One request says two things of one day."""

    code = "day-marked-twice"
    kind = Kind.INVALID

    def __init__(self, first: MarkKind, second: MarkKind) -> None:
        super().__init__(
            f"同一天既登记为“{MARK_LABELS[first]}”又登记为“{MARK_LABELS[second]}”，请核对后只保留一条。",
            f"one day is marked {first} and {second}",
            field="day",
        )
