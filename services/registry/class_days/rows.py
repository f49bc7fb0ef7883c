"""The counts as a ledger: one row a class and day."""

import msgspec

from services.registry.class_days.events import ClassDayCounted, ClassDayHandedIn
from services.registry.class_days.known import DOUBT_LABELS, OF_A_CLASS
from shared.kernel.ledgers import Column, Index, Join, Ledger, Row, View
from shared.kernel.recorded import Recorded

EXPLAINED, UNEXPLAINED, NOT_COUNTED = "EXPLAINED", "UNEXPLAINED", "NOT_COUNTED"
BLANK: Row = dict.fromkeys(("expected", "present", "absent", "on_leave", "unexplained")) | {
    "status": NOT_COUNTED,
    "named": [],
    "said_present": [],
    "concluded": False,
    "doubt": "",
}
"""A day of which nothing has been told yet."""


STATUS_LABELS: dict[str, str] = {
    EXPLAINED: "相符",
    UNEXPLAINED: "不符，请核对缺勤名单",
    NOT_COUNTED: "未报人数",
}


def apply(row: Row | None, event: ClassDayCounted | ClassDayHandedIn, _: Recorded) -> Row:
    told: Row = msgspec.to_builtins(event)
    told = {name: value for name, value in told.items() if name != "division"}
    if isinstance(event, ClassDayHandedIn):
        told["said_present"] = told.pop("present")
        return (row or BLANK) | told
    left_over = event.expected - event.present - event.absent - event.on_leave
    counted = {"unexplained": left_over, "status": UNEXPLAINED if left_over else EXPLAINED}
    return (row or BLANK) | told | counted


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
        Column("status", "人数是否相符", "code", STATUS_LABELS, 22),
        Column("concluded", "未列出的推定到校", "code", width=16),
        Column("doubt", "未推定的原因", "code", DOUBT_LABELS, 40),
    ),
    joins=(Join("school_row", "schools", "school_code"),),
    date_field="day",
    order=("day", "school", "grade", "class_no"),
)
