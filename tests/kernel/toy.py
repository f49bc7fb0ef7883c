"""A tiny service for the kernel's own tests: accounts with a balance that never goes below zero."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar

from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import CommandTable, Context, decides
from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline
from shared.kernel.events import EventTypes
from shared.kernel.ledgers import Column, Index, Ledger, Row, View
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import NotFound, Refused
from shared.kernel.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    TYPE: ClassVar[str] = "toy.opened.v1"
    account_id: str
    division: str
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    TYPE: ClassVar[str] = "toy.moved.v1"
    account_id: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    NAME: ClassVar[str] = "toy.open"
    account_id: str
    division: str = "349921"
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    NAME: ClassVar[str] = "toy.move"
    account_id: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    id: str
    division: str = ""
    balance: int = 0
    open: bool = False


class Overdrawn(Refused):
    code = "overdrawn"

    def __init__(self) -> None:
        super().__init__("余额不足。", "the balance would go below zero")


def evolve(account: Account, event: Opened | Moved) -> Account:
    match event:
        case Opened(division=division):
            return replace(account, division=division, open=True)
        case Moved(amount=amount):
            return replace(account, balance=account.balance + amount)


def open_account(account: Account, command: Open, _: Context) -> list[Any]:
    if account.open:
        return []
    return [Opened(account_id=account.id, division=command.division, number=command.number)]


def move(account: Account, command: Move, _: Context) -> list[Any]:
    if not account.open:
        raise NotFound(account.id)
    if account.balance + command.amount < 0:
        raise Overdrawn()
    return [Moved(account_id=account.id, amount=command.amount)]


ACCOUNTS: Aggregate[Account] = Aggregate(
    category="account",
    initial=lambda id_: Account(id=id_),
    evolve=evolve,
    place=lambda account: Place(account.division),
)


def apply(row: Row | None, event: Opened | Moved, _: Recorded) -> Row | None:
    match event:
        case Opened(account_id=id_, number=number):
            return {"account_id": id_, "balance": 0, "moves": 0, "number": number}
        case Moved(amount=amount):
            assert row is not None
            return {**row, "balance": row["balance"] + amount, "moves": row["moves"] + 1}


BALANCES = Ledger(
    name="balances",
    source="toy",
    events=frozenset({Opened, Moved}),
    apply=apply,
    indexes=(Index(("number",), unique=True, what="账号"),),
)

REMIND_AFTER = timedelta(days=7)


def remind(event: Opened | Moved, recorded: Recorded) -> list[DeadlineChange]:
    key = f"idle:{event.account_id}"
    if isinstance(event, Moved) and event.amount < 0:
        return [CancelDeadline(key)]
    fine = Move(account_id=event.account_id, amount=1)
    return [SetDeadline(key, recorded.time + REMIND_AFTER, fine)]


CLERK = frozenset({"clerk"})


def toy_service(name: str = "toy") -> Service:
    return Service(
        name=name,
        events=EventTypes([Opened, Moved]),
        commands=CommandTable(
            [
                decides(Open, ACCOUNTS, lambda command: command.account_id, open_account, CLERK),
                decides(Move, ACCOUNTS, lambda command: command.account_id, move, CLERK),
            ]
        ),
        ledgers=[BALANCES],
        views=[
            View(
                name="balances",
                title="余额台账",
                of="balances",
                columns=(Column("account_id", "账户"), Column("balance", "余额", "number")),
            )
        ],
        deadlines={Opened: remind, Moved: remind},
    )
