"""A second tiny service that reads the toy's events: a ledger of its own, and a reaction that keeps a tally."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import CommandTable, Context, decides
from shared.kernel.events import EventTypes
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded
from shared.kernel.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOpened:
    TYPE: ClassVar[str] = "toy.opened.v1"
    account_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMoved:
    TYPE: ClassVar[str] = "toy.moved.v1"
    account_id: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    TYPE: ClassVar[str] = "mirror.tallied.v1"
    account_id: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    NAME: ClassVar[str] = "mirror.tally"
    account_id: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    amount: int = 0
    count: int = 0


class Poison(Exception):
    """What the mirror's handlers raise for an amount they cannot digest."""


POISON = 666
cured = False
"""Tests set this when the operator has mended the cause."""

BADGE = 777
"""The amount that earns an account the one badge there is: a second account with it breaks a unique index."""


def tally(_: Total, command: Tally, __: Context) -> list[Any]:
    if command.amount == POISON and not cured:
        raise Poison()
    return [Tallied(account_id=command.account_id, amount=command.amount)]


TOTALS: Aggregate[Total] = Aggregate(
    category="total",
    initial=lambda _: Total(),
    evolve=lambda total, event: replace(total, amount=total.amount + event.amount, count=total.count + 1),
    place=lambda _: Place("349921"),
)


def apply(row: Row | None, event: SeenOpened | SeenMoved, _: Recorded) -> Row:
    match event:
        case SeenOpened():
            return {"amounts": []}
        case SeenMoved(amount=amount):
            assert row is not None
            badge = {"badge": "the only one"} if amount == BADGE else {}
            return {**row, "amounts": [*row["amounts"], amount], **badge}


SEEN = Ledger(
    name="seen",
    source="toy",
    events=frozenset({SeenOpened, SeenMoved}),
    apply=apply,
    indexes=(Index(("badge",), unique=True, what="徽章"),),
)
TALLIES = Ledger(
    name="tallies",
    source="mirror",
    events=frozenset({Tallied}),
    apply=lambda row, event, _: {"amounts": [*(row or {"amounts": []})["amounts"], event.amount]},
)


def when_moved_tally(event: SeenMoved, _: Recorded) -> list[Tally]:
    return [Tally(account_id=event.account_id, amount=event.amount)]


CONTRACT = EventTypes([SeenOpened, SeenMoved])


def mirror_service(contract: EventTypes = CONTRACT) -> Service:
    return Service(
        name="mirror",
        events=EventTypes([Tallied]),
        commands=CommandTable([decides(Tally, TOTALS, lambda command: command.account_id, tally)]),
        ledgers=[SEEN, TALLIES],
        contracts={"toy": contract},
        reactions={SeenMoved: [when_moved_tally]},
    )
