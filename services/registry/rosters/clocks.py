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


def on_sign_off(_: RosterPolicy, calendar: SchoolCalendar, event: HeadcountSignedOff, recorded: Recorded) -> Change:
    """Each night until the term ends."""
    today, end = local_date(recorded.time), calendar.terms.term(TermId(event.term)).last_day
    check = CheckHeadcount(school_code=event.school_code, term=event.term)
    days = [today + timedelta(days=number + 1) for number in range((end - today).days)]
    book = roster_id(event.school_code, event.term)
    return [SetDeadline(f"headcount:{book}:{day}", start_of_local_day(day), check) for day in days]


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
