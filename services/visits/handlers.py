"""How each command is handled: what is read for it, who decides, who may send it."""

from collections.abc import Callable, Sequence, Set
from datetime import date
from typing import Any

from services.visits import facts
from services.visits.assignments.decisions import (
    AssignClassTeacher,
    AssignVillageCadre,
    assign_class_teacher,
    assign_village_cadre,
)
from services.visits.assignments.state import POSTS, class_post, village_post
from services.visits.assignments.taking_up import MOST_CHILDREN_OF_A_POST, TakeUpPost, take_up
from services.visits.due_days.moving import recomputes_due_days
from services.visits.household_visits.events import HouseholdVisitRecorded
from services.visits.household_visits.opening import (
    NoteHouseholdVisitOverdue,
    OpenHouseholdVisit,
    ReassignHouseholdVisit,
    note_overdue,
    open_visit,
    reassign_visit,
)
from services.visits.household_visits.recording import RecordHouseholdVisit, record_visit
from services.visits.ids import Division, PhotoHash, SchoolCode
from services.visits.persuasion.decisions import RecordPersuasionAttempt, record_attempt
from services.visits.persuasion.events import PersuasionAttempted
from services.visits.photos.decisions import NotePhotoUploaded, note_uploaded
from services.visits.photos.events import PhotoUsed
from services.visits.photos.state import PHOTOS
from services.visits.plans.decisions import (
    ClosePlan,
    StandDown,
    StopPersuasion,
    close_plan,
    stand_down,
    stop_persuasion,
)
from services.visits.plans.following import FollowChild, follow_child
from services.visits.plans.state import PLANS, Plan
from services.visits.policy import Policy
from services.visits.roles import BUREAU, FIELD, INSPECTION, OFFICE, SYSTEM, TOWNSHIP
from services.visits.stability.decisions import RecordStabilityCheck, record_check
from services.visits.teams.decisions import AssignReturnTeam, ProposeReturnTeam, assign_team, propose_team
from shared.calendar import CalendarInForce
from shared.calendar.live import asks
from shared.kernel.aggregates import Ref
from shared.kernel.commands import CommandTable, Context, Handler, decides
from shared.kernel.unit_of_work import UnitOfWork


def commands(policy: Policy, calendar: CalendarInForce) -> CommandTable:
    """Every command of this service, with the roles that may send it; without roles, the service alone."""
    return CommandTable(
        [
            _opens_visits(policy, calendar),
            _proposes_teams(policy, calendar),
            _of_plan(StopPersuasion, asks(calendar, stop_persuasion, policy.stability), SYSTEM),
            _of_plan(ClosePlan, close_plan, SYSTEM),
            _of_plan(StandDown, stand_down, SYSTEM),
            _follows_children(),
            _of_plan(NoteHouseholdVisitOverdue, note_overdue, SYSTEM),
            _of_plan(ReassignHouseholdVisit, reassign_visit, OFFICE),
            _with_photos(RecordHouseholdVisit, record_visit, _visit_used, FIELD),
            _with_photos(RecordPersuasionAttempt, record_attempt, _attempt_used, FIELD),
            _of_plan(AssignReturnTeam, assign_team, OFFICE | TOWNSHIP),
            _of_plan(RecordStabilityCheck, record_check, FIELD | INSPECTION),
            _assigns_class_teachers(),
            decides(
                AssignVillageCadre,
                POSTS,
                lambda command: village_post(command.division),
                assign_village_cadre,
                TOWNSHIP | BUREAU,
            ),
            _takes_up_posts(),
            _notes_uploads(),
            *recomputes_due_days(policy, calendar),
        ]
    )


def _of_plan(
    command: type[Any], decide: Callable[[Plan, Any, Context], Sequence[Any]], roles: frozenset[str]
) -> Handler:
    return decides(command, PLANS, lambda order: order.child_id, decide, roles)


def _plan_ref(command: Any) -> Sequence[Ref]:
    return (PLANS.ref(command.child_id),)


def _opens_visits(policy: Policy, calendar: CalendarInForce) -> Handler:
    def handle(work: UnitOfWork, command: OpenHouseholdVisit, context: Context) -> None:
        (ref,) = _plan_ref(command)
        teacher = facts.who_goes(work, command.child_id, command.away.division)
        work.append(ref, open_visit(policy.visits, calendar(), teacher, work.load(ref), command, context))

    return Handler(OpenHouseholdVisit, _plan_ref, handle, SYSTEM)


def _proposes_teams(policy: Policy, calendar: CalendarInForce) -> Handler:
    def handle(work: UnitOfWork, command: ProposeReturnTeam, context: Context) -> None:
        (ref,) = _plan_ref(command)
        team = facts.responsible_team(work, command.child_id, command.away.division)
        work.append(ref, propose_team(policy.persuasion, calendar(), team, work.load(ref), command, context))

    return Handler(ProposeReturnTeam, _plan_ref, handle, SYSTEM)


def _follows_children() -> Handler:
    def handle(work: UnitOfWork, command: FollowChild, context: Context) -> None:
        (ref,) = _plan_ref(command)
        plan: Plan = work.load(ref)
        if plan.cycle:  # most children were never away: nothing more is read for them
            responsible = facts.responsible_now(work, command.child_id, command.division)
            work.append(ref, follow_child(responsible, plan, command, context))

    return Handler(FollowChild, _plan_ref, handle, SYSTEM)


def _assigns_class_teachers() -> Handler:
    def ref_of(command: AssignClassTeacher) -> Ref:
        return POSTS.ref(class_post(command.school_code, command.grade, command.class_no))

    def handle(work: UnitOfWork, command: AssignClassTeacher, context: Context) -> None:
        ref = ref_of(command)
        division = facts.division_of_school(work, command.school_code)
        work.append(ref, assign_class_teacher(division, work.load(ref), command, context))

    return Handler(AssignClassTeacher, lambda command: (ref_of(command),), handle, OFFICE)


def _takes_up_posts() -> Handler:
    def handle(work: UnitOfWork, command: TakeUpPost, _: Context) -> None:
        children = facts.children_of_post(work, command, MOST_CHILDREN_OF_A_POST)
        refs = [PLANS.ref(child_id) for child_id in children]
        work.preload(refs)
        for ref in refs:
            plan: Plan = work.load(ref)
            if plan.is_running:
                division = Division(plan.place.division)
                goes = facts.who_goes(work, plan.id, division)
                work.append(ref, take_up(goes, facts.responsible_team(work, plan.id, division), plan))

    return Handler(TakeUpPost, lambda command: (POSTS.ref(command.post),), handle, SYSTEM)


def _notes_uploads() -> Handler:
    def handle(work: UnitOfWork, command: NotePhotoUploaded, context: Context) -> None:
        # not loaded: somebody elsewhere may have uploaded the same bytes, which must not read as "not found"
        uploaded = facts.is_uploaded(work, command.photo)
        work.append(PHOTOS.ref(command.photo), note_uploaded(uploaded, command, context))

    return Handler(NotePhotoUploaded, lambda command: (PHOTOS.ref(command.photo),), handle, FIELD)


def _with_photos(
    command: type[Any],
    decide: Callable[[Set[PhotoHash], Plan, Any, Context], Sequence[Any]],
    use: Callable[[Any], tuple[str, date]],
    roles: frozenset[str],
) -> Handler:
    """A record on a child with photographs: each one's own stream, in whatever partition, learns of its use."""

    def touches(order: Any) -> Sequence[Ref]:
        return (PLANS.ref(order.child_id), *(PHOTOS.ref(photo) for photo in dict.fromkeys(order.photos)))

    def handle(work: UnitOfWork, order: Any, context: Context) -> None:
        ref, *photos = touches(order)
        plan: Plan = work.load(ref)
        events = decide(facts.used_for_others(work, order.child_id, order.photos), plan, order, context)
        work.append(ref, events)
        occasion, used_on = use(events[0])
        for photo in photos:
            work.append(photo, [_used(PhotoHash(photo.id), plan, occasion, used_on)])

    return Handler(command, touches, handle, roles)


def _used(photo: PhotoHash, plan: Plan, occasion: str, used_on: date) -> PhotoUsed:
    return PhotoUsed(
        photo=photo,
        child_id=plan.id,
        occasion=occasion,
        used_on=used_on,
        division=Division(plan.place.division),
        school_code=SchoolCode(plan.place.school),
    )


def _visit_used(event: HouseholdVisitRecorded) -> tuple[str, date]:
    return event.visit_id, event.visited_on


def _attempt_used(event: PersuasionAttempted) -> tuple[str, date]:
    return f"attempt-{event.cycle}-{event.attempt_no}", event.attempted_on
