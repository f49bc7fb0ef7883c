"""When a child that finished primary school must have arrived, and which clocks an end of schooling stops."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from services.registry.leaving.decisions import CheckNextSchool
from services.registry.leaving.events import (
    DeathRecorded,
    DeclaredMissing,
    GraduationRecorded,
    NextSchoolMissed,
    PrimaryCompleted,
    WentAbroad,
)
from services.registry.policy import Policy
from shared.calendar.terms import SchoolYear, school_year_of
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Change = list[DeadlineChange]
StopAll = Callable[[str], Change]


def next_school_key(child_id: str) -> str:
    return f"next-school:{child_id}"


def on_primary_completed(policy: Policy, event: PrimaryCompleted, _: Recorded) -> Change:
    following = SchoolYear(school_year_of(event.completed_on).start + 1)
    due = start_of_local_day(following.first_day + timedelta(days=policy.leaving.next_school_after_days))
    return [SetDeadline(next_school_key(event.child_id), due, CheckNextSchool(child_id=event.child_id))]


def on_end(stop_all: StopAll, event: Any, _: Recorded) -> Change:
    return stop_all(event.child_id)


def leaving_deadlines(policy: Policy, stop_all: StopAll, absence: DeadlineRule) -> Mapping[type, DeadlineRule]:
    """`absence` starts the clock of a spell of absence."""
    ends = (GraduationRecorded, DeathRecorded, WentAbroad, DeclaredMissing)
    return {
        PrimaryCompleted: partial(on_primary_completed, policy),
        NextSchoolMissed: absence,
        **dict.fromkeys(ends, partial(on_end, stop_all)),
    }
