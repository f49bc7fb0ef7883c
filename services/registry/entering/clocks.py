"""When a child that is too young now comes to school age."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from services.registry.children.child import Child
from services.registry.children.statuses import Attendance
from services.registry.entering.decisions import CheckDue
from services.registry.policy import AgePolicy
from shared.calendar.terms import SchoolYear, is_of_age_at_cut_off, school_year_of
from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.deadlines import SetDeadline


def due_clocks(policy: AgePolicy, child: Child, now: datetime) -> Sequence[SetDeadline]:
    """Nothing for a child that never again will be of age."""
    if child.attendance is not Attendance.NOT_DUE:
        return []
    year = max(_first_year(policy, child.birth_date), school_year_of(local_date(now)))
    if not is_of_age_at_cut_off(child.birth_date, year, policy.youngest, policy.oldest):
        return []
    due = start_of_local_day(year.first_day) + timedelta(hours=1)
    return [SetDeadline(f"due:{child.id}", due, CheckDue(child_id=child.id))]


def _first_year(policy: AgePolicy, birth: date) -> SchoolYear:
    year = SchoolYear(birth.year + policy.youngest)
    in_time = is_of_age_at_cut_off(birth, year, policy.youngest, policy.oldest)
    return year if in_time else SchoolYear(year.start + 1)
