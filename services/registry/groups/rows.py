"""The lists that a child is on, or was, as its ledger row keeps them.

A membership is `{"list", "from", "to", "source", "evidence"}`; `to` is the first day without, or None. Categories of
the household and special groups stand side by side, so that one question asks for both.
"""

from typing import assert_never

from services.registry.groups.events import GroupEntered, GroupEvent, GroupLeft
from services.registry.households.categories import HouseholdCategory
from services.registry.households.events import HouseholdCategorySet
from shared.kernel.ledgers import Row


def recategorised(spans: list[Row], event: HouseholdCategorySet) -> list[Row]:
    """A household is of one category at a time, so a new one ends those before on its first day. One that began later
    lasted no day, as an entry by mistake; one told again from the same day stays, with what is told of it now.
    """
    day = event.effective_from.isoformat()
    past = [_ended(span, day) for span in spans if not _is_told_again(span, event, day)]
    if not event.category.is_poor:
        return past
    told = {"source": event.source, "evidence": event.evidence}
    return [*past, {"list": event.category.value, "from": day, "to": None} | told]


def _ended(span: Row, day: str) -> Row:
    if span["list"] not in HouseholdCategory.__members__ or (span["to"] or day) < day:
        return span
    return span | {"to": max(span["from"], day)}


def _is_told_again(span: Row, event: HouseholdCategorySet, day: str) -> bool:
    return (span["list"], span["from"], span["to"]) == (event.category.value, day, None)


def group_columns(row: Row, event: GroupEvent) -> Row:
    """`groups`: those of today. `memberships`: each time on a list, up to and without its last day."""
    spans = row["memberships"]
    match event:
        case GroupEntered():
            entered = {"list": event.group, "from": event.from_on.isoformat(), "to": None}
            spans = [*spans, entered | {"source": event.source, "evidence": event.evidence}]
            return {"groups": sorted({*row["groups"], event.group}), "memberships": spans}
        case GroupLeft():
            ended = {"to": event.left_on.isoformat()}
            spans = [span | ended if span["to"] is None and span["list"] == event.group else span for span in spans]
            return {"groups": [name for name in row["groups"] if name != event.group], "memberships": spans}
        case _:
            assert_never(event)
