"""The kernel's promises as a clerk would keep them on paper: plain models without a database, a batch or a race."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shared.kernel.commands import Order
from shared.kernel.parking import PARKED, PAUSES, RETRYING, WAITING
from shared.kernel.recorded import Recorded, partition_of
from tests.kernel.toy import REMIND_AFTER, Move, Open

DONE, REPEATED = "done", "repeated"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class PlainAccount:
    """What is written about one account: its number, and each move with the moment it was recorded."""

    number: str | None
    opened_at: datetime
    moves: list[tuple[datetime, int]] = field(default_factory=list)

    @property
    def balance(self) -> int:
        return sum(amount for _, amount in self.moves)

    @property
    def version(self) -> int:
        return 1 + len(self.moves)


@dataclass
class PlainAccounts:
    """Commands come one after the other; each is carried out once, or refused and forgotten."""

    partitions: int
    accounts: dict[str, PlainAccount] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    due: dict[str, datetime] = field(default_factory=dict)
    _latest: dict[int, datetime] = field(default_factory=dict)

    def send(self, order: Order, now: datetime) -> str:
        """DONE, REPEATED, or the code of the refusal."""
        if order.command_id in self.answered:
            same = self.answered[order.command_id] == order.fingerprint
            return REPEATED if same else "idempotency-key-reused"
        verdict = self._decide(order, self._recorded_at(order.command.account_id, now))
        if verdict == DONE:
            self.answered[order.command_id] = order.fingerprint
        return verdict

    def fire(self, now: datetime) -> int:
        """Every deadline that is due costs or earns its account 1, once, and starts anew."""
        due = [account for account, moment in self.due.items() if moment <= now]
        for account in due:
            self._move(account, 1, self._recorded_at(account, now))
        return len(due)

    def rows(self, until: datetime | None = None) -> dict[str, tuple[int, int, str | None]]:
        """Balance, moves and number of each account that was opened before a moment."""
        found = {}
        for id_, account in self.accounts.items():
            if until is None or account.opened_at < until:
                amounts = [amount for at, amount in account.moves if until is None or at < until]
                found[id_] = (sum(amounts), len(amounts), account.number)
        return found

    def _decide(self, order: Order, at: datetime) -> str:
        account = self.accounts.get(order.command.account_id)
        version = account.version if account else 0
        if order.expected_version not in (None, version):
            return "version-conflict"
        match order.command:
            case Open(account_id=id_, number=number):
                if account is None and number is not None and number in self._numbers():
                    return "already-recorded"
                if account is None:
                    self.accounts[id_] = PlainAccount(number, at)
                    self._noted(id_, at)
                    self.due[id_] = at + REMIND_AFTER
            case Move(account_id=id_, amount=amount):
                if account is None:
                    return "not-found"
                if account.balance + amount < 0:
                    return "overdrawn"
                self._move(id_, amount, at)
        return DONE

    def _move(self, id_: str, amount: int, at: datetime) -> None:
        self.accounts[id_].moves.append((at, amount))
        self._noted(id_, at)
        if amount < 0:
            self.due.pop(id_, None)
        else:
            self.due[id_] = at + REMIND_AFTER

    def _numbers(self) -> set[str | None]:
        return {account.number for account in self.accounts.values()}

    def _recorded_at(self, id_: str, now: datetime) -> datetime:
        """A clock may run behind; what is recorded never does."""
        return max(now, self._latest.get(partition_of(id_, self.partitions), LONG_AGO))

    def _noted(self, id_: str, at: datetime) -> None:
        self._latest[partition_of(id_, self.partitions)] = at


@dataclass
class PlainParked:
    """An event that waits, how often it was tried, and when it may be tried again (None: when it is released)."""

    event: Recorded
    attempts: int
    next_try: datetime | None

    @property
    def state(self) -> str:
        if not self.attempts and self.next_try is None:
            return WAITING
        return RETRYING if self.next_try else PARKED


@dataclass
class PlainReader:
    """Takes another's events one by one: in order in each partition, and past a parked key."""

    digests: Callable[[Recorded], bool]
    positions: Counter[int] = field(default_factory=Counter)
    amounts: dict[str, list[int]] = field(default_factory=dict)
    parked: dict[str, list[PlainParked]] = field(default_factory=dict)

    def take(self, events: Iterable[Recorded], now: datetime) -> tuple[int, int, int, dict[int, int]]:
        """How many were applied, repeated and parked, and after which positions something is missing."""
        applied, repeated, parked, gaps = 0, 0, 0, dict[int, int]()
        for event in sorted(events, key=lambda event: (event.partition, event.position)):
            last = self.positions[event.partition]
            if event.partition in gaps or event.position > last + 1:
                gaps[event.partition] = last
            elif event.position <= last:
                repeated += 1
            else:
                self.positions[event.partition] += 1
                landed = self._meet(event, now)
                applied, parked = applied + landed, parked + (not landed)
        return applied, repeated, parked, gaps

    def retry(self, now: datetime) -> int:
        """Each key whose time has come goes on until it fails again; how many events were applied."""
        due = [key for key, waiting in self.parked.items() if waiting[0].next_try and waiting[0].next_try <= now]
        return sum(self._drain(key, now) for key in due)

    def release(self, key: str, now: datetime) -> int:
        """The operator lets a key go on; how many events wait under it."""
        waiting = self.parked.get(key, [])
        if waiting:
            waiting[0].attempts, waiting[0].next_try = 0, now
        return len(waiting)

    def _meet(self, event: Recorded, now: datetime) -> bool:
        if event.key in self.parked:
            self.parked[event.key].append(PlainParked(event, 0, None))
            return False
        if not self.digests(event):
            self.parked[event.key] = [PlainParked(event, 1, now + PAUSES[0])]
            return False
        self._apply(event)
        return True

    def _drain(self, key: str, now: datetime) -> int:
        waiting, applied = self.parked[key], 0
        while waiting and self.digests(waiting[0].event):
            self._apply(waiting.pop(0).event)
            applied += 1
        if not waiting:
            del self.parked[key]
        else:
            first = waiting[0]
            first.attempts += 1
            first.next_try = now + PAUSES[first.attempts - 1] if first.attempts <= len(PAUSES) else None
        return applied

    def _apply(self, event: Recorded) -> None:
        amounts = self.amounts.setdefault(event.key, [])
        if "amount" in event.data:
            amounts.append(event.data["amount"])
