"""When a lost child must be asked for again, and when who studies elsewhere must be confirmed again."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from services.registry.children.ids import ChildId
from services.registry.entering.clocks import sought_at
from services.registry.policy import Policy
from services.registry.whereabouts.decisions import LapseElsewhere, MissRecheck
from services.registry.whereabouts.events import (
    ElsewhereConfirmed,
    ElsewhereLapsed,
    WhereaboutsFound,
    WhereaboutsLost,
    WhereaboutsRechecked,
    WhereaboutsRecheckMissed,
)
from shared.calendar import TermCalendar
from shared.calendar.zone import start_of_local_day
from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Change = list[DeadlineChange]
StopAll = Callable[[str], Change]


def recheck_key(child_id: str) -> str:
    return f"recheck:{child_id}"


def elsewhere_key(child_id: str) -> str:
    return f"elsewhere:{child_id}"


def whereabouts_deadlines(
    policy: Policy, terms: TermCalendar, stop_all: StopAll, absence: DeadlineRule
) -> Mapping[type, DeadlineRule]:
    def lost(event: WhereaboutsLost, _: Recorded) -> Change:
        return [*stop_all(event.child_id), _recheck(policy, event.child_id, event.lost_on)]

    def rechecked(event: WhereaboutsRechecked, _: Recorded) -> Change:
        return [_recheck(policy, event.child_id, event.rechecked_on)]

    def missed(event: WhereaboutsRecheckMissed, _: Recorded) -> Change:
        return [_recheck(policy, event.child_id, event.missed_on)]

    def found(event: WhereaboutsFound, recorded: Recorded) -> Change:
        again = absence(event, recorded) if event.absent_since else []
        return [CancelDeadline(recheck_key(event.child_id)), *again]

    def lapsed(event: ElsewhereLapsed, recorded: Recorded) -> Change:
        """Who has a student file here counts as absent; who has none is sought at once."""
        if event.absent_since:
            return list(absence(event, recorded))
        return [sought_at(event.child_id, recorded.time)]

    return {
        WhereaboutsLost: lost,
        WhereaboutsRechecked: rechecked,
        WhereaboutsRecheckMissed: missed,
        WhereaboutsFound: found,
        ElsewhereConfirmed: partial(_on_elsewhere, policy, terms, stop_all),
        ElsewhereLapsed: lapsed,
    }


def _on_elsewhere(
    policy: Policy, terms: TermCalendar, stop_all: StopAll, event: ElsewhereConfirmed, _: Recorded
) -> Change:
    """Confirmed again in the next term, some days after its beginning at the latest."""
    present = terms.term_at_or_after(event.confirmed_on)
    following = terms.term_at_or_after(present.last_day + timedelta(days=1))
    due = start_of_local_day(following.first_day + timedelta(days=policy.whereabouts.reconfirm_after_days))
    lapse = SetDeadline(elsewhere_key(event.child_id), due, LapseElsewhere(child_id=event.child_id))
    return [*stop_all(event.child_id), lapse]


def _recheck(policy: Policy, child_id: ChildId, since: date) -> SetDeadline:
    due = start_of_local_day(since + timedelta(days=policy.whereabouts.recheck_after_days))
    return SetDeadline(recheck_key(child_id), due, MissRecheck(child_id=child_id))
