"""The clocks of a child: which stand follows from where it stands, so that they stop and run on with its status.

Whatever brought it there, an event or a mistake undone: a merge stops them all, and parting starts them again.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from services.registry.attendance.clocks import attendance_clocks
from services.registry.children.child import Child
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import ENDED
from services.registry.entering.clocks import due_clocks, seeking_clocks
from services.registry.leaving.clocks import next_school_clocks
from services.registry.placements.clocks import review_clocks
from services.registry.policy import Policy
from services.registry.reconciliation.clocks import RECONCILIATION_DEADLINES
from services.registry.respites.clocks import respite_clocks
from services.registry.rosters.clocks import roster_deadlines
from services.registry.schools.clocks import SCHOOL_DEADLINES
from services.registry.transfers.clocks import gap_clocks, party_clocks
from services.registry.whereabouts.clocks import elsewhere_clocks, recheck_clocks
from shared.calendar import CalendarInForce
from shared.calendar.live import asks
from shared.kernel.deadlines import SetDeadline
from shared.kernel.service import ClockRule, DeadlineRule


def child_clocks(policy: Policy, calendar: CalendarInForce) -> ClockRule:
    """Every clock of a child. None stands of one that is counted no more."""
    rules: tuple[ClockRule, ...] = (
        asks(calendar, attendance_clocks, policy),
        respite_clocks,
        partial(next_school_clocks, policy.leaving),
        partial(recheck_clocks, policy.whereabouts),
        asks(calendar, elsewhere_clocks, policy.whereabouts),
        party_clocks,
        asks(calendar, gap_clocks, policy.transfer),
        review_clocks,
        partial(due_clocks, policy.age),
        asks(calendar, seeking_clocks, policy.entering),
    )

    def standing(child: Child, now: datetime) -> list[SetDeadline]:
        if not child.registered or child.attendance in ENDED:
            return []
        return [clock for rule in rules for clock in rule(child, now)]

    return standing


def clocks(policy: Policy, calendar: CalendarInForce) -> Mapping[str, ClockRule]:
    return {CHILDREN.category: child_clocks(policy, calendar)}


def deadlines(policy: Policy, calendar: CalendarInForce) -> Mapping[type, DeadlineRule]:
    """What an event asks for besides: of schools, rosters and differences."""
    return {
        **SCHOOL_DEADLINES,
        **roster_deadlines(policy.roster, calendar),
        **RECONCILIATION_DEADLINES,
    }
