"""Who is sent home by the school is in the queue at once, not at the next comparison. Rule 9-10."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from services.registry.children.child import Child, Enrolment
from services.registry.children.ids import ChildId
from services.registry.children.state import CHILDREN
from services.registry.reconciliation.difference import DIFFERENCES, Difference, difference_id
from services.registry.reconciliation.events import DifferenceEvent
from services.registry.reconciliation.finding import FindDifference, find_difference
from services.registry.reconciliation.reasons import SENT_HOME, Family
from shared.kernel.aggregates import Ref
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSentHome:
    """The attendance book says that the school has sent the child home."""

    NAME: ClassVar[str] = "registry.find-sent-home"
    child_id: ChildId


def find_sent_home(difference: Difference, child: Child, context: Context) -> Sequence[DifferenceEvent]:
    """Nothing of one that came back meanwhile. Whether the national system has its file, the next comparison tells."""
    if child.enrolment is None or not child.is_sent_home:
        return []
    return find_difference(difference, _found(difference.id, child, child.enrolment, context), context)


def _found(id_: str, child: Child, enrolment: Enrolment, context: Context) -> FindDifference:
    return FindDifference(
        difference_id=id_,
        child_id=child.id,
        reason=SENT_HOME,
        poor=child.category.is_poor,
        name=child.identity.name,
        sex=child.identity.sex,
        birth_date=child.birth_date,
        id_number=child.identity.id_number,
        id_index=child.identity.id_index,
        division=child.division,
        school_code=enrolment.school_code,
        school_name=enrolment.school_name,
        child_cycle=child.cycle,
        lists=(),
        lists_on=context.today,
        registration=child.registration.value,
        attendance=child.attendance.value,
    )


def finds_sent_home() -> Handler:
    def touches(order: FindSentHome) -> Sequence[Ref]:
        return DIFFERENCES.ref(difference_id(order.child_id, Family.REG_NOT_IN)), CHILDREN.ref(order.child_id)

    def handle(work: UnitOfWork, order: FindSentHome, context: Context) -> None:
        difference, child = touches(order)
        work.append(difference, find_sent_home(work.load(difference), work.load(child), context))

    return Handler(FindSentHome, touches, handle, frozenset())
