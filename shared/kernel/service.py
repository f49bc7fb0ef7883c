"""What makes a service: everything the kernel needs to run one, as data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.kernel.commands import CommandTable
from shared.kernel.deadlines import DeadlineChange, SetDeadline
from shared.kernel.events import EventTypes
from shared.kernel.ledgers import Ledger, View
from shared.kernel.recorded import Recorded

Reaction = Callable[[Any, Recorded], Sequence[Any]]
"""Another service's event -> own commands. Pure; named `when_<event>_<do>`."""

DeadlineRule = Callable[[Any, Recorded], Sequence[DeadlineChange]]
"""An own event -> the deadlines it sets or cancels."""

ClockRule = Callable[[Any, datetime], Sequence[SetDeadline]]
"""The state of a stream, at a moment -> every deadline that stands because the stream is in that state. Pure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service's part of the suite.

    `contracts` holds, for each source service, this service's own reading of that service's events;
    `reactions` maps contract classes to what they cause here; `deadlines` maps own event classes to deadline rules;
    `clocks` maps categories of streams to what stands in a state: an event turns the clocks from those of the state
    before it to those of the state after it, and its own deadline rule has the last word.
    `feed_roles` may read the log's events (empty: every signed-in role), each those of its own place alone;
    `confidential` names the types that even of these only some roles may read;
    `marks` names, for a field by which large views are ordered, the ledger whose keys it mostly holds: there a walk
    along the order may rest.
    """

    name: str
    events: EventTypes
    commands: CommandTable
    ledgers: Sequence[Ledger] = ()
    views: Sequence[View] = ()
    contracts: Mapping[str, EventTypes] = field(default_factory=dict)
    reactions: Mapping[type[Any], Sequence[Reaction]] = field(default_factory=dict)
    deadlines: Mapping[type[Any], DeadlineRule] = field(default_factory=dict)
    clocks: Mapping[str, ClockRule] = field(default_factory=dict)
    feed_roles: frozenset[str] = frozenset()
    confidential: Mapping[type[Any], frozenset[str]] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)

    def ledger(self, name: str) -> Ledger:
        return next(ledger for ledger in self.ledgers if ledger.name == name)

    def view(self, name: str) -> View | None:
        return next((view for view in self.views if view.name == name), None)

    def hidden_from(self, role: str) -> frozenset[str]:
        """The types whose events this role may not read."""
        return frozenset(event.TYPE for event, roles in self.confidential.items() if role not in roles)

    def ledgers_fed_by(self, source: str) -> list[Ledger]:
        return [ledger for ledger in self.ledgers if ledger.source == source]
