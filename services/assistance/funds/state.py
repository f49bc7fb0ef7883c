"""A fund as its events make it: received = available + committed + paid, always."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.assistance.funds.events import (
    CommitmentPaid,
    CommitmentReleased,
    FundCommitted,
    FundEvent,
    FundReceived,
    PaidMoneyReturned,
    ReceiptWithdrawn,
)
from services.assistance.ids import FundId, document_key
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """Amounts in fen. `committed_fen` is set aside for lines that are prepared and not paid. `receipts` are those that
    count, by document number as it is compared."""

    id: FundId
    name: str = ""
    division: str = ""
    received_fen: int = 0
    committed_fen: int = 0
    paid_fen: int = 0
    receipts: Mapping[str, FundReceived] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        return bool(self.name)

    @property
    def available_fen(self) -> int:
        return self.received_fen - self.committed_fen - self.paid_fen


def evolve(fund: Fund, event: FundEvent) -> Fund:
    match event:
        case FundReceived(name=name, division=division, document_no=document_no, amount_fen=fen):
            return replace(
                fund,
                name=fund.name or name,
                division=fund.division or division,
                received_fen=fund.received_fen + fen,
                receipts={**fund.receipts, document_key(document_no): event},
            )
        case ReceiptWithdrawn(document_no=document_no, amount_fen=fen):
            left = {key: each for key, each in fund.receipts.items() if key != document_key(document_no)}
            return replace(fund, received_fen=fund.received_fen - fen, receipts=left)
        case FundCommitted(amount_fen=fen):
            return replace(fund, committed_fen=fund.committed_fen + fen)
        case CommitmentReleased(amount_fen=fen):
            return replace(fund, committed_fen=fund.committed_fen - fen)
        case CommitmentPaid(amount_fen=fen):
            return replace(fund, committed_fen=fund.committed_fen - fen, paid_fen=fund.paid_fen + fen)
        case PaidMoneyReturned(amount_fen=fen):
            return replace(fund, committed_fen=fund.committed_fen + fen, paid_fen=fund.paid_fen - fen)
        case _:
            assert_never(event)


FUNDS: Aggregate[Fund] = Aggregate(
    category="fund",
    initial=lambda id_: Fund(id=FundId(id_)),
    evolve=evolve,
    place=lambda fund: Place(fund.division),
)
