"""When a lost child must be asked for again, and when who studies elsewhere must be confirmed again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.registry.children.child import Child
from services.registry.children.statuses import Attendance
from services.registry.policy import WhereaboutsPolicy
from services.registry.whereabouts.decisions import LapseElsewhere, MissRecheck
from shared.calendar import SchoolCalendar
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import SetDeadline


def recheck_clocks(policy: WhereaboutsPolicy, child: Child, _: datetime) -> Sequence[SetDeadline]:
    if child.attendance is not Attendance.UNTRACEABLE or child.asked_on is None:
        return []
    due = start_of_local_day(child.asked_on + timedelta(days=policy.recheck_after_days))
    return [SetDeadline(f"recheck:{child.id}", due, MissRecheck(child_id=child.id))]


def elsewhere_clocks(
    policy: WhereaboutsPolicy, calendar: SchoolCalendar, child: Child, _: datetime
) -> Sequence[SetDeadline]:
    """Confirmed again in the next term, some days after its beginning at the latest."""
    if child.attendance is not Attendance.ELSEWHERE_CONFIRMED or child.elsewhere_on is None:
        return []
    terms = calendar.terms
    present = terms.term_at_or_after(child.elsewhere_on)
    following = terms.term_at_or_after(present.last_day + timedelta(days=1))
    due = start_of_local_day(following.first_day + timedelta(days=policy.reconfirm_after_days))
    return [SetDeadline(f"elsewhere:{child.id}", due, LapseElsewhere(child_id=child.id))]
