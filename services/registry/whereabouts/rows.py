"""What is known of its whereabouts, as a child's ledger row keeps it. Rule 7-05: never empty."""

from typing import assert_never

from services.registry.children.statuses import ATTENDANCE_LABELS, STOPPED, Attendance
from services.registry.whereabouts.events import (
    LEVEL_LABELS,
    ElsewhereConfirmed,
    ElsewhereLapsed,
    InquiryStubFiled,
    WhereaboutsEvent,
    WhereaboutsFound,
    WhereaboutsLost,
    WhereaboutsRechecked,
    WhereaboutsRecheckMissed,
)
from shared.kernel.ledgers import Row

NOT_IN_CLASS = frozenset(
    {
        Attendance.ON_APPROVED_LEAVE,
        Attendance.ABSENT_UNEXCUSED,
        Attendance.SUSPECTED_DROPOUT,
        Attendance.DROPPED_OUT,
    }
)
"""The school keeps the student file, and that is all that it knows of where the child is."""


def whereabouts_columns(row: Row, event: WhereaboutsEvent) -> Row:
    match event:
        case WhereaboutsLost():
            told: Row = {"lost_on": event.lost_on.isoformat(), "last_seen": event.last_seen, "recheck": ""}
            told |= {"found_on": None, "found_at": ""}
            return told | {"investigators": event.investigators, "stubs": [], "status": Attendance.UNTRACEABLE.value}
        case InquiryStubFiled():
            return {"stubs": [*row["stubs"], f"{LEVEL_LABELS[event.level]} {event.number} {event.filed_on}"]}
        case WhereaboutsRechecked(rechecked_on=day):
            return {"rechecked_on": day.isoformat(), "recheck": ""}
        case WhereaboutsRecheckMissed():
            return {"recheck": "MISSED"}
        case WhereaboutsFound(absent_since=since):
            absent = {"absent_since": since.isoformat()} if since else {}
            found = {"found_on": event.found_on.isoformat(), "found_at": event.place}
            return {"status": event.back_to} | found | absent
        case ElsewhereConfirmed():
            file = {"registration": row["file_status"]} if row["registration"] in STOPPED else {}
            return _elsewhere(event) | file
        case ElsewhereLapsed(back_to=status, absent_since=day):
            return {"status": status, "absent_since": day.isoformat() if day else None, "elsewhere": ""}
        case _:
            assert_never(event)


def _elsewhere(event: ElsewhereConfirmed) -> Row:
    return {
        "status": Attendance.ELSEWHERE_CONFIRMED.value,
        "absent_since": None,
        "elsewhere": f"{event.province}{event.city}{event.county}",
        "elsewhere_school": event.school_name,
        "elsewhere_grade": event.grade,
        "out_of_province": event.out_of_province,
        "verifier": event.verifier,
        "elsewhere_on": event.confirmed_on.isoformat(),
    }


def whereabouts_of(row: Row) -> str:
    """Where the child is, in words for a list; said of every child, whatever its status. A school is named as the
    place of those only who are there.
    """
    match row["status"]:
        case Attendance.ELSEWHERE_CONFIRMED:
            return f"{row['elsewhere']}{row['elsewhere_school']}"
        case Attendance.UNTRACEABLE:
            return "去向不明"
        case Attendance.ABROAD:
            return row["country"] or "国（境）外"
        case Attendance.MISSING_DECLARED:
            return "下落不明（已宣告失踪）"
        case Attendance.COMPLETED:
            return "已完成义务教育"
        case Attendance.HOME_TEACHING:
            return "在家（送教上门）"
        case status if status in NOT_IN_CLASS:
            kept = f"，学籍在{row['school_name']}" if row["school_name"] else ""
            return f"不在校（{ATTENDANCE_LABELS[status]}）{kept}"
        case Attendance.NEVER_ENROLLED | Attendance.NOT_DUE | Attendance.DEFERRED:
            return "在家（未入学）"
        case _:
            return row["school_name"] or "未在校"
