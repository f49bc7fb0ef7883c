"""What stands against registering, closing or restoring a school, and against entering one that has closed."""

from datetime import date

from shared.kernel.refusals import Kind, Refused


class SchoolNotRegistered(Refused):
    code = "school-not-registered"
    kind = Kind.INVALID

    def __init__(self, field: str = "school_code") -> None:
        super().__init__(
            "学校不在学校名单中，请先登记学校或核对学校标识码。", "no such school is registered", field=field
        )


class LevelOfKindergartensOnly(Refused):
    code = "level-of-kindergartens-only"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "示范级别只适用于幼儿园，请核对办学类型或去掉示范级别。",
            "only a kindergarten has a demonstration level",
            field="demonstration_level",
        )


class SchoolNoLongerOpen(Refused):
    """The school has merged or closed, or is about to."""

    code = "school-no-longer-open"

    def __init__(self, closed_on: date, receiving_school_name: str) -> None:
        super().__init__(
            f"该校自{closed_on:%Y-%m-%d}起撤并，学生由{receiving_school_name}接收，请到接收学校办理。",
            f"the school closes on {closed_on}; {receiving_school_name} receives its pupils",
            field="school_code",
        )


class ReceivingSchoolNotOpen(Refused):
    """Another open school must receive the pupils."""

    code = "receiving-school-not-open"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}是正在撤并的学校，不能作为接收学校，请另选一所在办学校。",
            f"{name} is itself closing and cannot receive pupils",
            field="receiving_school_code",
        )


class ReceivingSchoolDoesNotTeach(Refused):
    code = "receiving-school-does-not-teach"

    def __init__(self, name: str, grade: int) -> None:
        super().__init__(
            f"本校有{grade}年级学生，{name}没有这一学段，不能接收；请另选接收学校，或先为这些学生办理转学。",
            f"{name} does not teach grade {grade}, in which the school has pupils",
            field="receiving_school_code",
        )


class GradeNotTaught(Refused):
    code = "grade-not-taught"
    kind = Kind.INVALID

    def __init__(self, school_name: str, grade: int) -> None:
        super().__init__(
            f"{school_name}没有{grade}年级，请核对年级或学校。",
            f"{school_name} does not teach grade {grade}",
            field="grade",
        )


class SchoolNotClosed(Refused):
    code = "school-not-closed"

    def __init__(self) -> None:
        super().__init__("该校没有撤并，不需要恢复。", "the school has neither merged nor closed")
