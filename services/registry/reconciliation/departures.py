"""Who is gone from the county by the lists of deaths and of moves."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from services.registry.reconciliation.people import Book, Identity
from services.registry.snapshots.lines import Line

MOVED_OUT = "OUT"


def departures(book: Book, deaths: Iterable[Line], moves: Iterable[Line]) -> tuple[set[Identity], set[Identity]]:
    """Who has died or is known to have moved away; and who is said to have moved, which nobody has made sure of.

    The last day of a person's moves counts. Who moved out and in on that day is not known to be away.
    """
    gone, leaving = {book.identity(line) for line in deaths}, set[Identity]()
    told: dict[Identity, list[Line]] = defaultdict(list)
    for line in moves:
        told[book.identity(line)].append(line)
    for identity, lines in told.items():
        last_day = max(_day(line) for line in lines)
        last = [line for line in lines if _day(line) == last_day]
        if any(line.state == MOVED_OUT for line in last):
            is_sure = all(line.state == MOVED_OUT for line in last) and any(line.confirmed for line in last)
            (gone if is_sure else leaving).add(identity)
    return gone, leaving


def _day(line: Line) -> date:
    return line.on or date.min
