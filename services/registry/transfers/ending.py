"""A party does not agree, or the guardian withdraws: the command and its decision."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.transfers.events import TransferEnded
from services.registry.transfers.steps import check_day, under_way
from services.registry.transfers.transfer import Ending
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTransfer:
    NAME: ClassVar[str] = "registry.end-transfer"
    child_id: ChildId
    ending: Ending
    reason: str
    ended_on: date


def end_transfer(child: Child, command: EndTransfer, context: Context) -> list[TransferEnded]:
    transfer, _ = under_way(child)
    check_day(transfer, "ended_on", command.ended_on, context)
    return [
        TransferEnded(
            child_id=child.id,
            transfer_id=transfer.id,
            ending=command.ending,
            reason=command.reason,
            ended_on=command.ended_on,
        )
    ]
