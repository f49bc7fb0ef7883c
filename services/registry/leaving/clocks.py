"""When a child that finished primary school must have arrived at the next one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.registry.children.child import Child
from services.registry.leaving.decisions import CheckNextSchool
from services.registry.policy import LeavingPolicy
from shared.calendar.terms import SchoolYear, school_year_of
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import SetDeadline


def next_school_clocks(policy: LeavingPolicy, child: Child, _: datetime) -> Sequence[SetDeadline]:
    if child.next_school is None or child.left_primary_on is None:
        return []
    following = SchoolYear(school_year_of(child.left_primary_on).start + 1)
    due = start_of_local_day(following.first_day + timedelta(days=policy.next_school_after_days))
    return [SetDeadline(f"next-school:{child.id}", due, CheckNextSchool(child_id=child.id))]
