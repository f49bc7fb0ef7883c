"""What stands against an end of schooling."""

from datetime import date

from services.registry.children.statuses import ATTENDANCE_LABELS, Attendance
from shared.kernel.refusals import Kind, Refused


class SchoolingEnded(Refused):
    """Nothing of school life is recorded any more."""

    code = "schooling-ended"

    def __init__(self, attendance: Attendance) -> None:
        super().__init__(
            f"该生的状态已是“{ATTENDANCE_LABELS[attendance]}”，不能再登记就学情况；如登记有误，请先办理更正。",
            f"the child's schooling has ended: {attendance}",
        )


class GraduatedWhileSuspended(Refused):
    code = "graduated-while-suspended"

    def __init__(self) -> None:
        super().__init__(
            "该生正在休学，不能登记毕业；请先办理复学。", "the pupil is suspended: record its resumption first"
        )


class NotInLastGrade(Refused):
    code = "not-in-last-grade"

    def __init__(self, grade: int, needed: int) -> None:
        super().__init__(
            f"该生在{grade}年级，只有{needed}年级学生才能办理，请核对年级。",
            f"the child is in grade {grade}, not in {needed}",
            field="child_id",
        )


class NotLostLongEnough(Refused):
    code = "not-lost-long-enough"

    def __init__(self, lost_on: date, years: int) -> None:
        super().__init__(
            f"该生自{lost_on:%Y-%m-%d}起去向不明，未满{years}年，法院尚不能宣告失踪，请核对判决书日期。",
            f"lost since {lost_on}, which is less than {years} years",
            field="declared_on",
        )


class SameSchool(Refused):
    code = "same-next-school"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "升入的学校就是现在的学校；九年一贯制学校直接升级，无需办理小学毕业。",
            "the next school is the present one",
            field="next_school_code",
        )
