"""The counts as a ledger: one row a class and day."""

import msgspec

from services.registry.class_days.events import ClassDayCounted
from shared.kernel.ledgers import Column, Index, Join, Ledger, Row, View
from shared.kernel.recorded import Recorded

EXPLAINED, UNEXPLAINED = "EXPLAINED", "UNEXPLAINED"


def apply(_: Row | None, event: ClassDayCounted, __: Recorded) -> Row:
    told: Row = msgspec.to_builtins(event)
    left_over = event.expected - event.present - event.absent - event.on_leave
    counted = {name: value for name, value in told.items() if name != "division"}
    return counted | {"unexplained": left_over, "status": UNEXPLAINED if left_over else EXPLAINED}


CLASS_DAYS_LEDGER = Ledger(
    name="class-days",
    source="registry",
    events=frozenset({ClassDayCounted}),
    apply=apply,
    key=lambda event, _: f"{event.school_code}:{event.grade}-{event.class_no}:{event.day.isoformat()}",
    indexes=(Index(("day", "school", "grade", "class_no")), Index(("status", "day"))),
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
        Column("status", "人数是否相符", "code", {EXPLAINED: "相符", UNEXPLAINED: "不符，请核对缺勤名单"}, 22),
    ),
    joins=(Join("school_row", "schools", "school_code"),),
    date_field="day",
    order=("day", "school", "grade", "class_no"),
)
