"""Commands: frozen dataclasses, the table that says how each is handled, and what comes of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from shared.kernel.aggregates import Aggregate, Ref, State
from shared.kernel.caller import Caller

if TYPE_CHECKING:
    from shared.kernel.unit_of_work import UnitOfWork


class Command(Protocol):
    """`NAME` is the stored word of the command (`registry.record-return`): deadlines and reactions are kept by it."""

    NAME: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a decision may know besides state and command: who acts, and when. `today` is the county's date."""

    caller: Caller
    now: datetime
    today: date
    correlation: str = ""
    causation: str = ""

    @property
    def actor(self) -> str:
        return self.caller.subject


@dataclass(frozen=True, slots=True)
class Handler:
    """How one command is handled.

    `touches` names the streams known beforehand (they are read together for a whole batch, and latched);
    `handle` loads, decides and appends through the unit of work; `roles` may send the command through the API.
    """

    command: type[Any]
    touches: Callable[[Any], Sequence[Ref]]
    handle: Callable[["UnitOfWork", Any, Context], None]
    roles: frozenset[str]


def decides(
    command: type[Any],
    aggregate: Aggregate[State],
    id_of: Callable[[Any], str],
    decide: Callable[[State, Any, Context], Sequence[Any]],
    roles: frozenset[str] = frozenset(),
) -> Handler:
    """The usual handler: one stream, loaded, decided upon by a pure function, and appended to."""

    def handle(work: "UnitOfWork", order: Any, context: Context) -> None:
        ref = aggregate.ref(id_of(order))
        work.append(ref, decide(work.load(ref), order, context))

    return Handler(command, lambda order: (aggregate.ref(id_of(order)),), handle, roles)


class CommandTable:
    """The commands of one service by class and by stored name."""

    def __init__(self, handlers: Sequence[Handler]) -> None:
        self._by_class: Mapping[type[Any], Handler] = {handler.command: handler for handler in handlers}
        self._by_name: Mapping[str, Handler] = {handler.command.NAME: handler for handler in handlers}
        if len(self._by_name) != len(handlers):
            raise ValueError("two commands share a name")

    def handler(self, command: Any) -> Handler:
        return self._by_class[type(command)]

    def command_class(self, name: str) -> type[Any]:
        return self._by_name[name].command

    def __iter__(self) -> Any:
        return iter(self._by_class.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command on its way: with its id, its sender and what it answers to.

    `fingerprint` identifies the request's content: the same id with another fingerprint is refused.
    `expected_version` is what the caller saw of the first touched stream (If-Match), or None.
    """

    command: Any
    command_id: str
    caller: Caller
    fingerprint: str = ""
    expected_version: int | None = None
    correlation: str = ""
    causation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an executed command did: ids of its events (none: nothing had to change) and the stream's version."""

    command_id: str
    stream: str
    version: int
    events: tuple[str, ...] = ()
    repeated: bool = field(default=False, compare=False)

    def as_repeat(self) -> "Outcome":
        return replace(self, repeated=True)
