"""A party that lets its working days pass."""

from dataclasses import dataclass
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.statuses import ENDED
from services.registry.transfers.events import TransferOverdue
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTransferParty:
    """Due when a party's working days are over; it does nothing when the party has answered."""

    NAME: ClassVar[str] = "registry.check-transfer-party"
    child_id: ChildId


def check_party(child: Child, _: CheckTransferParty, context: Context) -> list[TransferOverdue]:
    transfer = child.transfer
    if transfer is None or transfer.turn is None or transfer.respond_by is None or child.attendance in ENDED:
        return []
    if context.today <= transfer.respond_by:
        return []
    return [
        TransferOverdue(
            child_id=child.id,
            transfer_id=transfer.id,
            party=transfer.turn,
            respond_by=transfer.respond_by,
            overdue_on=context.today,
        )
    ]
