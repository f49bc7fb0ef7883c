"""When a child that is too young now comes to school age, and when who still is at no school is sought."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from services.registry.children.child import Child
from services.registry.children.statuses import Attendance
from services.registry.entering.decisions import CheckDue
from services.registry.entering.events import Finding
from services.registry.entering.seeking import CheckEnrolled
from services.registry.policy import AgePolicy, EnteringPolicy
from shared.calendar import SchoolCalendar
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


def seeking_clocks(
    policy: EnteringPolicy, calendar: SchoolCalendar, child: Child, _: datetime
) -> Sequence[SetDeadline]:
    """Some days after the one on which it should have come, and some after it became known that it should have; days
    on which schools are closed do not count.
    """
    if child.attendance is not Attendance.NEVER_ENROLLED or child.is_sought or child.awaited_since is None:
        return []
    waited = calendar.is_over_on(child.awaited_since, policy.sought_after_days)
    entered = max(child.known_due_on, child.awaited_since)
    due = start_of_local_day(max(waited, calendar.is_over_on(entered, policy.sought_after_entry_days)))
    command = CheckEnrolled(child_id=child.id, finding=Finding.NOT_ENROLLED)
    return [SetDeadline(f"enrolled:{child.id}", due, command)]


def _first_year(policy: AgePolicy, birth: date) -> SchoolYear:
    year = SchoolYear(birth.year + policy.youngest)
    in_time = is_of_age_at_cut_off(birth, year, policy.youngest, policy.oldest)
    return year if in_time else SchoolYear(year.start + 1)
