"""What systems outside know of a child, and what they must still be told."""

from dataclasses import replace

from services.registry.children.child import Child
from services.registry.external.changes import ChangeState, is_latest_settled, settled, with_news
from services.registry.external.events import ExternalChangeStruckOff, ExternalEntryReturned, ExternalSystemTold
from services.registry.external.systems import NOTHING, Told

ExternalEvent = ExternalSystemTold | ExternalEntryReturned | ExternalChangeStruckOff


def evolve_told(child: Child, event: ExternalEvent) -> Child:
    if isinstance(event, ExternalEntryReturned):
        return replace(child, told={**child.told, event.system: NOTHING})
    state = ChangeState.TOLD if isinstance(event, ExternalSystemTold) else ChangeState.STRUCK_OFF
    changes = settled(child.changes, event.system, event.change, state)
    if is_latest_settled(changes, event.system, event.change):
        child = replace(child, told={**child.told, event.system: event.told})
    return replace(child, changes=changes)


def standing(child: Child) -> Told:
    enrolment = child.enrolment
    return Told(
        status=child.attendance.value,
        school_name=enrolment.school_name if enrolment else "",
        grade=enrolment.grade if enrolment else None,
    )


def with_changes(child: Child) -> Child:
    """With what the systems must be told now that the child stands as it does."""
    changes = with_news(child.changes, child.category.value, standing(child), dict(child.told))
    return child if changes == child.changes else replace(child, changes=changes)
