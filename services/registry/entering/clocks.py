"""When a child that is too young now comes to school age."""

from collections.abc import Sequence
from datetime import timedelta

from services.registry.children.events import ChildRegistered
from services.registry.entering.decisions import CheckDue
from services.registry.policy import Policy
from shared.calendar.terms import SchoolYear, is_of_age_at_cut_off, school_year_of
from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.deadlines import DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded


def due_key(child_id: str) -> str:
    return f"due:{child_id}"


def on_registration(policy: Policy, event: ChildRegistered, recorded: Recorded) -> Sequence[DeadlineChange]:
    """Nothing for a child that is of age already, or never again will be."""
    if event.of_age:
        return []
    present = school_year_of(local_date(recorded.time)).start
    for start in range(present + 1, present + policy.age.youngest + 2):
        year = SchoolYear(start)
        if is_of_age_at_cut_off(event.birth_date, year, policy.age.youngest, policy.age.oldest):
            due = start_of_local_day(year.first_day) + timedelta(hours=1)
            return [SetDeadline(due_key(event.child_id), due, CheckDue(child_id=event.child_id))]
    return []
