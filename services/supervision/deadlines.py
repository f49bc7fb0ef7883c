"""Which own events set and stop clocks. A clock strikes at the first moment of the day after its last day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from services.supervision.clocks import duty_clock, notice_clock
from services.supervision.obligations.events import DueDayMoved, ObligationLifted, ObligationMet, ObligationRaised
from services.supervision.return_cases.commands import MissObligation
from services.supervision.return_cases.events import ClocksStopped
from services.supervision.return_notices.commands import ExpireNotice
from services.supervision.return_notices.events import NoticeServed, NoticeWithdrawn
from shared.calendar import start_of_local_day
from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule


def after(last_day: date) -> datetime:
    return start_of_local_day(last_day + timedelta(days=1))


def watch_obligation(event: ObligationRaised | DueDayMoved, _: Recorded) -> Sequence[DeadlineChange]:
    key = duty_clock(event.child_id, event.cycle, event.duty)
    miss = MissObligation(child_id=event.child_id, cycle=event.cycle, duty=event.duty)
    return [SetDeadline(key, after(event.due_on), miss)]


def stop_watching(event: ObligationMet | ObligationLifted, _: Recorded) -> Sequence[DeadlineChange]:
    return [CancelDeadline(duty_clock(event.child_id, event.cycle, event.duty))]


def start_notice_clock(event: NoticeServed, _: Recorded) -> Sequence[DeadlineChange]:
    expire = ExpireNotice(child_id=event.child_id, notice_id=event.notice_id)
    return [SetDeadline(notice_clock(event.child_id, event.notice_id), after(event.last_day), expire)]


def stop_notice_clock(event: NoticeWithdrawn, _: Recorded) -> Sequence[DeadlineChange]:
    return [CancelDeadline(notice_clock(event.child_id, event.notice_id))]


def stop_all(event: ClocksStopped, _: Recorded) -> Sequence[DeadlineChange]:
    return [CancelDeadline(key) for key in event.clocks]


DEADLINES: Mapping[type[Any], DeadlineRule] = {
    ObligationRaised: watch_obligation,
    DueDayMoved: watch_obligation,
    ObligationMet: stop_watching,
    ObligationLifted: stop_watching,
    NoticeServed: start_notice_clock,
    NoticeWithdrawn: stop_notice_clock,
    ClocksStopped: stop_all,
}
