"""When a child that is too young now comes to school age, and when who is still at no school is sought."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from services.registry.children.events import ChildRegistered
from services.registry.children.ids import ChildId
from services.registry.entering.decisions import CheckDue
from services.registry.entering.events import ChildBecameDue, EnrolmentNoticeIssued, Finding
from services.registry.entering.seeking import CheckEnrolled
from services.registry.policy import Policy
from services.registry.reconciliation.events import (
    DifferenceFound,
    DifferenceReclassified,
    DifferenceRecurred,
    DifferenceReopened,
)
from services.registry.reconciliation.reasons import NOT_AT_SCHOOL
from services.registry.respites.events import DeferralExpired
from shared.calendar.terms import SchoolYear, is_of_age_at_cut_off, school_year_of
from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.deadlines import DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Listed = DifferenceFound | DifferenceReclassified | DifferenceRecurred | DifferenceReopened


def due_key(child_id: str) -> str:
    return f"due:{child_id}"


def enrolled_key(child_id: str) -> str:
    return f"enrolled:{child_id}"


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


def sought_at(child_id: ChildId, due: datetime, finding: Finding = Finding.NOT_ENROLLED) -> SetDeadline:
    """Somebody looks at `due` whether the child is at school."""
    return SetDeadline(enrolled_key(child_id), due, CheckEnrolled(child_id=child_id, finding=finding))


def entering_deadlines(policy: Policy) -> Mapping[type, DeadlineRule]:
    def some_days_after(child_id: ChildId, day: date) -> Sequence[DeadlineChange]:
        return [sought_at(child_id, start_of_local_day(day + timedelta(days=policy.entering.sought_after_days)))]

    def became_due(event: ChildBecameDue, _: Recorded) -> Sequence[DeadlineChange]:
        return some_days_after(event.child_id, event.due_on)

    def notified(event: EnrolmentNoticeIssued, _: Recorded) -> Sequence[DeadlineChange]:
        return some_days_after(event.child_id, event.report_by + timedelta(days=1))

    def expired(event: DeferralExpired, _: Recorded) -> Sequence[DeadlineChange]:
        return some_days_after(event.child_id, event.expired_on)

    def listed(event: Listed, recorded: Recorded) -> Sequence[DeadlineChange]:
        """At once: the population has the child, the student files have not, and it is at no school."""
        if event.child_id is None or event.reason != NOT_AT_SCHOOL:
            return []
        return [sought_at(event.child_id, recorded.time, Finding.LISTS)]

    return {
        ChildRegistered: partial(on_registration, policy),
        ChildBecameDue: became_due,
        EnrolmentNoticeIssued: notified,
        DeferralExpired: expired,
        DifferenceFound: listed,
        DifferenceReclassified: listed,
        DifferenceRecurred: listed,
        DifferenceReopened: listed,
    }
