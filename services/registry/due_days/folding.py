"""What a moved due day makes of a child."""

from dataclasses import replace

from services.registry.children.child import Child
from services.registry.due_days.events import DueDayMoved, Matter


def evolve_due_day(child: Child, event: DueDayMoved) -> Child:
    """A matter that was dealt with since has no day any more."""
    match event.matter:
        case Matter.TRANSFER if child.transfer:
            transfer = replace(child.transfer, respond_by=event.due_on, provisional=event.provisional)
            return replace(child, transfer=transfer)
        case Matter.RESPITE_REMINDER if child.respite:
            respite = replace(child.respite, remind_on=event.due_on, provisional=event.provisional)
            return replace(child, respite=respite)
        case Matter.PLACEMENT_REVIEW:
            return replace(child, review_by=event.due_on)
        case Matter.REGISTRATION_GAP:
            return replace(child, gap_complete_by=event.due_on)
        case _:
            return child
