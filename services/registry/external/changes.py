"""What is owed to systems outside: each change of a child, until it was told or somebody struck it off.

A change of a weighty kind (`each` in `systems.toml`) is owed by itself, also when it has ended before anybody entered
it; of the others only how the child stands now is owed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from services.registry.external.systems import NOTHING, ExternalSystem, Told, systems


class ChangeState(StrEnum):
    DUE = "DUE"
    TOLD = "TOLD"
    STRUCK_OFF = "STRUCK_OFF"
    OVERTAKEN = "OVERTAKEN"  # what was owed is no longer so, and was no weighty change


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`number`: of the child's changes, in the order in which they became known."""

    system: str
    number: int
    now: Told
    state: ChangeState = ChangeState.DUE


Changes = tuple[Change, ...]


def due(changes: Iterable[Change], system: str) -> list[Change]:
    """What a system must still be told, the oldest first."""
    found = [each for each in changes if each.system == system and each.state is ChangeState.DUE]
    return sorted(found, key=lambda each: each.number)


def settled(changes: Changes, system: str, number: int, state: ChangeState) -> Changes:
    """With one change told or struck off."""
    return tuple(
        replace(each, state=state) if (each.system, each.number) == (system, number) else each for each in changes
    )


def is_latest_settled(changes: Iterable[Change], system: str, number: int) -> bool:
    """Whether nothing later is told or struck off: it is what the system knows last."""
    return number >= _last_settled(changes, system)


def with_news(changes: Changes, category: str, now: Told, told: dict[str, Told] | None = None) -> Changes:
    """With what a child that stands so `now` makes owed; `told`: what each system knows last."""
    for code, system in systems().items():
        changes = _of_system(changes, code, system, category, now, (told or {}).get(code))
    return changes


def _of_system(
    changes: Changes, code: str, system: ExternalSystem, category: str, now: Told, told: Told | None
) -> Changes:
    owed = due(changes, code)
    kept = [each for each in owed if each.now.status in system.each]
    fleeting = next((each for each in owed if each.now.status not in system.each), None)
    after_told = [each for each in kept if each.number > _last_settled(changes, code)]
    known = after_told[-1].now if after_told and told != NOTHING else told
    if not system.waits(category, now, known) or (told == NOTHING and after_told and after_told[-1].now == now):
        return _without(changes, fleeting)
    if fleeting is not None and fleeting.now == now:
        return changes
    return _in_a_slot(_without(changes, fleeting), Change(system=code, number=_next(changes), now=now))


def _without(changes: Changes, fleeting: Change | None) -> Changes:
    return settled(changes, fleeting.system, fleeting.number, ChangeState.OVERTAKEN) if fleeting else changes


def _in_a_slot(changes: Changes, new: Change) -> Changes:
    """In the place of one that was overtaken, so that the list does not grow with every day of absence."""
    for place, each in enumerate(changes):
        if each.system == new.system and each.state is ChangeState.OVERTAKEN:
            return (*changes[:place], new, *changes[place + 1 :])
    return (*changes, new)


def _next(changes: Sequence[Change]) -> int:
    return max((each.number for each in changes), default=0) + 1


def _last_settled(changes: Iterable[Change], system: str) -> int:
    done = (ChangeState.TOLD, ChangeState.STRUCK_OFF)
    return max((each.number for each in changes if each.system == system and each.state in done), default=0)
