"""Recording that a system outside has been told, with its receipt: command, refusal, decision."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.external.events import ExternalEntryReturned, ExternalSystemTold
from services.registry.external.systems import NOTHING, Told, systems
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class TellExternalSystem:
    """`system` is a code of `systems.toml`."""

    NAME: ClassVar[str] = "registry.tell-external-system"
    child_id: ChildId
    system: str
    receipt: str
    told_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnExternalEntry:
    """The system outside sent back what had its receipt."""

    NAME: ClassVar[str] = "registry.return-external-entry"
    child_id: ChildId
    system: str
    reason: str
    returned_on: date


class NothingWasTold(Refused):
    code = "nothing-was-told"

    def __init__(self, label: str) -> None:
        super().__init__(
            f"该生在{label}中没有已登记回执的更新，无须登记退回。", "no entry of the child stands in that system"
        )


class NothingToTell(Refused):
    code = "nothing-to-tell"

    def __init__(self, label: str) -> None:
        super().__init__(
            f"该生在{label}中没有需要更新的信息，请核对学生，或查看《待更新外部系统清单》。",
            "the system outside knows already, or need not know of the child",
        )


def standing(child: Child) -> Told:
    enrolment = child.enrolment
    return Told(
        status=child.attendance.value,
        school_name=enrolment.school_name if enrolment else "",
        grade=enrolment.grade if enrolment else None,
    )


def tell_external_system(child: Child, command: TellExternalSystem, context: Context) -> list[ExternalSystemTold]:
    if not child.registered:
        raise ChildNotRegistered()
    if command.told_on > context.today:
        raise DateInFuture("told_on")
    system, now = systems()[command.system], standing(child)
    if not system.waits(child.category.value, now, child.told.get(command.system)):
        raise NothingToTell(system.label)
    return [
        ExternalSystemTold(
            child_id=child.id, system=command.system, told=now, receipt=command.receipt, told_on=command.told_on
        )
    ]


def return_external_entry(child: Child, command: ReturnExternalEntry, context: Context) -> list[ExternalEntryReturned]:
    """A receipt is not the end: what the system sends back waits to be told again."""
    if not child.registered:
        raise ChildNotRegistered()
    if command.returned_on > context.today:
        raise DateInFuture("returned_on")
    if child.told.get(command.system) in (None, NOTHING):
        raise NothingWasTold(systems()[command.system].label)
    return [
        ExternalEntryReturned(
            child_id=child.id, system=command.system, reason=command.reason, returned_on=command.returned_on
        )
    ]
