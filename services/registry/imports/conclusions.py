"""What an attendance sheet made the registry conclude, by name, and where nothing was concluded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.registry.attendance.events import AttendanceResumed
from services.registry.class_days.known import DOUBT_LABELS, ClassDay
from shared.kernel.store import Store
from shared.workbooks.writing import Note

_CLASS = (("学校", 26), ("年级", 8), ("班级", 8))


@dataclass(frozen=True, slots=True)
class Presumed:
    """A child of whom presence was inferred, and the day."""

    name: str
    school_name: str
    grade: int
    class_no: int
    day: date


@dataclass(frozen=True, slots=True)
class Conclusions:
    """`doubts`: the classes and days of which it stays open who was there, with the school's name and the reason."""

    presumed: Sequence[Presumed] = ()
    doubts: Sequence[tuple[str, int, int, date, str]] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Of an import's answer: presences that nobody said, and classes and days that stayed in doubt."""
        told = {"presumed": len(self.presumed), "in_doubt": len(self.doubts)}
        return {name: count for name, count in told.items() if count}

    def notes(self) -> list[Note]:
        """Both as sheets of the answer's workbook."""
        people = [(each.name, each.school_name, each.grade, each.class_no, each.day) for each in self.presumed]
        open_days = [(*each[:4], DOUBT_LABELS[each[4]]) for each in self.doubts]
        notes = [
            Note("推定到校", "未列出而推定到校的学生", (("姓名", 12), *_CLASS, ("推定到校日", 14)), people),
            Note("未推定", "没有推定到校的班级和日期", (*_CLASS, ("未推定日", 14), ("原因和办法", 70)), open_days),
        ]
        return [note for note in notes if note.rows]


def conclusions_of(store: Store, doubts: Mapping[ClassDay, str], events: Sequence[int]) -> Conclusions:
    """`events`: the addresses of what was recorded of children's days."""
    inferred = _inferred(store, events)
    children = store.ledger_collection("children").find({"_id": {"$in": sorted({child for child, _ in inferred})}})
    known = {row["_id"]: row for row in children}
    codes = sorted({school for (school, _, _), _ in doubts})
    schools = {row["_id"]: row["name"] for row in store.ledger_collection("schools").find({"_id": {"$in": codes}})}
    presumed = [
        Presumed(row["name"], row["school_name"], row["grade"] or 0, row["class_no"] or 0, day)
        for child, day in inferred
        if (row := known.get(child))
    ]
    left_open = [(schools.get(key[0], key[0]), key[1], key[2], day, doubt) for (key, day), doubt in doubts.items()]
    return Conclusions(sorted(presumed, key=_order), sorted(left_open))


def _order(each: Presumed) -> tuple[str, int, int, date, str]:
    return each.school_name, each.grade, each.class_no, each.day, each.name


def _inferred(store: Store, addresses: Sequence[int]) -> list[tuple[str, date]]:
    criteria = {"_id": {"$in": addresses}, "type": AttendanceResumed.TYPE, "data.inferred": True}
    found = store.events.find(criteria, {"data": 1}) if addresses else ()
    return [(event["data"]["child_id"], date.fromisoformat(event["data"]["present_on"])) for event in found]
