"""A child as decisions see it, folded from the events of its stream."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from services.registry.attendance.events import AttendanceEvent
from services.registry.attendance.folding import evolve_attendance
from services.registry.children.child import Child
from services.registry.children.events import ChildFileEvent
from services.registry.children.folding import evolve_file
from services.registry.children.ids import ChildId
from services.registry.corrections.correction import evolve_correction
from services.registry.corrections.events import CorrectionEvent
from services.registry.due_days.events import DueDayMoved
from services.registry.due_days.folding import evolve_due_day
from services.registry.duplicates.events import MergeEvent
from services.registry.duplicates.folding import evolve_merge
from services.registry.entering.events import EnteringEvent
from services.registry.entering.folding import evolve_entering
from services.registry.external.folding import ExternalEvent, evolve_told, with_changes
from services.registry.groups.events import GroupEvent
from services.registry.groups.folding import evolve_groups
from services.registry.guardians.events import GuardianEvent
from services.registry.guardians.folding import evolve_guardians
from services.registry.households.events import HouseholdEvent
from services.registry.households.folding import evolve_household
from services.registry.leaving.events import LeavingEvent
from services.registry.leaving.folding import evolve_leaving
from services.registry.marks.events import MarkEvent
from services.registry.marks.folding import evolve_mark
from services.registry.placements.events import PlacementEvent
from services.registry.placements.folding import evolve_placement
from services.registry.quality.events import QualityIssueAccepted
from services.registry.quality.folding import evolve_quality
from services.registry.respites.events import RespiteEvent
from services.registry.respites.folding import evolve_respite
from services.registry.risk.events import RiskPlanSet
from services.registry.risk.folding import evolve_plan
from services.registry.schools.events import ReceivingSchoolAssigned
from services.registry.schools.pupils import evolve_move
from services.registry.transfers.events import TransferEvent
from services.registry.transfers.folding import evolve_transfer
from services.registry.whereabouts.events import WhereaboutsEvent
from services.registry.whereabouts.folding import evolve_whereabouts
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

Fold = Callable[[Child, Any], Child]

_FOLDS: tuple[tuple[Any, Fold], ...] = (
    (ChildFileEvent, evolve_file),
    (ReceivingSchoolAssigned, evolve_move),
    (HouseholdEvent, evolve_household),
    (GuardianEvent, evolve_guardians),
    (GroupEvent, evolve_groups),
    (CorrectionEvent, evolve_correction),
    (QualityIssueAccepted, evolve_quality),
    (MergeEvent, evolve_merge),
    (LeavingEvent, evolve_leaving),
    (WhereaboutsEvent, evolve_whereabouts),
    (TransferEvent, evolve_transfer),
    (PlacementEvent, evolve_placement),
    (EnteringEvent, evolve_entering),
    (MarkEvent, evolve_mark),
    (ExternalEvent, evolve_told),
    (RiskPlanSet, evolve_plan),
    (AttendanceEvent, evolve_attendance),
    (RespiteEvent, evolve_respite),
    (DueDayMoved, evolve_due_day),
)
FOLDS: Mapping[type, Fold] = {kind: fold for union, fold in _FOLDS for kind in get_args(union) or (union,)}
"""What each event of a child's stream makes of the child."""


def evolve(child: Child, event: Any) -> Child:
    return with_changes(FOLDS[type(event)](child, event))


def place(child: Child) -> Place:
    return Place(child.division, child.enrolment.school_code if child.enrolment else "")


CHILDREN: Aggregate[Child] = Aggregate(
    category="child",
    initial=lambda id_: Child(id=ChildId(id_)),
    evolve=evolve,
    place=place,
)
