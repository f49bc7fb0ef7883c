"""The registry in memory: its real commands, folds, clocks and ledger of children, over dictionaries.

Of the deadlines only those of children fire.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from services.registry.children.child import Child
from services.registry.children.state import CHILDREN
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.ledgers.schools import SCHOOLS_LEDGER
from services.registry.service import registry
from shared.calendar import shipped_calendar
from shared.calendar.zone import start_of_local_day
from shared.kernel.aggregates import Ref
from shared.kernel.caller import Caller, Place, Scope, system_caller
from shared.kernel.commands import Context
from shared.kernel.deadlines import CancelDeadline, DeadlineChange, SetDeadline, turn_clocks
from shared.kernel.events import occurred_on
from shared.kernel.ledgers import Row
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import Refused
from shared.kernel.rows import next_row
from tests.registry.facts import POLICY

LEDGERS = (CHILDREN_LEDGER, SCHOOLS_LEDGER)
SERVICE = registry(POLICY, shipped_calendar())


@dataclass
class Town:
    """`today` moves day by day; what falls due on the way fires. `told`: every event with the day of its recording."""

    today: date
    states: dict[str, Any] = field(default_factory=dict)
    rows: dict[tuple[str, str], Row | None] = field(default_factory=dict)
    due: dict[str, SetDeadline] = field(default_factory=dict)
    told: list[tuple[date, Any]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return start_of_local_day(self.today) + timedelta(hours=9)

    def child(self, id_: str) -> Child:
        child: Child = self.states.get(CHILDREN.stream(id_), CHILDREN.initial(id_))
        return child

    def send(self, command: Any, by: str = "u1", role: str = "county_admin") -> list[Any]:
        """The events that came of it. Raises Refused, with nothing changed."""
        return self._handle(command, Caller(by, role, Scope("349921")))

    def tries(self, command: Any, by: str = "u1", role: str = "county_admin") -> list[Any]:
        """As `send`; a refusal gives no event."""
        try:
            return self.send(command, by, role)
        except Refused:
            return []

    def wait(self, days: int) -> None:
        for _ in range(days):
            self.today += timedelta(days=1)
            while ready := [clock for clock in self.due.values() if clock.due_at <= self.now]:
                first = min(ready, key=lambda clock: (clock.due_at, clock.key))
                del self.due[first.key]
                self._handle(first.command, system_caller("registry"))

    def _handle(self, command: Any, caller: Caller) -> list[Any]:
        context = Context(caller=caller, now=self.now, today=self.today)
        work = Work(self, dict(self.states))
        SERVICE.commands.handler(command).handle(work, command, context)
        self.states = work.states
        for ref, event, before, after in work.pending:
            self._keep(ref, event, before, after)
        return [event for _, event, _, _ in work.pending]

    def _keep(self, ref: Ref, event: Any, before: Any, after: Any) -> None:
        recorded = self._recorded(ref, event, ref.aggregate.place(after))
        self.told.append((self.today, event))
        for ledger in LEDGERS:
            if type(event) in ledger.events and (key := ledger.key(event, recorded)) is not None:
                row = next_row(ledger, key, self.rows.get((ledger.name, key)), event, recorded)
                self.rows[ledger.name, key] = row
        if ref.aggregate is not CHILDREN:
            return
        clocks, rule = SERVICE.clocks.get(ref.aggregate.category), SERVICE.deadlines.get(type(event))
        turned = turn_clocks(clocks(before, self.now), clocks(after, self.now)) if clocks else []
        self._turn([*turned, *(rule(event, recorded) if rule else ())])

    def _turn(self, changes: list[DeadlineChange]) -> None:
        for change in changes:
            if isinstance(change, CancelDeadline):
                self.due.pop(change.key, None)
            else:
                self.due[change.key] = change

    def _recorded(self, ref: Ref, event: Any, place: Place) -> Recorded:
        return Recorded(
            service="registry",
            partition=0,
            position=len(self.told) + 1,
            stream=ref.stream,
            version=1,
            type=event.TYPE,
            key=ref.key,
            time=self.now,
            actor="somebody",
            place=place,
            correlation="",
            causation="",
            occurred_on=occurred_on(event, self.today),
            data={},
        )


@dataclass
class Work:
    """What handlers see of a transaction."""

    town: Town
    states: dict[str, Any]
    pending: list[tuple[Ref, Any, Any, Any]] = field(default_factory=list)

    def load(self, ref: Ref) -> Any:
        return self.states.get(ref.stream, ref.aggregate.initial(ref.id))

    load_anywhere = load

    def row(self, ledger: Any, key: str) -> Row | None:
        return self.town.rows.get((ledger.name, key))

    def append(self, ref: Ref, events: Any) -> None:
        for event in events:
            before = self.load(ref)
            after = ref.aggregate.evolve(before, event)
            self.states[ref.stream] = after
            self.pending.append((ref, event, before, after))
