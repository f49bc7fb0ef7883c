"""What the ledgers know of classes and their days."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.registry.children.bases import EXPECTED, Standing, counted_in
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.class_days.known import OF_A_CLASS, ClassDay, ClassKey, HandedIn
from shared.kernel.store import Store


def class_day_rows(store: Store, classes: Iterable[ClassKey], first: date, last: date) -> dict[ClassDay, Any]:
    """The rows of these classes' days that anything is known of. They are asked for class by class: an index leads to
    the days of one class, and a county has thousands of classes.
    """
    rows = store.ledger_collection("class-days")
    days = {"day": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
    return {
        (of_class, date.fromisoformat(row["day"])): row
        for of_class in set(classes)
        for row in rows.find(dict(zip(OF_A_CLASS, of_class, strict=True)) | days)
    }


def told_by(row: Mapping[str, Any]) -> HandedIn:
    return HandedIn(frozenset(row["named"]), frozenset(row["said_present"]), row["concluded"], row["doubt"])


def pupils_expected(store: Store, at: Collection[ClassDay]) -> dict[ClassDay, int]:
    """How many pupils each class should have had on each day, as far as the children ledger knows.

    Who is away by now was expected until then: a sheet that is read again must find the same class.
    """
    schools = {"school": {"$in": sorted({school for (school, _, _), _ in at})}}
    spans: dict[ClassKey, list[tuple[str, str]]] = {}
    for row in store.ledger_collection("children").find(schools | counted_in(EXPECTED | _GONE_ON.keys()), _OF_A_PUPIL):
        of_class = SchoolCode(row["school"]), row["grade"], row["class_no"]
        spans.setdefault(of_class, []).append((row["enrolled_on"] or "", _until(row)))
    return {(key, day): sum(began <= day.isoformat() <= away for began, away in spans.get(key, ())) for key, day in at}


def _until(row: Mapping[str, Any]) -> str:
    """The day on which the pupil was expected for the last time; later than any day for who still is."""
    column = _GONE_ON.get(Standing(row["standing"]))
    return str(row.get(column) or "") if column else _NEVER


_NEVER = "9999"
_GONE_ON = {
    Standing.SUSPECTED: "suspected_on",
    Standing.DROPPED_OUT: "suspected_on",
    Standing.UNTRACEABLE: "lost_on",
    Standing.HOME_TAUGHT: "placed_on",
    Standing.SUSPENDED: "respite_from",
    Standing.ELSEWHERE: "elsewhere_on",
}
_OF_A_PUPIL = dict.fromkeys(("school", "grade", "class_no", "standing", "enrolled_on", *_GONE_ON.values()), 1)


def days_present(rows: Mapping[ClassDay, Any], of_class: ClassKey, child: ChildId, after: date) -> Sequence[date]:
    """The days after one on which sheets show a child present: it was said, or the sheet tells it of all others."""
    return [
        day
        for (key, day), row in rows.items()
        if key == of_class and day > after and _shows_present(told_by(row), child)
    ]


def _shows_present(told: HandedIn, child: ChildId) -> bool:
    return child in told.present or (told.concluded and child not in told.named)


def presumed_days(store: Store, child: ChildId, after: date, today: date) -> tuple[date, ...]:
    """The days after one on which sheets that were handed in show a child present in the class that it is in now."""
    row = store.ledger_collection("children").find_one({"_id": child}, {"school": 1, "grade": 1, "class_no": 1})
    if row is None or not row.get("school"):
        return ()
    of_class = SchoolCode(row["school"]), row["grade"], row["class_no"]
    return tuple(sorted(days_present(class_day_rows(store, {of_class}, after, today), of_class, child, after)))
