"""What another service said, by the type and the id of its event: the ground on which something here rests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`event` is the event's id (`registry/3/1042`), `type` its published type."""

    type: str
    event: str
