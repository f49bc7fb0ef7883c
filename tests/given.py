"""Decision tests as sentences: given these events, when this is asked, then these events, or this refusal.

    given(CHILDREN, registered(), enrolled(), id="c1").when(decide, command, on(date(2026, 9, 7))).then(absence())

A decision is `(state, command, context) -> events`; bind a policy with `functools.partial`. Whatever was decided
is folded into the state as well, so an `evolve` that cannot take its own events fails the test.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic

from shared.calendar.zone import start_of_local_day
from shared.kernel.aggregates import Aggregate, State
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Context
from shared.kernel.refusals import Refused

Decision = Callable[[State, Any, Context], Sequence[Any]]


def on(day: date, *, role: str = "county_admin", subject: str = "u1", at: timedelta = timedelta(hours=9)) -> Context:
    """The context of somebody who acts on a local day, at nine in the morning unless told otherwise."""
    now: datetime = start_of_local_day(day) + at
    return Context(caller=Caller(subject, role, Scope()), now=now, today=day)


def given(aggregate: Aggregate[State], *events: Any, id: str = "c1") -> "Given[State]":
    """A stream with these past events."""
    state = aggregate.initial(id)
    for event in events:
        state = aggregate.evolve(state, event)
    return Given(aggregate, state)


@dataclass(frozen=True, slots=True)
class Given(Generic[State]):
    aggregate: Aggregate[State]
    state: State

    def when(self, decide: Decision[State], command: Any, context: Context) -> "Decided[State]":
        try:
            events = tuple(decide(self.state, command, context))
        except Refused as refusal:
            return Decided(self.aggregate, self.state, (), refusal)
        state = self.state
        for event in events:
            state = self.aggregate.evolve(state, event)
        return Decided(self.aggregate, state, events, None)


@dataclass(frozen=True, slots=True)
class Decided(Generic[State]):
    """What came of it. `state` is the stream's state afterwards."""

    aggregate: Aggregate[State]
    state: State
    events: tuple[Any, ...]
    refusal: Refused | None

    def then(self, *expected: Any) -> "Given[State]":
        """Exactly these events; the result can be asked again, as after them."""
        if self.refusal is not None:
            raise AssertionError(f"refused with {self.refusal.code}: {self.refusal.zh}") from self.refusal
        assert list(self.events) == list(expected)
        return Given(self.aggregate, self.state)

    def then_nothing(self) -> "Given[State]":
        """Accepted, and nothing had to change."""
        return self.then()

    def then_refused(self, code: str) -> Refused:
        """Turned down under this code, with a sentence in each language; nothing has changed."""
        assert self.refusal is not None, f"accepted, with {self.events}"
        assert self.refusal.code == code
        assert self.refusal.zh
        assert self.refusal.en
        return self.refusal
