"""The return cases, one row a child: where the current cycle stands. Earlier cycles stay readable in the row."""

from typing import Any, get_args

from services.supervision.ids import ChildId
from services.supervision.ledgers.stored import state_of, with_state
from services.supervision.obligations.duties import Duty
from services.supervision.obligations.state import ObligationStatus
from services.supervision.return_cases.checks import found_in_class
from services.supervision.return_cases.cycle import CaseEvent, CaseStatus, Cycle
from services.supervision.return_cases.events import Trigger
from services.supervision.return_cases.state import Case, evolve
from services.supervision.return_notices.state import NoticeStatus
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

CASE_EVENTS = frozenset(get_args(CaseEvent))


def apply(row: Row | None, event: Any, _: Recorded) -> Row:
    case = evolve(state_of(row, Case) or Case(id=ChildId(event.child_id)), event)
    return with_state(case, _columns(case))


def _columns(case: Case) -> Row:
    cycle = case.current
    if cycle is None or cycle.begun is None:
        return {"child_id": case.id, "status": CaseStatus.UNOPENED, "cycle": 0, "relapse_count": 0, "overdue": 0}
    return {
        "child_id": case.id,
        "cycle": cycle.number,
        "status": cycle.status,
        "trigger": cycle.begun.trigger,
        "opened_on": cycle.begun.opened_on,
        "opened_division": cycle.begun.division,
        "opened_school": cycle.begun.school_code,
        "moved_on": cycle.moves[-1].moved_on if cycle.moves else None,
        "moved_because": cycle.moves[-1].because if cycle.moves else "",
        "absent_since": cycle.begun.absent_since,
        "poor": "YES" if cycle.begun.poor else "NO",
        "relapse_count": case.relapses,
        "relapsed_on": _last_relapse(case),
        "overdue": sum(each.status is ObligationStatus.OVERDUE for each in cycle.obligations),
        **_persuasion(cycle),
        **_reports(cycle),
        **_notice(cycle),
        **_ending(cycle),
    }


def _last_relapse(case: Case) -> Any:
    relapses = [each.begun.opened_on for each in case.cycles if each.begun and each.begun.trigger is Trigger.RELAPSE]
    return relapses[-1] if relapses else None


def _persuasion(cycle: Cycle) -> Row:
    team, last = cycle.team, cycle.attempts[-1] if cycle.attempts else None
    return {
        "teacher": team.teacher if team else "",
        "village_cadre": team.village_cadre if team else "",
        "team_guardian": team.guardian if team else "",
        "visited_on": cycle.visits[0].visited_on if cycle.visits else None,
        "attempts": len(cycle.attempts),
        "last_attempt_on": last.attempted_on if last else None,
        "last_result": last.result if last else "",
        "confirmed_on": cycle.dropout.confirmed_on if cycle.dropout else None,
    }


def _reports(cycle: Cycle) -> Row:
    first = cycle.obligation(Duty.REPORT_SUSPECTED)
    return {
        "report_due_on": first.due_on if first else None,
        "reported_on": cycle.reports[0].reported_on if cycle.reports else None,
    }


def _notice(cycle: Cycle) -> Row:
    valid = [each for each in cycle.notices if each.status is not NoticeStatus.WITHDRAWN]
    last = valid[-1] if valid else None
    return {
        "notice_status": last.status if last else "",
        "notice_number": last.issue.number if last and last.issue else "",
        "notice_last_day": last.service.last_day if last and last.service else None,
    }


def _ending(cycle: Cycle) -> Row:
    return {
        "returned_on": cycle.returned.returned_on if cycle.returned else None,
        "return_event": cycle.returned.return_event if cycle.returned else None,
        "stabilised_on": cycle.stabilised_on,
        "checks": f"{len(found_in_class(cycle))}/{cycle.checks_planned}" if cycle.returned else "",
        "search_ended_on": cycle.ended.ended_on if cycle.ended else None,
        "search_ended_because": cycle.ended.because if cycle.ended else "",
        "lapsed_on": cycle.lapsed.lapsed_on if cycle.lapsed else None,
        "closure_requested_on": cycle.request.requested_on if cycle.request else None,
        "closure_rejected_on": cycle.rejected.rejected_on if cycle.rejected else None,
        "closure_rejected_because": cycle.rejected.ground if cycle.rejected else "",
        "closed_on": cycle.closed.closed_on if cycle.closed else None,
        "closure_reason": cycle.closed.reason if cycle.closed else "",
    }


RETURN_CASES = Ledger(
    name="return-cases",
    source="supervision",
    events=CASE_EVENTS,
    apply=apply,
    indexes=(Index(("status",)), Index(("relapse_count",))),
)
