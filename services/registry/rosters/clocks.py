"""When rosters are frozen by themselves, and when signed-off headcounts are looked at again."""

from collections.abc import Mapping
from datetime import date, timedelta

from services.registry.children.ids import SchoolCode
from services.registry.policy import RosterPolicy
from services.registry.rosters.decisions import CheckHeadcount, TakeRosterSnapshot
from services.registry.rosters.events import HeadcountSignedOff, RosterSnapshotTaken
from services.registry.rosters.roster import roster_id
from services.registry.schools.events import SchoolRegistered, SchoolRestored
from shared.calendar import CalendarInForce, SchoolCalendar
from shared.calendar.live import asks
from shared.calendar.terms import Term, TermId
from shared.calendar.zone import local_date, start_of_local_day
from shared.kernel.deadlines import DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Change = list[DeadlineChange]


def on_school(
    policy: RosterPolicy, calendar: SchoolCalendar, event: SchoolRegistered | SchoolRestored, recorded: Recorded
) -> Change:
    """A new school, or one that is restored, gets some days to bring in its roster, also in the midst of a term."""
    today = local_date(recorded.time)
    return [_freeze(policy, event.school_code, calendar.terms.term_at_or_after(today), today)]


def on_snapshot(policy: RosterPolicy, calendar: SchoolCalendar, event: RosterSnapshotTaken, _: Recorded) -> Change:
    terms = calendar.terms
    following = terms.term_at_or_after(terms.term(TermId(event.term)).last_day + timedelta(days=1))
    return [_freeze(policy, event.school_code, following, following.first_day)]


def freezing(policy: RosterPolicy, calendar: SchoolCalendar, school: SchoolCode, today: date) -> list[SetDeadline]:
    """When the rosters of terms ahead are frozen, as the calendar says now. A term that has begun keeps its day."""
    near = calendar.terms.term_at_or_after(today)
    following = calendar.terms.term_at_or_after(near.last_day + timedelta(days=1))
    return [_freeze(policy, school, term, term.first_day) for term in (near, following) if term.first_day > today]


def next_checks(calendar: SchoolCalendar, school: SchoolCode, term: str, today: date) -> list[SetDeadline]:
    """Each night from tomorrow until the term ends."""
    end, check = calendar.terms.term(TermId(term)).last_day, CheckHeadcount(school_code=school, term=term)
    days = [today + timedelta(days=number + 1) for number in range((end - today).days)]
    book = roster_id(school, term)
    return [SetDeadline(f"headcount:{book}:{day}", start_of_local_day(day), check) for day in days]


def on_sign_off(_: RosterPolicy, calendar: SchoolCalendar, event: HeadcountSignedOff, recorded: Recorded) -> Change:
    return [*next_checks(calendar, event.school_code, event.term, local_date(recorded.time))]


def _freeze(policy: RosterPolicy, school: SchoolCode, term: Term, known_since: date) -> SetDeadline:
    """One key a term: a deadline set again for a term that is frozen already does nothing."""
    due = max(term.first_day, known_since) + timedelta(days=policy.frozen_after_days)
    command = TakeRosterSnapshot(school_code=school, term=term.id)
    return SetDeadline(f"roster:{roster_id(school, term.id)}", start_of_local_day(due), command)


def roster_deadlines(policy: RosterPolicy, calendar: CalendarInForce) -> Mapping[type, DeadlineRule]:
    return {
        SchoolRegistered: asks(calendar, on_school, policy),
        SchoolRestored: asks(calendar, on_school, policy),
        RosterSnapshotTaken: asks(calendar, on_snapshot, policy),
        HeadcountSignedOff: asks(calendar, on_sign_off, policy),
    }
