"""Days of which nobody has handed in anything: school days of a class without a headcount and without a sheet.

Rule 8-05. They are computed when somebody asks, from the days that were handed in: what is owed is no fact, it ends
by itself, and one row a class and day would be a million rows a year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.registry.children.bases import EXPECTED, counted_in
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.class_days.known import ClassKey
from services.registry.schools.headcounts import schools_within
from shared.calendar import SchoolCalendar
from shared.kernel.caller import Caller
from shared.kernel.criteria import conjunction
from shared.kernel.ledgers import Column, Row
from shared.kernel.store import Document, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Days, both included, of a division or school within the caller's scope; empty: of all of it."""

    first: date
    last: date
    division: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSpell:
    """A pupil who is absent without excuse, and the owed days since: they neither lengthen the spell nor end it."""

    child_id: ChildId
    name: str
    absent_since: date
    owed: Sequence[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedClass:
    """A class that owes `days`. `pupils`: who should come to it."""

    of_class: ClassKey
    school_name: str
    pupils: int
    days: Sequence[date]
    spells: Sequence[OpenSpell]


def owed_classes(store: Store, caller: Caller, calendar: SchoolCalendar, asked: Asked) -> Iterator[OwedClass]:
    """The classes that owe something, in order of school, grade and class. A class owes from its first pupil's day."""
    span = range((asked.last - asked.first).days + 1)
    school_days = [day for offset in span if calendar.has_school(day := asked.first + timedelta(days=offset))]
    places = [scope.criteria() for scope in caller.scope.narrowed(asked.division, asked.school)]
    handed_in = _handed_in(store, asked, places)
    spells = _open_spells(store, places)
    for row in _classes(store, schools_within(store, caller, asked.division, asked.school)):
        key = SchoolCode(row["_id"]["school"]), row["_id"]["grade"], row["_id"]["class_no"]
        began, done = row["began"] or "", handed_in.get(key, set())
        days = [day for day in school_days if began <= day.isoformat() and day.isoformat() not in done]
        if days:
            rest = [_spell(child, days) for child in spells.get(key, ())]
            yield OwedClass(of_class=key, school_name=row["school_name"], pupils=row["pupils"], days=days, spells=rest)


def _classes(store: Store, schools: list[str]) -> Iterator[Document]:
    expected = {"school": {"$in": schools}, "class_no": {"$gt": 0}} | counted_in(EXPECTED)
    group: Document = {
        "_id": {"school": "$school", "grade": "$grade", "class_no": "$class_no"},
        "school_name": {"$first": "$school_name"},
        "pupils": {"$sum": 1},
        "began": {"$min": "$enrolled_on"},
    }
    stages: list[Document] = [
        {"$match": expected},
        {"$group": group},
        {"$sort": {"_id.school": 1, "_id.grade": 1, "_id.class_no": 1}},
    ]
    yield from store.ledger_collection("children").aggregate(stages)


def _handed_in(store: Store, asked: Asked, places: list[Document]) -> dict[ClassKey, set[str]]:
    days = {"day": {"$gte": asked.first.isoformat(), "$lte": asked.last.isoformat()}}
    wanted = dict.fromkeys(("school", "grade", "class_no", "day"), 1)
    found: dict[ClassKey, set[str]] = {}
    for row in store.ledger_collection("class-days").find(conjunction([days, *places]), wanted):
        found.setdefault((row["school"], row["grade"], row["class_no"]), set()).add(row["day"])
    return found


def _open_spells(store: Store, places: list[Document]) -> dict[ClassKey, list[Document]]:
    absent = {"absent_since": {"$ne": None}} | counted_in(EXPECTED)
    wanted = dict.fromkeys(("school", "grade", "class_no", "name", "absent_since"), 1)
    found: dict[ClassKey, list[Document]] = {}
    for row in store.ledger_collection("children").find(conjunction([absent, *places]), wanted):
        found.setdefault((row["school"], row["grade"], row["class_no"]), []).append(row)
    return found


def _spell(child: Document, days: Sequence[date]) -> OpenSpell:
    since = date.fromisoformat(child["absent_since"])
    owed = [day for day in days if day > since]
    return OpenSpell(child_id=ChildId(child["_id"]), name=child["name"], absent_since=since, owed=owed)


TITLE = "未报考勤班级台账"
COLUMNS = (
    Column("school_name", "学校", width=26),
    Column("grade", "年级", "number", width=6),
    Column("class_no", "班级", "number", width=6),
    Column("pupils", "应到校学生", "number", width=12),
    Column("owed", "未报天数", "number", width=10),
    Column("days", "未报日期", width=40),
    Column("open_spells", "缺勤未返人数", "number", width=14),
    Column("spells", "缺勤未返的学生（缺勤开始日；其后未报天数）", width=50),
)


def as_row(owed: OwedClass) -> Row:
    """A class as a line of the workbook."""
    _, grade, class_no = owed.of_class
    told: dict[str, Any] = {"school_name": owed.school_name, "grade": grade, "class_no": class_no}
    spells = (f"{each.name}（{each.absent_since}；{len(each.owed)}天）" for each in owed.spells)
    return told | {
        "pupils": owed.pupils,
        "owed": len(owed.days),
        "days": "、".join(day.isoformat() for day in owed.days),
        "open_spells": len(owed.spells),
        "spells": "、".join(spells),
    }
