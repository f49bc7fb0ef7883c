"""Last term's rosters beside the pupils of today: who is missing, new, or elsewhere. Rule 9-03."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from services.registry.reconciliation.compare import Difference
from services.registry.reconciliation.people import Book, Identity, Pupil
from services.registry.reconciliation.reasons import Reasons
from services.registry.snapshots.lines import Line
from shared.calendar.terms import school_year_of


def compare_rosters(
    last: Iterable[tuple[date, Line]], pupils: Iterable[Pupil], on: date, reasons: Reasons, totals: Counter[str]
) -> Iterator[Difference]:
    """Whoever was on a roster of the given day and is at no school now, in the order of identities.

    `totals` counts `roster_missing`, `roster_new` and `roster_moved` (now at another school). Who has left the last
    grade since then, or of whom it is known where it is, is not missing.
    """
    here = reasons.at_school | reasons.of_school_but_elsewhere
    book = Book.of(pupils, {})
    before: dict[Identity, tuple[date, Line]] = {}
    for day, line in last:
        identity = book.identity(line)
        told = before.get(identity, (day, line))
        before[identity] = max(told, (day, line), key=lambda each: (each[0], each[1].key))
    for identity in sorted(before):
        day, line = before[identity]
        pupil = book.pupil(identity)
        if pupil and pupil.attendance in here:
            totals["roster_moved"] += bool(pupil.school and pupil.school != line.school)
        elif not (_has_left(day, line, on, reasons) or (pupil and pupil.attendance in reasons.explained)):
            totals["roster_missing"] += 1
            poor = pupil is not None and pupil.poor
            yield Difference(identity=identity, reason="ROSTER_MISSING", poor=poor, line=line, pupil=pupil)
    attending = {child_id for child_id, pupil in book.pupils.items() if pupil.attendance in here}
    totals["roster_new"] += len(attending - before.keys()) if before else 0


def _has_left(day: date, line: Line, on: date, reasons: Reasons) -> bool:
    """So many school years later it has left the last grade."""
    years = school_year_of(on).start - school_year_of(day).start
    return bool(line.grade) and line.grade + years > reasons.leavers_grade
