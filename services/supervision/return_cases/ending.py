"""Nobody need look for the child any more, or must again: what that does to a case."""

from datetime import date

from services.supervision.obligations.raising import raise_duty
from services.supervision.policy import Terms
from services.supervision.return_cases.commands import CURRENT, EndSearch, NoteBirth, NoteLapse
from services.supervision.return_cases.cycle import CaseEvent, Cycle
from services.supervision.return_cases.events import GroundLapsed, SearchEnded
from services.supervision.return_cases.reasons import ClosureReason
from services.supervision.return_cases.state import Case
from services.supervision.return_cases.stopping import stop_clocks
from services.supervision.return_notices.events import StopReason
from shared.kernel.commands import Context


def end_search(case: Case, command: EndSearch, _: Context) -> list[CaseEvent]:
    """Every duty is lifted and every notice withdrawn; nothing can be asked for after."""
    cycle = (case.current or Cycle(number=1)) if command.cycle == CURRENT else case.cycle(command.cycle)
    if not cycle.open or any(each.fact == command.fact for each in cycle.endings):
        return []
    ended = SearchEnded(
        child_id=case.id,
        cycle=cycle.number,
        because=command.because,
        fact=command.fact,
        ended_on=command.ended_on,
    )
    return [ended, *stop_clocks(case.id, cycle, command.ended_on, command.because)]


def note_lapse(case: Case, command: NoteLapse, context: Context, *, terms: Terms) -> list[CaseEvent]:
    """What ended the current cycle's search holds no longer. If it never did, what it lifted is owed again."""
    cycle = case.current
    if cycle is None or cycle.ended is None or cycle.ended.because is not command.ground or cycle.superseded:
        return []
    if cycle.lapsed and cycle.lapsed.fact == command.fact:
        return []
    return _lapsed(case, cycle, command, context.today, terms)


def note_birth(case: Case, command: NoteBirth, context: Context, *, terms: Terms) -> list[CaseEvent]:
    """A case that was closed since the child had grown too old is open again when the child had not."""
    cycle = case.current
    if cycle is None or cycle.closed is None or cycle.closed.reason is not ClosureReason.AGED_OUT:
        return []
    if terms.is_over_age(command.born_on, cycle.closed.closed_on):
        return []
    undone = NoteLapse(
        child_id=case.id,
        ground=StopReason.OVER_AGE,
        fact=command.fact,
        reopens=True,
        lapsed_on=command.corrected_on,
    )
    return _lapsed(case, cycle, undone, context.today, terms)


def _lapsed(case: Case, cycle: Cycle, command: NoteLapse, today: date, terms: Terms) -> list[CaseEvent]:
    lapsed = GroundLapsed(
        child_id=case.id,
        cycle=cycle.number,
        ground=command.ground,
        fact=command.fact,
        reopens=command.reopens,
        lapsed_on=command.lapsed_on,
    )
    if not command.reopens or cycle.returned:
        return [lapsed]
    lifted = [each.duty for each in cycle.obligations if each.lifted_on]
    return [lapsed, *(raise_duty(case.id, cycle.number, duty, today, terms) for duty in lifted)]
