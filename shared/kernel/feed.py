"""Reading a service's own log on from a cursor, for one reader's scope."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.kernel.caller import Scope
from shared.kernel.cursor import Cursor, CursorNotValid
from shared.kernel.recorded import Recorded
from shared.kernel.store import Store


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, the place after them, and whether the log already holds more.

    Events of one partition are in order; the cursor also passes what the reader may not see.
    """

    events: Sequence[Recorded]
    cursor: Cursor
    more: bool


def read_page(
    store: Store,
    cursor: Cursor,
    limit: int,
    scope: Scope,
    types: frozenset[str] = frozenset(),
    hidden: frozenset[str] = frozenset(),
) -> Page:
    """At most `limit` events after `cursor` that the scope covers, of these types (none named: all) but the hidden.

    Raises CursorNotValid for a place that this log has not reached: it was cut back since, and the reader must know.
    """
    heads = store.positions()
    if any(position > head for position, head in zip(cursor.positions, heads, strict=True)):
        raise CursorNotValid()
    positions = list(cursor.positions)
    events: list[Recorded] = []
    for partition, share in _shares(positions, heads, limit):
        for recorded in store.read_partition(partition, positions[partition], share):
            positions[partition] = recorded.position
            if scope.covers(recorded.place) and _asked(recorded.type, types, hidden):
                events.append(recorded)
    more = any(position < head for position, head in zip(positions, heads, strict=True))
    return Page(events, Cursor(tuple(positions)), more)


def _asked(type_: str, types: frozenset[str], hidden: frozenset[str]) -> bool:
    return type_ not in hidden and (not types or type_ in types)


def _shares(positions: Sequence[int], heads: Sequence[int], limit: int) -> Iterator[tuple[int, int]]:
    """How many events to read of each partition that has news: fairly shared, so that none waits for another."""
    news = {
        p: head - position for p, (position, head) in enumerate(zip(positions, heads, strict=True)) if head > position
    }
    left = limit
    for done, (partition, waiting) in enumerate(sorted(news.items(), key=lambda item: item[1])):
        share = min(waiting, max(1, left // (len(news) - done)), left)
        if share:
            yield partition, share
        left -= share
