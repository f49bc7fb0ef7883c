"""Setting and taking off the mark: commands, refusals, decisions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.children.statuses import ATTENDANCE_LABELS, Attendance
from services.registry.marks.events import DropoutMarked, DropoutUnmarked
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, Refused

STILL_GONE = frozenset({Attendance.DROPPED_OUT, Attendance.UNTRACEABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDropout:
    NAME: ClassVar[str] = "registry.mark-dropout"
    child_id: ChildId
    receipt: str
    marked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmarkDropout:
    NAME: ClassVar[str] = "registry.unmark-dropout"
    child_id: ChildId
    receipt: str
    unmarked_on: date


class NothingToMark(Refused):
    """Only a confirmed dropout is marked: a suspicion is not."""

    code = "nothing-to-mark"

    def __init__(self, attendance: Attendance) -> None:
        super().__init__(
            f"该生目前状态为“{ATTENDANCE_LABELS[attendance]}”，只有确认辍学的学生才在学籍系统标注辍学。",
            f"only a confirmed dropout is marked; the child is {attendance}",
        )


class MarkMustStay(Refused):
    code = "mark-must-stay"

    def __init__(self, attendance: Attendance) -> None:
        super().__init__(
            f"该生目前状态为“{ATTENDANCE_LABELS[attendance]}”，尚未返校，不能撤销辍学标注。",
            f"the child is still {attendance}",
        )


class NotMarked(Refused):
    code = "not-marked"

    def __init__(self) -> None:
        super().__init__("该生在学籍系统没有辍学标注，无需撤销。", "the child bears no mark")


def mark_dropout(child: Child, command: MarkDropout, context: Context) -> list[DropoutMarked]:
    _check(child, "marked_on", command.marked_on, context)
    if child.marked_on is not None:
        return []
    if child.attendance is not Attendance.DROPPED_OUT:
        raise NothingToMark(child.attendance)
    return [DropoutMarked(child_id=child.id, receipt=command.receipt, marked_on=command.marked_on)]


def unmark_dropout(child: Child, command: UnmarkDropout, context: Context) -> list[DropoutUnmarked]:
    _check(child, "unmarked_on", command.unmarked_on, context)
    if child.marked_on is None:
        raise NotMarked()
    if child.attendance in STILL_GONE:
        raise MarkMustStay(child.attendance)
    if command.unmarked_on < child.marked_on:
        raise DateBefore("unmarked_on", "标注日期", "the mark", child.marked_on)
    return [DropoutUnmarked(child_id=child.id, receipt=command.receipt, unmarked_on=command.unmarked_on)]


def _check(child: Child, field: str, day: date, context: Context) -> None:
    if not child.registered:
        raise ChildNotRegistered()
    if day > context.today:
        raise DateInFuture(field)
