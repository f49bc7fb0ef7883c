"""Aggregates: how a stream of events is folded into the state that decisions look at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.kernel.caller import Place

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Aggregate(Generic[State]):
    """One kind of stream.

    The stream of id `x` is called `<category>-x`. Its partition key is the id up to the first colon, so that what
    belongs to a child (`<child id>` or `<child id>:<local id>`) lies in the child's partition, in order.
    `evolve` must accept every past event; `place` says where the state belongs, for scopes.
    """

    category: str
    initial: Callable[[str], State]
    evolve: Callable[[State, Any], State]
    place: Callable[[State], Place]

    def stream(self, id_: str) -> str:
        return f"{self.category}-{id_}"

    def key(self, id_: str) -> str:
        return id_.partition(":")[0]

    def ref(self, id_: str) -> "Ref":
        return Ref(self, id_)


@dataclass(frozen=True, slots=True)
class Ref:
    """One stream of one aggregate."""

    aggregate: Aggregate[Any]
    id: str

    @property
    def stream(self) -> str:
        return self.aggregate.stream(self.id)

    @property
    def key(self) -> str:
        return self.aggregate.key(self.id)
