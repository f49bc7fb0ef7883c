"""Recording what a visit found."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.household_visits.events import HouseholdVisitRecorded
from services.visits.household_visits.opening import unrecorded_visit
from services.visits.household_visits.refusals import NobodyWasThere, VisitCancelled
from services.visits.household_visits.vocabulary import Cause
from services.visits.ids import ChildId, PhotoHash, VisitId
from services.visits.persuasion.decisions import RecordPersuasionAttempt, attempted, check_days
from services.visits.persuasion.events import PersuasionAttempted
from services.visits.persuasion.vocabulary import Method
from services.visits.plans.state import Plan, Visit
from services.visits.vocabulary import Result, Whereabouts
from shared.calendar.lateness import lateness
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHouseholdVisit:
    """Complete a visit. `counts_as_attempt`: the family was also asked to send the child back."""

    NAME: ClassVar[str] = "visits.record-household-visit"
    child_id: ChildId
    visit_id: VisitId
    visited_on: date
    place: Whereabouts
    people: tuple[str, ...]
    cause: Cause
    result: Result
    photos: tuple[PhotoHash, ...] = ()
    next_on: date | None = None
    counts_as_attempt: bool = False


def record_visit(
    reused: Set[PhotoHash], plan: Plan, command: RecordHouseholdVisit, context: Context
) -> list[HouseholdVisitRecorded | PersuasionAttempted]:
    """`reused` are the photographs that had already served for another child: told, not refused."""
    visit = unrecorded_visit(plan, command.visit_id)
    _check_needed(plan, visit, command.visited_on)
    check_days(plan, context.today, "visited_on", command.visited_on, command.next_on)
    if not command.people:
        raise NobodyWasThere()
    recorded = HouseholdVisitRecorded(
        child_id=plan.id,
        visit_id=visit.id,
        visited_on=command.visited_on,
        place=command.place,
        people=command.people,
        cause=command.cause,
        result=command.result,
        photos=command.photos,
        photos_reused=tuple(photo for photo in command.photos if photo in reused),
        recorded_by=context.actor,
        due_on=visit.due.day,
        entered_on=context.today,
        lateness=lateness(visit.due.day, command.visited_on, context.today),
        afterwards=visit.ended is not None,
        cycle=visit.cycle,
    )
    if not command.counts_as_attempt:
        return [recorded]
    return [recorded, attempted(reused, plan, as_attempt(command), context)]


def _check_needed(plan: Plan, visit: Visit, visited_on: date) -> None:
    """Whoever went while it was needed may say so afterwards: it may be why the child is back."""
    if visit.ended is not None and (visit.cycle != plan.cycle or visited_on > visit.ended.day):
        raise VisitCancelled(visit.ended)


def as_attempt(command: RecordHouseholdVisit) -> RecordPersuasionAttempt:
    """The visit told as an attempt of persuasion."""
    return RecordPersuasionAttempt(
        child_id=command.child_id,
        method=Method.VISIT,
        attempted_on=command.visited_on,
        persons=command.people,
        place=command.place,
        result=command.result,
        next_on=command.next_on,
        photos=command.photos,
    )
