"""Stopping every clock of a cycle at once."""

from datetime import date

from services.supervision.clocks import duty_clock, notice_clock
from services.supervision.ids import ChildId
from services.supervision.obligations.events import ObligationLifted
from services.supervision.return_cases.cycle import CaseEvent, Cycle
from services.supervision.return_cases.events import ClocksStopped
from services.supervision.return_notices.events import NoticeStopped, StopReason


def stop_clocks(child_id: ChildId, cycle: Cycle, on: date, because: StopReason) -> list[CaseEvent]:
    """Lift the open duties, end the live notices, and name the clocks that ran."""
    duties = [each for each in cycle.obligations if each.open]
    notices = [each for each in cycle.notices if each.live]
    clocks = [duty_clock(child_id, cycle.number, each.duty) for each in duties if not each.missed]
    clocks += [notice_clock(child_id, each.id) for each in notices if each.clock_running]
    events: list[CaseEvent] = [
        ObligationLifted(child_id=child_id, cycle=cycle.number, duty=each.duty, lifted_on=on) for each in duties
    ]
    events += [
        NoticeStopped(child_id=child_id, cycle=cycle.number, notice_id=each.id, because=because, stopped_on=on)
        for each in notices
    ]
    if clocks:
        stopped = ClocksStopped(child_id=child_id, cycle=cycle.number, clocks=tuple(clocks), stopped_on=on)
        events.append(stopped)
    return events
