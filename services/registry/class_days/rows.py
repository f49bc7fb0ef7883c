"""The counts as a ledger: one row a class and day."""

import msgspec

from services.registry.class_days.events import ClassDayCounted, ClassDayHandedIn
from services.registry.class_days.known import DOUBT_LABELS, OF_A_CLASS
from shared.kernel.ledgers import Column, Index, Join, Ledger, Row, View
from shared.kernel.recorded import Recorded

EXPLAINED, UNEXPLAINED, NOT_COUNTED = "EXPLAINED", "UNEXPLAINED", "NOT_COUNTED"
BLANK: Row = dict.fromkeys(("expected", "present", "absent", "on_leave", "unexplained")) | {
    "status": NOT_COUNTED,
    "known": [],
    "named": [],
    "said_present": [],
    "concluded": False,
    "doubt": "",
}
"""A day of which nothing has been told yet."""


STATUS_LABELS: dict[str, str] = {
    EXPLAINED: "相符",
    UNEXPLAINED: "人数与名单不符，请逐人补登缺勤或请假后重报人数",
    NOT_COUNTED: "未报人数",
}


def apply(row: Row | None, event: ClassDayCounted | ClassDayHandedIn, _: Recorded) -> Row:
    told: Row = msgspec.to_builtins(event)
    told = {name: value for name, value in told.items() if name != "division"}
    if isinstance(event, ClassDayHandedIn):
        told["said_present"] = told.pop("present")
    return _compared((row or BLANK) | told)


def _compared(row: Row) -> Row:
    """Whether names account for everybody who did not come: those known, and those on the sheets of the day.

    Whoever is suspended or otherwise not expected may be in the class's own count, or left out of it.
    """
    if row["expected"] is None:
        return row
    named = set(row["named"]) - set(row["said_present"])
    must = {each["child_id"] for each in row["known"] if each["expected"]} - set(row["said_present"])
    may = must | named | {each["child_id"] for each in row["known"]}
    missing = row["expected"] - row["present"]
    explained = len(must) <= missing <= len(may)
    return row | {"unexplained": max(0, missing - len(may)), "status": EXPLAINED if explained else UNEXPLAINED}


CLASS_DAYS_LEDGER = Ledger(
    name="class-days",
    source="registry",
    events=frozenset({ClassDayCounted, ClassDayHandedIn}),
    apply=apply,
    key=lambda event, _: f"{event.school_code}:{event.grade}-{event.class_no}:{event.day.isoformat()}",
    indexes=(Index(("day", *OF_A_CLASS)), Index((*OF_A_CLASS, "day")), Index(("status", "day"))),
)

CLASS_DAYS_VIEW = View(
    name="daily-headcounts",
    title="班级每日出勤台账",
    of=CLASS_DAYS_LEDGER.name,
    columns=(
        Column("day", "日期", "date", width=12),
        Column("school_row.name", "学校", width=26),
        Column("grade", "年级", "number", width=6),
        Column("class_no", "班级", "number", width=6),
        Column("expected", "应到", "number", width=8),
        Column("present", "实到", "number", width=8),
        Column("on_leave", "请假", "number", width=8),
        Column("absent", "旷课", "number", width=8),
        Column("unexplained", "未说明", "number", width=8),
        Column("status", "人数与名单是否相符", "code", STATUS_LABELS, 46),
        Column("concluded", "未列出的推定到校", "code", width=16),
        Column("doubt", "未推定的原因", "code", DOUBT_LABELS, 40),
    ),
    joins=(Join("school_row", "schools", "school_code"),),
    date_field="day",
    order=("day", "school", "grade", "class_no"),
)
