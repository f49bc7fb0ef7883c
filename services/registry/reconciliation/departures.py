"""Who is gone from the county by the lists of deaths and of moves."""

from collections.abc import Iterable
from datetime import date

from services.registry.reconciliation.people import Book, Identity
from services.registry.snapshots.lines import Line

MOVED_OUT = "OUT"


def departures(book: Book, deaths: Iterable[Line], moves: Iterable[Line]) -> tuple[set[Identity], set[Identity]]:
    """Who has died or is known to have moved away; and who is said to have moved, which nobody has made sure of.

    The last move of a person counts.
    """
    gone, leaving = {book.identity(line) for line in deaths}, set[Identity]()
    last: dict[Identity, Line] = {}
    for line in moves:
        identity = book.identity(line)
        last[identity] = max(last.get(identity, line), line, key=lambda each: (each.on or date.min, each.key))
    for identity, line in last.items():
        if line.state == MOVED_OUT:
            (gone if line.confirmed else leaving).add(identity)
    return gone, leaving
