"""Recording that a system outside has been told, with its receipt, or why it need not be: commands, decisions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.external.changes import Change, due
from services.registry.external.events import ExternalChangeStruckOff, ExternalEntryReturned, ExternalSystemTold
from services.registry.external.systems import NOTHING, systems
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class TellExternalSystem:
    """`system` is a code of `systems.toml`; `change` the number of what was told, else the oldest that is owed."""

    NAME: ClassVar[str] = "registry.tell-external-system"
    child_id: ChildId
    system: str
    receipt: str
    told_on: date
    change: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeExternalChange:
    """What is owed need not be told: somebody says why."""

    NAME: ClassVar[str] = "registry.strike-external-change"
    child_id: ChildId
    system: str
    change: int
    reason: str
    struck_off_on: date


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


class ChangeNotOwed(Refused):
    """Nothing of this number is owed any more, so that nothing can be struck off."""

    code = "change-not-owed"

    def __init__(self, label: str) -> None:
        super().__init__(
            f"该生在{label}中没有这一项待更新的变化，可能已经填报或核销，请查看《外部系统更新台账》。",
            "no change of this number is owed to that system",
            field="change",
        )


def tell_external_system(child: Child, command: TellExternalSystem, context: Context) -> list[ExternalSystemTold]:
    if not child.registered:
        raise ChildNotRegistered()
    if command.told_on > context.today:
        raise DateInFuture("told_on")
    change = _owed(child, command.system, command.change)
    return [
        ExternalSystemTold(
            child_id=child.id,
            system=command.system,
            change=change.number,
            told=change.now,
            receipt=command.receipt,
            told_on=command.told_on,
        )
    ]


def strike_external_change(
    child: Child, command: StrikeExternalChange, context: Context
) -> list[ExternalChangeStruckOff]:
    """A duty ends by its receipt, or by the name of whoever says why there is none."""
    if not child.registered:
        raise ChildNotRegistered()
    if command.struck_off_on > context.today:
        raise DateInFuture("struck_off_on")
    change = _owed(child, command.system, command.change)
    return [
        ExternalChangeStruckOff(
            child_id=child.id,
            system=command.system,
            change=change.number,
            told=change.now,
            reason=command.reason,
            struck_off_on=command.struck_off_on,
        )
    ]


def _owed(child: Child, system: str, number: int | None) -> Change:
    """The change of this number, or the oldest that is owed. Raises NothingToTell, ChangeNotOwed."""
    owed = due(child.changes, system)
    if not owed:
        raise NothingToTell(systems()[system].label)
    found = next((each for each in owed if number in (None, each.number)), None)
    if found is None:
        raise ChangeNotOwed(systems()[system].label)
    return found


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
