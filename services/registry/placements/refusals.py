"""What stands against a placement."""

from shared.kernel.refusals import Kind, Refused


class NotOnDisabilityList(Refused):
    code = "not-on-disability-list"

    def __init__(self) -> None:
        super().__init__(
            "该生不在残疾儿童名单上，不能办理残疾学生安置；如确有残疾，请先列入“残疾儿童”重点群体并写明依据。",
            "placements are for children on the list of the disabled",
        )


class FileNeededFirst(Refused):
    """Who is taught at home keeps a student file. Rule 9-12."""

    code = "file-needed-first"

    def __init__(self) -> None:
        super().__init__(
            "送教上门的学生必须先注册学籍，请先补录学籍号。", "who is taught at home needs a student file first"
        )


class TeacherMissing(Refused):
    code = "home-teacher-missing"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("送教上门须指定送教教师，请填写教师姓名。", "home teaching needs a teacher", field="teacher")


class NotPlaced(Refused):
    code = "not-placed"

    def __init__(self) -> None:
        super().__init__("该生还没有安置决定，不能复评，请先办理安置。", "the child has no placement to be reviewed")


class SamePlacement(Refused):
    code = "same-placement"

    def __init__(self, label: str) -> None:
        super().__init__(
            f"该生现在就是“{label}”，如委员会复评后不调整，请登记“安置复评”。", "the placement is the present one"
        )


class NotTaughtAtHome(Refused):
    code = "not-taught-at-home"

    def __init__(self) -> None:
        super().__init__("该生目前不是送教上门学生，请核对学生。", "the child is not taught at home")


class MonthNotOver(Refused):
    code = "month-not-over"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("这个月还没有结束，月底后才能认定送教次数不足。", "the month is not over yet", field="month")


class QuotaMet(Refused):
    code = "home-teaching-quota-met"
    kind = Kind.INVALID

    def __init__(self, needed: int) -> None:
        super().__init__(
            f"当月有效送教已达到{needed}次，不属于送教中断。",
            f"{needed} valid sessions are enough",
            field="valid_sessions",
        )


class TaughtAtHome(Refused):
    """The attendance book of a class says nothing of who is taught at home."""

    code = "taught-at-home"

    def __init__(self) -> None:
        super().__init__(
            "该生由学校送教上门，不记班级考勤，请从考勤表中删去。", "the child is taught at home, not in class"
        )
