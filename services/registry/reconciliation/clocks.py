"""What happens at once between children and differences: a fact may settle one, and one may have a child sought."""

from collections.abc import Mapping, Sequence
from typing import get_args

from services.registry.attendance.events import StudentReturned
from services.registry.children.ids import ChildId
from services.registry.corrections.events import ChildCorrected
from services.registry.duplicates.events import DuplicateAbsorbed
from services.registry.entering.events import Finding
from services.registry.entering.seeking import CheckEnrolled
from services.registry.leaving.events import DeathRecorded, DeclaredMissing, GraduationRecorded, WentAbroad
from services.registry.placements.events import HomeTeachingStarted, PlacementDecided
from services.registry.reconciliation.difference import difference_id
from services.registry.reconciliation.events import (
    DifferenceFound,
    DifferenceReclassified,
    DifferenceRecurred,
    DifferenceReopened,
)
from services.registry.reconciliation.reasons import NOT_AT_SCHOOL, Family, reasons
from services.registry.reconciliation.resolving import SettleDifference
from services.registry.reconciliation.sent_home import FindSentHome
from services.registry.respites.events import DeferralApproved, SuspensionApproved
from services.registry.transfers.events import PushOutReported
from services.registry.whereabouts.events import ElsewhereConfirmed
from shared.kernel.deadlines import SetDeadline
from shared.kernel.recorded import Recorded
from shared.kernel.service import DeadlineRule

Listed = DifferenceFound | DifferenceReclassified | DifferenceRecurred | DifferenceReopened


Moved = (
    StudentReturned
    | PlacementDecided
    | HomeTeachingStarted
    | ElsewhereConfirmed
    | GraduationRecorded
    | DeathRecorded
    | WentAbroad
    | DeclaredMissing
    | DeferralApproved
    | SuspensionApproved
    | ChildCorrected
    | DuplicateAbsorbed
)
"""What may settle a difference of its child by having happened; the decision sees whether it does."""


def on_moved(event: Moved, recorded: Recorded) -> Sequence[SetDeadline]:
    """Each difference that the child may have is looked at in the moment, not at the next comparison."""
    child_id = event.child_id
    return [_settle(family, child_id, recorded) for family in reasons().families_settled_by_facts]


def on_listed(event: Listed, recorded: Recorded) -> Sequence[SetDeadline]:
    """The population has the child, the student files have not, and it is at no school: it is sought."""
    if event.child_id is None or event.reason != NOT_AT_SCHOOL:
        return []
    command = CheckEnrolled(child_id=event.child_id, finding=Finding.LISTS)
    return [SetDeadline(f"listed:{event.child_id}", recorded.time, command)]


def on_push_out(event: PushOutReported, recorded: Recorded) -> Sequence[SetDeadline]:
    """The school's own attendance book says that it has sent the child home."""
    if event.absent_since is None:
        return []
    return [SetDeadline(f"sent-home:{event.child_id}", recorded.time, FindSentHome(child_id=event.child_id))]


def _settle(family: Family, child_id: ChildId, recorded: Recorded) -> SetDeadline:
    id_ = difference_id(child_id, family)
    return SetDeadline(f"settle:{id_}", recorded.time, SettleDifference(difference_id=id_, child_id=child_id))


RECONCILIATION_DEADLINES: Mapping[type, DeadlineRule] = {
    PushOutReported: on_push_out,
    **dict.fromkeys(get_args(Moved), on_moved),
    DifferenceFound: on_listed,
    DifferenceReclassified: on_listed,
    DifferenceRecurred: on_listed,
    DifferenceReopened: on_listed,
}
