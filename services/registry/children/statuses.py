"""The two axes of schooling: where the student file (学籍) is, and where the child (人) is."""

from enum import StrEnum


class Registration(StrEnum):
    """学籍状态. Only the part of the whole list that the registry can reach so far."""

    NONE = "NONE"
    TEMPORARY = "TEMPORARY"  # an L number
    ACTIVE = "ACTIVE"
    RETAINED_DROPOUT = "RETAINED_DROPOUT"  # dropped out, the file is kept


class Attendance(StrEnum):
    """就学状态."""

    NOT_DUE = "NOT_DUE"
    NEVER_ENROLLED = "NEVER_ENROLLED"
    IN_SCHOOL = "IN_SCHOOL"
    ON_APPROVED_LEAVE = "ON_APPROVED_LEAVE"
    ABSENT_UNEXCUSED = "ABSENT_UNEXCUSED"
    SUSPECTED_DROPOUT = "SUSPECTED_DROPOUT"
    DROPPED_OUT = "DROPPED_OUT"
    RETURNED_PROBATION = "RETURNED_PROBATION"


AWAY = frozenset({Attendance.SUSPECTED_DROPOUT, Attendance.DROPPED_OUT})
"""Only a check-in at school ends these."""

REGISTRATION_LABELS: dict[str, str] = {
    Registration.NONE: "无学籍",
    Registration.TEMPORARY: "临时学籍",
    Registration.ACTIVE: "正常",
    Registration.RETAINED_DROPOUT: "辍学保留学籍",
}

ATTENDANCE_LABELS: dict[str, str] = {
    Attendance.NOT_DUE: "未到入学年龄",
    Attendance.NEVER_ENROLLED: "失学（未入学）",
    Attendance.IN_SCHOOL: "在校",
    Attendance.ON_APPROVED_LEAVE: "请假",
    Attendance.ABSENT_UNEXCUSED: "无故缺勤",
    Attendance.SUSPECTED_DROPOUT: "疑似辍学",
    Attendance.DROPPED_OUT: "辍学",
    Attendance.RETURNED_PROBATION: "返校观察",
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
