"""A case goes where the child goes, with whatever is still to be done."""

from datetime import date

from services.supervision.ids import ChildId
from services.supervision.obligations.events import ObligationHandedOver
from services.supervision.return_cases.commands import MoveCase
from services.supervision.return_cases.cycle import CaseEvent, Cycle
from services.supervision.return_cases.events import CaseMoved
from services.supervision.return_cases.state import Case
from services.supervision.return_notices.events import NoticeHandedOver
from shared.kernel.caller import Place
from shared.kernel.commands import Context


def move_case(case: Case, command: MoveCase, _: Context) -> list[CaseEvent]:
    """Of a case in hand. Whoever had it acts on it no more; what they did stays theirs, and so does a closed case."""
    cycle = case.current
    if cycle is None or not cycle.open:
        return []
    before, school = cycle.place, command.school_code or cycle.place.school
    if before == Place(command.division, school):
        return []
    moved = CaseMoved(
        child_id=case.id,
        cycle=cycle.number,
        from_division=before.division,
        from_school_code=before.school,
        division=command.division,
        school_code=school,
        because=command.because,
        fact=command.fact,
        moved_on=command.moved_on,
    )
    return [moved, *_handed_over(case.id, cycle, Place(command.division, school), command.moved_on)]


def _handed_over(child_id: ChildId, cycle: Cycle, to: Place, on: date) -> list[CaseEvent]:
    duties = [each.duty for each in cycle.obligations if each.open]
    notices = [each.id for each in cycle.notices if each.live]
    return [
        *(
            ObligationHandedOver(
                child_id=child_id,
                cycle=cycle.number,
                duty=duty,
                division=to.division,
                school_code=to.school,
                handed_over_on=on,
            )
            for duty in duties
        ),
        *(
            NoticeHandedOver(
                child_id=child_id,
                cycle=cycle.number,
                notice_id=notice_id,
                division=to.division,
                school_code=to.school,
                handed_over_on=on,
            )
            for notice_id in notices
        ),
    ]
