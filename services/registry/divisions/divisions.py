"""A division's codes and names through time: event, command, decision, aggregate.

Codes are data of the official table; what the table says of a division holds from a day on, and may end.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from shared.identifiers.division import DivisionCode
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionRegistered:
    """The division is called so from `valid_from` on, and until `valid_to` (the last day) if that is known."""

    TYPE: ClassVar[str] = "registry.division-registered.v1"
    OCCURRED_ON: ClassVar[str] = "valid_from"
    division_code: DivisionCode
    name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDivision:
    NAME: ClassVar[str] = "registry.register-division"
    division_code: DivisionCode
    name: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """`spans`: what was said of it, the newest last."""

    code: str
    spans: tuple[DivisionRegistered, ...] = field(default=())


def register_division(division: Division, command: RegisterDivision, _: Context) -> list[DivisionRegistered]:
    """The same again changes nothing; another name holds from a later day, or corrects the newest from its own."""
    if command.valid_to is not None and command.valid_to < command.valid_from:
        raise DateBefore("valid_to", "启用日期", "the first day", command.valid_from)
    if division.spans and command.valid_from < (newest := division.spans[-1].valid_from):
        raise DateBefore("valid_from", "已登记的启用日期", "what is registered", newest)
    event = DivisionRegistered(
        division_code=command.division_code,
        name=command.name,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
    )
    return [] if division.spans and division.spans[-1] == event else [event]


def _evolve(division: Division, event: DivisionRegistered) -> Division:
    before = tuple(span for span in division.spans if span.valid_from < event.valid_from)
    return replace(division, spans=(*before, event))


DIVISIONS: Aggregate[Division] = Aggregate(
    category="division",
    initial=lambda id_: Division(code=id_),
    evolve=_evolve,
    place=lambda division: Place(division.code),
)
