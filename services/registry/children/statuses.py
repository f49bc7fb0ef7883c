"""The two axes of schooling: where the student file (学籍) is, and where the child (人) is."""

from enum import StrEnum


class Registration(StrEnum):
    """学籍状态."""

    NONE = "NONE"
    TEMPORARY = "TEMPORARY"  # an L number
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    TRANSFER_PENDING = "TRANSFER_PENDING"
    RETAINED_DROPOUT = "RETAINED_DROPOUT"  # dropped out, the file is kept
    GRADUATED = "GRADUATED"
    COMPLETED = "COMPLETED"  # the years are over, without a diploma
    CANCELLED = "CANCELLED"  # a duplicate, an error, a death, gone abroad


class Attendance(StrEnum):
    """就学状态."""

    NOT_DUE = "NOT_DUE"
    DEFERRED = "DEFERRED"
    NEVER_ENROLLED = "NEVER_ENROLLED"
    IN_SCHOOL = "IN_SCHOOL"
    IN_SCHOOL_UNREGISTERED = "IN_SCHOOL_UNREGISTERED"
    HOME_TEACHING = "HOME_TEACHING"
    SPECIAL_PLACEMENT = "SPECIAL_PLACEMENT"
    ELSEWHERE_CONFIRMED = "ELSEWHERE_CONFIRMED"
    ON_APPROVED_LEAVE = "ON_APPROVED_LEAVE"
    ABSENT_UNEXCUSED = "ABSENT_UNEXCUSED"
    SUSPECTED_DROPOUT = "SUSPECTED_DROPOUT"
    DROPPED_OUT = "DROPPED_OUT"
    UNTRACEABLE = "UNTRACEABLE"
    RETURNED_PROBATION = "RETURNED_PROBATION"
    COMPLETED = "COMPLETED"
    DECEASED = "DECEASED"
    MISSING_DECLARED = "MISSING_DECLARED"
    ABROAD = "ABROAD"
    MERGED = "MERGED"  # a second file of a child that has another one


AWAY = frozenset({Attendance.SUSPECTED_DROPOUT, Attendance.DROPPED_OUT, Attendance.UNTRACEABLE})
"""Only a check-in at school ends these."""

IN_CLASS = frozenset({Attendance.IN_SCHOOL, Attendance.IN_SCHOOL_UNREGISTERED})
"""At school like everybody, with a student file or without."""


def in_class(*, unregistered: bool, placed: str | None) -> Attendance:
    """Where a pupil stands that is present: without a student file, at a special school, or like everybody."""
    if unregistered:
        return Attendance.IN_SCHOOL_UNREGISTERED
    return Attendance.SPECIAL_PLACEMENT if placed == "SPECIAL_SCHOOL" else Attendance.IN_SCHOOL


AT_SCHOOL = IN_CLASS | {Attendance.SPECIAL_PLACEMENT}
"""At a school of the county."""

BY_NUMBER = frozenset({Registration.NONE, Registration.TEMPORARY, Registration.ACTIVE})
"""The registration follows the student number; every other one stays until what it stands for has ended."""

WITH_A_NUMBER = BY_NUMBER - {Registration.NONE}
"""A student file that a transfer can take along."""

WITH_A_FILE = frozenset(
    {
        Registration.TEMPORARY,
        Registration.ACTIVE,
        Registration.SUSPENDED,
        Registration.TRANSFER_PENDING,
        Registration.RETAINED_DROPOUT,
    }
)
"""在籍: the school keeps the child's student file (学籍)."""

STOPPED = frozenset({Registration.SUSPENDED, Registration.RETAINED_DROPOUT})
"""A student file that waits for the child to come back."""

ENDED = frozenset(
    {Attendance.COMPLETED, Attendance.DECEASED, Attendance.MISSING_DECLARED, Attendance.ABROAD, Attendance.MERGED},
)
"""Counted no more: every other child is counted each day."""

REGISTRATION_LABELS: dict[str, str] = {
    Registration.NONE: "无学籍",
    Registration.TEMPORARY: "临时学籍",
    Registration.ACTIVE: "正常",
    Registration.SUSPENDED: "休学",
    Registration.TRANSFER_PENDING: "转学办理中",
    Registration.RETAINED_DROPOUT: "辍学保留学籍",
    Registration.GRADUATED: "毕业",
    Registration.COMPLETED: "结业",
    Registration.CANCELLED: "注销",
}

ATTENDANCE_LABELS: dict[str, str] = {
    Attendance.NOT_DUE: "未到入学年龄",
    Attendance.DEFERRED: "延缓入学",
    Attendance.NEVER_ENROLLED: "失学（未入学）",
    Attendance.IN_SCHOOL: "在校",
    Attendance.IN_SCHOOL_UNREGISTERED: "在校未注册学籍",
    Attendance.HOME_TEACHING: "送教上门",
    Attendance.SPECIAL_PLACEMENT: "特殊教育安置",
    Attendance.ELSEWHERE_CONFIRMED: "外地就读（已核实）",
    Attendance.ON_APPROVED_LEAVE: "请假或休学",
    Attendance.ABSENT_UNEXCUSED: "无故缺勤",
    Attendance.SUSPECTED_DROPOUT: "疑似辍学",
    Attendance.DROPPED_OUT: "辍学",
    Attendance.UNTRACEABLE: "去向不明",
    Attendance.RETURNED_PROBATION: "返校观察",
    Attendance.COMPLETED: "完成义务教育",
    Attendance.DECEASED: "死亡",
    Attendance.MISSING_DECLARED: "宣告失踪",
    Attendance.ABROAD: "出国（境）",
    Attendance.MERGED: "重复档案（已合并）",
}


class StudentNumberKind(StrEnum):
    """What the first letter of the student number says; NONE: no number yet."""

    NONE = ""
    FORMAL = "G"
    FORMAL_WITHOUT_ID = "J"
    TEMPORARY = "L"

    @property
    def registration(self) -> Registration:
        match self:
            case StudentNumberKind.NONE:
                return Registration.NONE
            case StudentNumberKind.TEMPORARY:
                return Registration.TEMPORARY
            case _:
                return Registration.ACTIVE
