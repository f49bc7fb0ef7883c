"""Recording attempts to win a child back, and planning them after a dropout."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.ids import ChildId, PhotoHash
from services.visits.persuasion.events import PersuasionAttempted
from services.visits.persuasion.refusals import NextBeforeAttempt, NobodyTookPart
from services.visits.persuasion.vocabulary import Method
from services.visits.plans.state import Plan
from services.visits.refusals import ChildIsNotAway
from services.visits.vocabulary import Result, Whereabouts
from shared.calendar.lateness import lateness
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPersuasionAttempt:
    """Somebody asked the family to send the child back to school."""

    NAME: ClassVar[str] = "visits.record-persuasion-attempt"
    child_id: ChildId
    method: Method
    attempted_on: date
    persons: tuple[str, ...]
    result: Result
    place: Whereabouts = Whereabouts.NOT_TOLD
    next_on: date | None = None
    photos: tuple[PhotoHash, ...] = ()


def record_attempt(
    reused: Set[PhotoHash], plan: Plan, command: RecordPersuasionAttempt, context: Context
) -> list[PersuasionAttempted]:
    """`reused` are the photographs that had already served for another child: told, not refused."""
    if not plan.cycle:
        raise NotFound(plan.id)
    if plan.persuaded is not None and command.attempted_on > plan.persuaded.day:
        raise ChildIsNotAway(plan.persuaded)
    check_days(plan, context.today, "attempted_on", command.attempted_on, command.next_on)
    if not command.persons:
        raise NobodyTookPart()
    return [attempted(reused, plan, command, context)]


def attempted(
    reused: Set[PhotoHash], plan: Plan, command: RecordPersuasionAttempt, context: Context
) -> PersuasionAttempted:
    """The attempt, numbered within the cycle."""
    due_on = plan.attempts_due[plan.attempts].day if plan.attempts < len(plan.attempts_due) else None
    return PersuasionAttempted(
        child_id=plan.id,
        attempt_no=plan.attempts + 1,
        method=command.method,
        attempted_on=command.attempted_on,
        persons=command.persons,
        place=command.place,
        result=command.result,
        next_on=command.next_on,
        photos=command.photos,
        photos_reused=tuple(photo for photo in command.photos if photo in reused),
        recorded_by=context.actor,
        due_on=due_on,
        entered_on=context.today,
        lateness=lateness(due_on, command.attempted_on, context.today) if due_on else None,
        afterwards=not plan.is_away,
        cycle=plan.cycle,
    )


def check_days(plan: Plan, today: date, field: str, day: date, next_on: date | None) -> None:
    """A contact lies between the first day of the absence and today, and the next one after it."""
    if day > today:
        raise DateInFuture(field)
    if day < plan.absent_since:
        raise DateBefore(field, "缺课开始日期", "the first day of the absence", plan.absent_since)
    if next_on is not None and next_on <= day:
        raise NextBeforeAttempt()
