"""Recording that a system outside has been told, with its receipt: command, refusal, decision."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.external.events import ExternalSystemTold
from services.registry.external.systems import Told, systems
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
