"""Undoing a suspicion or a confirmed dropout that was a mistake. State machine C-2, transition 27."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.marks.events import DropoutMarkCorrected
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Papers
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDropoutMark:
    """On the county's approval, and a paper that shows the child at school all the time."""

    NAME: ClassVar[str] = "registry.correct-dropout-mark"
    child_id: ChildId
    reason: str
    corrected_on: date
    papers: Papers


def correct_dropout_mark(child: Child, command: CorrectDropoutMark, context: Context) -> list[DropoutMarkCorrected]:
    """A child that really was away comes back by a check-in, not by this."""
    guard("MARK_CORRECTION", child, ("corrected_on", command.corrected_on), command.papers, context)
    enrolment = enrolment_of(child)
    away_since = child.absent_since or command.corrected_on
    if command.corrected_on < away_since:
        raise DateBefore("corrected_on", "缺勤开始日期", "the absence", away_since)
    return [
        DropoutMarkCorrected(
            child_id=child.id,
            school_code=enrolment.school_code,
            after=child.attendance.value,
            back_to=child.in_class.value,
            away_since=away_since,
            reason=command.reason,
            papers=list(command.papers),
            cycle=child.cycle,
            corrected_on=command.corrected_on,
        )
    ]
