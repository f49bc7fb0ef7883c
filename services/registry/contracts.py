"""The registry's own reading of the other services' events: the visits service's attempts, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId
from shared.kernel.events import EventTypes


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionAttempted:
    TYPE: ClassVar[str] = "visits.persuasion-attempted.v1"
    child_id: ChildId
    attempted_on: date
    result: str
    cycle: int


VISITS = EventTypes(
    [PersuasionAttempted],
    ignored=[
        "visits.class-teacher-assigned.v1",
        "visits.due-day-moved.v1",
        "visits.household-visit-cancelled.v1",
        "visits.household-visit-opened.v1",
        "visits.household-visit-overdue.v1",
        "visits.household-visit-reassigned.v1",
        "visits.household-visit-recorded.v1",
        "visits.persuasion-planned.v1",
        "visits.persuasion-stopped.v1",
        "visits.photo-uploaded.v1",
        "visits.photo-used.v1",
        "visits.plan-closed.v1",
        "visits.plan-moved.v1",
        "visits.plan-opened.v1",
        "visits.plan-reopened.v1",
        "visits.return-team-assigned.v1",
        "visits.return-team-proposed.v1",
        "visits.stability-check-recorded.v1",
        "visits.stability-checks-scheduled.v1",
        "visits.village-cadre-assigned.v1",
    ],
)

CONTRACTS = {"visits": VISITS}
