"""What stands against a headcount."""

from collections.abc import Sequence

from shared.kernel.refusals import Kind, Refused


class TermNotRunning(Refused):
    """Today's pupils are no other term's."""

    code = "term-not-running"
    kind = Kind.INVALID

    def __init__(self, running: str) -> None:
        super().__init__(
            f"花名册和人数只能按本学期（{running}）登记，请核对学期。",
            f"rosters and headcounts are those of the present term, {running}",
            field="term",
        )


class NoSuchClass(Refused):
    code = "no-such-class"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "该班没有在册学生，请核对年级和班级。", "nobody is registered in this class", field="class_no"
        )


class NotOfThisClass(Refused):
    code = "not-of-this-class"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "所列“在籍不在校”学生中有人的学籍不在本班，请核对。",
            "a pupil said to be missing is not registered in this class",
            field="differences",
        )


class CountedTwice(Refused):
    code = "counted-twice"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("同一名学生在差异中出现了两次，请核对。", "a pupil is named twice", field="differences")


class DifferenceNotSoNamed(Refused):
    code = "pupil-not-so-named"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "差异中有学生的编号和姓名不相符，请核对。",
            "a difference states the id of one child and the name of another",
            field="differences",
        )


class CountDoesNotAddUp(Refused):
    code = "count-does-not-add-up"
    kind = Kind.INVALID

    def __init__(self, registered: int, missing: int, known: int, extra: int, adds_up_to: int, actual: int) -> None:
        super().__init__(
            f"在籍{registered}人，减去在籍不在校{missing}人（其中系统已知休学、送教、外地就读、辍学等{known}人，无须填报），加上在校无学籍{extra}人，应为{adds_up_to}人，"
            f"与填报的实际人数{actual}人不符，请逐人说明差异。",
            f"{registered} - {missing} ({known} of them known) + {extra} is {adds_up_to} and not {actual}",
            field="actual",
        )


class ClassesNotCounted(Refused):
    code = "classes-not-counted"

    def __init__(self, classes: Sequence[str]) -> None:
        super().__init__(
            f"以下班级本学期尚未清点，或清点后学籍有变动：{'、'.join(classes)}（年级-班）。请清点后再签字确认。",
            f"{len(classes)} classes are not counted",
        )
