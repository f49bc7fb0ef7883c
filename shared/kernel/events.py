"""Event types: frozen dataclasses under stable, versioned names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol, cast

import msgspec

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Data = dict[str, Any]
"""An event's fields as JSON builtins: text, whole numbers, booleans, null, lists and objects; dates as ISO text."""


class Event(Protocol):
    TYPE: ClassVar[str]


class UnknownEventType(LookupError):
    """The event's type is not in this catalogue; `type` names it."""

    def __init__(self, type_: str) -> None:
        super().__init__(f"unknown event type {type_}")
        self.type = type_


@dataclass(frozen=True, slots=True)
class Upcaster:
    """Turns the data of one stored version into the next. Chains are followed until a current type is reached."""

    to: str
    change: Callable[[Data], Data]


class EventTypes:
    """The event types that one reader or writer knows.

    A writer registers the classes it stores, and an upcaster for each version it no longer writes.
    A reader of another service's events registers its own, narrower classes under the same names (unknown fields
    are ignored) and says in `ignored` which types it knows of and has no use for.
    """

    def __init__(
        self,
        classes: Iterable[type],
        *,
        upcasters: Mapping[str, Upcaster] | None = None,
        ignored: Iterable[str] = (),
    ) -> None:
        self._classes: dict[str, type] = {}
        for cls in classes:
            name = cast("type[Event]", cls).TYPE
            if name in self._classes:
                raise ValueError(f"two event classes are called {name}")
            self._classes[name] = cls
        self._upcasters = dict(upcasters or {})
        self._ignored = frozenset(ignored)

    @property
    def classes(self) -> Mapping[str, type]:
        return self._classes

    def ignores(self, type_: str) -> bool:
        return type_ in self._ignored

    def encode(self, event: Event) -> Data:
        if event.TYPE not in self._classes:
            raise UnknownEventType(event.TYPE)
        return cast("Data", msgspec.to_builtins(event))

    def decode(self, type_: str, data: Data) -> Any:
        """The event as its current class. Raises UnknownEventType, or msgspec.ValidationError on a broken shape."""
        cls = self._classes.get(type_)
        while cls is None:
            upcaster = self._upcasters.get(type_)
            if upcaster is None:
                raise UnknownEventType(type_)
            type_, data = upcaster.to, upcaster.change(data)
            cls = self._classes.get(type_)
        return msgspec.convert(data, cls)

    def schemas(self) -> dict[str, Any]:
        """JSON Schema of each current type's `data`, by type name."""
        return {name: {"$schema": DIALECT} | msgspec.json.schema(cls) for name, cls in sorted(self._classes.items())}


def occurred_on(event: Any, default: date) -> date:
    """The business date of an event: the field that its class names in OCCURRED_ON, else the day it was recorded."""
    field = getattr(event, "OCCURRED_ON", None)
    return cast("date", getattr(event, field)) if field else default
