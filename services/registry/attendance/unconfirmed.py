"""Who has been suspected for as long as a dropout can be confirmed after, and is not confirmed.

Zero dropouts cannot be had by not confirming: this number stands beside every figure of dropouts (decision 11).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from services.registry.attendance.counting import days_absent
from services.registry.children.bases import Standing, counted_in
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.state import CHILDREN
from services.registry.policy import DropoutPolicy
from shared.calendar import SchoolCalendar, local_date
from shared.kernel.ledgers import Row
from shared.kernel.store import Store

SUSPECTED = counted_in({Standing.SUSPECTED})


def unconfirmed(
    store: Store, suspected: Iterable[Row], policy: DropoutPolicy, calendar: SchoolCalendar, day: date
) -> list[Row]:
    """Those of these children's rows whose absence has lasted so long on a day, as it was known at that day's end."""
    rows = list(suspected)
    children = _children(store, [ChildId(row["_id"]) for row in rows], day)
    needed = policy.confirmable_after_days
    return [row for row in rows if days_absent(calendar, children[row["_id"]].spell, day) >= needed]


def _children(store: Store, ids: list[ChildId], day: date) -> Mapping[str, Child]:
    children = {CHILDREN.stream(each): CHILDREN.initial(each) for each in ids}
    for recorded in store.read_streams(list(children)) if children else ():
        if local_date(recorded.time) <= day:
            event = store.service.events.decode(recorded.type, recorded.data)
            children[recorded.stream] = CHILDREN.evolve(children[recorded.stream], event)
    return {child.id: child for child in children.values()}
