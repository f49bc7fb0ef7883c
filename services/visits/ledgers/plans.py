"""One row a child that was ever away: how its plan stands, and its team."""

from datetime import date
from typing import Any, assert_never

from services.visits.due_days.events import DueDayMoved, Matter
from services.visits.household_visits.vocabulary import EndReason
from services.visits.persuasion.events import (
    PersuasionAttempted,
    PersuasionEvent,
    PersuasionPlanned,
    PersuasionStopped,
)
from services.visits.plans.events import PlanClosed, PlanEvent, PlanMoved, PlanOpened, PlanReopened
from services.visits.plans.state import PlanStatus
from services.visits.teams.events import ReturnTeamAssigned, ReturnTeamProposed, TeamEvent
from shared.calendar import provisional_note
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

TEAM_COMPLETE = "TEAM_ASSIGNED"
TEAM_INCOMPLETE = "TEAM_INCOMPLETE"


def apply(row: Row | None, event: PlanEvent | PersuasionEvent | TeamEvent | DueDayMoved, _: Recorded) -> Row:
    row = row or {"child_id": event.child_id, "status": PlanStatus.NONE.value, "attempts": 0}
    match event:
        case PlanOpened() | PlanReopened():
            return {**row, **_begun(event)}
        case PlanMoved():
            return row  # it stands at the new place from now on
        case PlanClosed(closed_on=day, reason=reason):
            return {**row, **_closed(day, reason)}
        case PersuasionPlanned():
            due = [_due(day, provisional=day in event.provisional) for day in event.attempts_due]
            return _with_next_due({**row, "attempts_due": due})
        case DueDayMoved():
            due = [*row["attempts_due"]]
            due[int(event.item) - 1] = _due(event.due_on, provisional=event.provisional)
            return _with_next_due({**row, "attempts_due": due})
        case PersuasionAttempted():
            return _with_next_due({**row, **_attempted(event)})
        case PersuasionStopped():
            return {**row, **_stopped(event)}
        case ReturnTeamProposed() | ReturnTeamAssigned():
            return {**row, **_team(event)}
        case _:
            assert_never(event)


def _begun(event: PlanOpened | PlanReopened) -> Row:
    return {
        "status": PlanStatus.PERSUADING.value,
        "cycle": event.cycle,
        "absent_since": event.absent_since.isoformat(),
        "opened_on": event.opened_on.isoformat(),
        "attempts": 0,
        "attempts_due": [],
        "next_due": None,
        "due_note": "",
        "last_attempt_on": None,
        "last_result": "",
        "returned_on": None,
        "closed_on": None,
        "closed_for": "",
    }


def _closed(day: date, reason: EndReason) -> Row:
    nothing = {"next_due": None, "due_note": ""}
    return {"status": PlanStatus.CLOSED.value, "closed_on": day.isoformat(), "closed_for": reason.value, **nothing}


def _attempted(event: PersuasionAttempted) -> Row:
    return {
        "attempts": event.attempt_no,
        "last_attempt_on": event.attempted_on.isoformat(),
        "last_result": event.result.value,
    }


def _with_next_due(row: Row) -> Row:
    """The planned day of the first attempt not yet made, while the child is to be persuaded."""
    due = row.get("attempts_due", []) if row["status"] == PlanStatus.PERSUADING else []
    left = due[row["attempts"] :]
    first = left[0] if left else _NOTHING_DUE
    return {**row, "next_due": first["due_on"], "due_note": first["due_note"]}


def _due(day: date, *, provisional: bool) -> Row:
    return {"due_on": day.isoformat(), "due_note": provisional_note(day, provisional=provisional)}


_NOTHING_DUE: Row = {"due_on": None, "due_note": ""}


def _stopped(event: PersuasionStopped) -> Row:
    return {
        "status": PlanStatus.FOLLOWING_UP.value,
        "cycle": event.cycle,
        "returned_on": event.returned_on.isoformat(),
        "next_due": None,
        "due_note": "",
    }


def _team(event: TeamEvent) -> Row:
    return {
        "teacher": event.teacher,
        "village_cadre": event.village_cadre,
        "guardian": event.guardian,
        "team_status": TEAM_COMPLETE if isinstance(event, ReturnTeamAssigned) else TEAM_INCOMPLETE,
        "team_cycle": event.cycle,
    }


def _key(event: Any, _: Recorded) -> str | None:
    """One row a child; of the days that move, those of attempts stand in it."""
    other = isinstance(event, DueDayMoved) and event.matter is not Matter.ATTEMPT
    return None if other else str(event.child_id)


PLANS = Ledger(
    name="persuasion-plans",
    source="visits",
    events=frozenset(
        {
            PlanOpened,
            PlanReopened,
            PlanMoved,
            PlanClosed,
            PersuasionPlanned,
            PersuasionAttempted,
            PersuasionStopped,
            ReturnTeamProposed,
            ReturnTeamAssigned,
            DueDayMoved,
        }
    ),
    apply=apply,
    key=_key,
    indexes=(Index(("status",)),),
)
