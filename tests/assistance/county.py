"""The service in memory: real handlers, reactions, deadlines and ledgers over dictionaries instead of a database.

Each command is a step that is kept whole or not at all, as the kernel's transactions are.
"""

from collections.abc import Iterable
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from services.assistance.bootstrap import service
from services.assistance.funds.state import FUNDS, Fund
from services.assistance.policy import Policy, read_policy
from shared.calendar import SchoolCalendar, read_terms, shipped_calendar
from shared.calendar.zone import start_of_local_day
from shared.kernel.aggregates import Ref
from shared.kernel.caller import Caller, Place, Scope, system_caller
from shared.kernel.commands import Context
from shared.kernel.deadlines import SetDeadline
from shared.kernel.events import occurred_on
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import NotFound
from shared.kernel.rows import next_row

TERMS = read_terms()
POLICY = read_policy()
CHILD_PLACE = Place("349921101001", "3421000001")


def small_steps(lines: int = 2, children: int = 2) -> Policy:
    """The shipped policy with steps so small that a few children need several."""
    steps = replace(POLICY.steps, lines_prepared=lines, lines_settled=lines, children_assessed=children)
    return replace(POLICY, steps=steps)


@dataclass
class Streams:
    states: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    due: dict[str, Any] = field(default_factory=dict)
    events: list[Any] = field(default_factory=list)

    def fork(self) -> "Streams":
        rows = {name: dict(rows) for name, rows in self.rows.items()}
        return Streams(dict(self.states), dict(self.versions), rows, dict(self.due), list(self.events))


@dataclass(frozen=True, slots=True)
class InForce:
    """The county's calendar, whatever a test has put there."""

    county: "County"

    def __call__(self) -> SchoolCalendar:
        return self.county.calendar

    def look_again(self) -> None:
        return


class County:
    """What a test talks to."""

    def __init__(self, today: date = date(2026, 10, 1), policy: Policy = POLICY) -> None:
        self.calendar = shipped_calendar()
        self.service = service(policy, InForce(self))
        self.today = today
        self._kept = Streams()

    # -- doing

    def say(self, *events: Any, place: Place = CHILD_PLACE) -> "County":
        """The registry says something: ledgers first, then the reactions' commands, as one step."""
        for event in events:
            work = self._work(system_caller("assistance"))
            work.take_in(event, place)
            recorded = envelope("registry", event.child_id, event, place, self.today)
            for reaction in self.service.reactions.get(type(event), ()):
                for command in reaction(event, recorded):
                    work.handle(command)
            self._keep(work)
        return self

    def send(self, command: Any, by: str = "preparer") -> list[Any]:
        """A person sends a command; the events it made. Raises Refused with nothing changed."""
        work = self._work(Caller(by, "finance", Scope("349921")))
        work.handle(command)
        self._keep(work)
        return work.new

    def fire_one(self) -> bool:
        """Fire the earliest stored continuation; False when there is none."""
        if not self._kept.due:
            return False
        key, command = next(iter(self._kept.due.items()))
        work = self._work(system_caller("assistance"))
        del work.streams.due[key]
        work.handle(command)
        self._keep(work)
        return True

    def settle_down(self) -> "County":
        while self.fire_one():
            pass
        return self

    # -- looking

    @property
    def events(self) -> list[Any]:
        return self._kept.events

    def rows(self, ledger: str) -> dict[str, Row]:
        return self._kept.rows.get(ledger, {})

    def fund(self, id_: str = "f1") -> Fund:
        fund: Fund = self._kept.states.get(FUNDS.stream(id_), FUNDS.initial(id_))
        return fund

    def state(self, ref: Ref) -> Any:
        return self._kept.states.get(ref.stream, ref.aggregate.initial(ref.id))

    def continuations(self) -> dict[str, Any]:
        return dict(self._kept.due)

    # -- inside

    def _work(self, caller: Caller) -> "InMemoryWork":
        now = start_of_local_day(self.today) + timedelta(hours=9)
        context = Context(caller=caller, now=now, today=self.today)
        return InMemoryWork(self.service, self._kept.fork(), context, copy(self._kept.rows))

    def _keep(self, work: "InMemoryWork") -> None:
        work.finish()
        self._kept = work.streams


class InMemoryWork:
    """What handlers see of a transaction."""

    def __init__(self, service_: Any, streams: Streams, context: Context, snapshot: dict[str, dict[str, Row]]) -> None:
        self.service, self.streams, self.context = service_, streams, context
        self.new: list[Any] = []
        self._snapshot = snapshot
        self._pending: list[tuple[Ref, Any, Place]] = []

    def handle(self, command: Any) -> None:
        self.service.commands.handler(command).handle(self, command, self.context)

    def take_in(self, event: Any, place: Place) -> None:
        for ledger in self.service.ledgers_fed_by("registry"):
            if type(event) in ledger.events:
                self._apply(ledger, event, envelope("registry", event.child_id, event, place, self.context.today))
        self._snapshot = {name: dict(rows) for name, rows in self.streams.rows.items()}

    def preload(self, refs: Iterable[Ref]) -> None: ...

    def preload_rows(self, ledger: Ledger, keys: Iterable[str]) -> None: ...

    def load(self, ref: Ref) -> Any:
        state = self.streams.states.get(ref.stream, ref.aggregate.initial(ref.id))
        place = ref.aggregate.place(state)
        if ref.stream in self.streams.versions and not self.context.caller.scope.covers(place):
            raise NotFound(ref.stream)
        return state

    def append(self, ref: Ref, events: Iterable[Any]) -> None:
        state = self.streams.states.get(ref.stream, ref.aggregate.initial(ref.id))
        for event in events:
            state = ref.aggregate.evolve(state, event)
            self.streams.versions[ref.stream] = self.streams.versions.get(ref.stream, 0) + 1
            self._pending.append((ref, event, ref.aggregate.place(state)))
            self.new.append(event)
        self.streams.states[ref.stream] = state

    def whole_or_not_at_all(self) -> nullcontext[None]:
        return nullcontext()  # what raises ends the test

    def schedule(self, *deadlines: SetDeadline) -> None:
        raise AssertionError(f"something was set aside: {deadlines}")

    def row(self, ledger: Ledger, key: str) -> Row | None:
        return self._snapshot.get(ledger.name, {}).get(key)

    def rows_after(self, ledger: Ledger, criteria: dict[str, Any], after: str, limit: int) -> list[Row]:
        rows = sorted(self._snapshot.get(ledger.name, {}).items())
        return [row for key, row in rows if key > after and _meets(row, criteria)][:limit]

    def finish(self) -> None:
        """Ledgers and deadlines take the step's events in, through their stored form."""
        for ref, event, place in self._pending:
            data = self.service.events.encode(event)
            assert self.service.events.decode(event.TYPE, data) == event
            recorded = envelope("assistance", ref.key, event, place, self.context.today)
            for ledger in self.service.ledgers_fed_by("assistance"):
                if type(event) in ledger.events:
                    self._apply(ledger, event, recorded)
            for change in self.service.deadlines.get(type(event), lambda *_: [])(event, recorded):
                assert isinstance(change, SetDeadline)
                self.streams.due[change.key] = change.command
            self.streams.events.append(event)

    def _apply(self, ledger: Ledger, event: Any, recorded: Recorded) -> None:
        key = ledger.key(event, recorded)
        rows = self.streams.rows.setdefault(ledger.name, {})
        assert key is not None
        row = next_row(ledger, key, rows.get(key), event, recorded)
        if row is None:
            rows.pop(key, None)
        else:
            rows[key] = row


def _meets(row: Row, criteria: dict[str, Any]) -> bool:
    for name, wanted in criteria.items():
        value = row.get(name)
        if isinstance(wanted, dict) and "$nin" in wanted:
            if value in wanted["$nin"]:
                return False
        elif isinstance(wanted, dict):
            if not (wanted["$gte"] <= value < wanted["$lt"]):
                return False
        elif value != wanted:
            return False
    return True


def envelope(source: str, key: str, event: Any, place: Place, today: date) -> Recorded:
    moment: datetime = start_of_local_day(today) + timedelta(hours=9)
    return Recorded(
        service=source,
        partition=0,
        position=1,
        stream=f"any-{key}",
        version=1,
        type=event.TYPE,
        key=key,
        time=moment,
        actor="somebody",
        place=place,
        correlation="",
        causation="",
        occurred_on=occurred_on(event, today),
        data={},
    )
