"""What cannot be done with a visit."""

from services.visits.household_visits.vocabulary import END_LABELS
from services.visits.plans.state import End
from shared.kernel.refusals import Kind, Refused


class VisitNotKnown(Refused):
    code = "visit-not-known"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("没有这项走访任务，请核对任务编号。", "the child has no such visit", field="visit_id")


class VisitAlreadyRecorded(Refused):
    code = "visit-already-recorded"

    def __init__(self) -> None:
        super().__init__("这项走访任务已经登记完成，不能重复登记。", "the visit was recorded before", field="visit_id")


class VisitCancelled(Refused):
    code = "visit-cancelled"

    def __init__(self, end: End) -> None:
        super().__init__(
            f"这项走访任务自{end.day:%Y-%m-%d}起已取消，原因：{END_LABELS[end.reason]}；"
            "补录此前的走访，请填写当日或之前的实际走访日期。",
            f"the visit is not needed after {end.day}: {end.reason}",
            field="visit_id",
        )


class NobodyWasThere(Refused):
    code = "nobody-was-there"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "请至少填写一名参加走访的人员。", "a visit names at least one person who took part", field="people"
        )


class TeacherNotNamed(Refused):
    code = "teacher-not-named"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("请填写接手走访任务的教师。", "name the teacher who takes over", field="teacher")
