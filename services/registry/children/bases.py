"""Where a child counts, and the bases on which lists and figures stand: the one place that defines them.

A child has one standing at a time, so the parts of a base add up to it. Rosters, headcounts, the census, class bases
(应到), owed days, lists of pupils and rates all name a base of here. Its row keeps it as `standing`.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from services.registry.children.statuses import Attendance, Registration
from shared.kernel.ledgers import Row
from shared.kernel.store import Document


class Standing(StrEnum):
    """What a child is for whoever counts."""

    IN_SCHOOL = "IN_SCHOOL"
    ON_LEAVE = "ON_LEAVE"
    ABSENT = "ABSENT"
    ON_PROBATION = "ON_PROBATION"
    SUSPECTED = "SUSPECTED"
    SUSPENDED = "SUSPENDED"
    HOME_TAUGHT = "HOME_TAUGHT"
    DROPPED_OUT = "DROPPED_OUT"
    UNTRACEABLE = "UNTRACEABLE"
    ELSEWHERE = "ELSEWHERE"
    AWAITED = "AWAITED"  # left primary school, and has not arrived at the next one
    NOT_DUE = "NOT_DUE"
    DEFERRED = "DEFERRED"
    NEVER_ENROLLED = "NEVER_ENROLLED"
    COMPLETED = "COMPLETED"
    GONE = "GONE"  # dead, abroad, declared missing, or a second file of a child: on no list of today


STANDING_LABELS: dict[str, str] = {
    Standing.IN_SCHOOL: "在校",
    Standing.ON_LEAVE: "请假",
    Standing.ABSENT: "无故缺勤",
    Standing.ON_PROBATION: "返校观察",
    Standing.SUSPECTED: "疑似辍学",
    Standing.SUSPENDED: "休学",
    Standing.HOME_TAUGHT: "送教上门",
    Standing.DROPPED_OUT: "辍学",
    Standing.UNTRACEABLE: "去向不明",
    Standing.ELSEWHERE: "外地就读",
    Standing.AWAITED: "小学毕业未到初中报到",
    Standing.NOT_DUE: "未到入学年龄",
    Standing.DEFERRED: "延缓入学",
    Standing.NEVER_ENROLLED: "失学（未入学）",
    Standing.COMPLETED: "完成义务教育",
    Standing.GONE: "死亡、出境、宣告失踪或重复档案",
}

EXPECTED = frozenset({Standing.IN_SCHOOL, Standing.ON_LEAVE, Standing.ABSENT, Standing.ON_PROBATION})
"""应到: who should come to class each school day."""

PUPILS = EXPECTED | {Standing.SUSPECTED, Standing.SUSPENDED, Standing.HOME_TAUGHT}
"""在校生: the pupils of a school or class. The roster, the census, and every list of pupils."""

ON_THE_BOOKS = PUPILS | {Standing.DROPPED_OUT, Standing.UNTRACEABLE, Standing.ELSEWHERE, Standing.AWAITED}
"""在册: whoever has a place at a school, wherever it may be. The whole of a headcount."""

AWAY_BY_RIGHT = frozenset({Standing.SUSPENDED, Standing.HOME_TAUGHT, Standing.ELSEWHERE})
"""Registered here and not in class, with good reason: child and student file agree all the same."""

KNOWN_ELSEWHERE = ON_THE_BOOKS - EXPECTED - {Standing.SUSPECTED}
"""Of whom the registry itself knows why they are not in class: nobody has to explain it at a headcount."""

HERE = frozenset(Standing) - {Standing.GONE}
"""Every child that may stand on a list of today."""

STILL_TO_LEARN = HERE - {Standing.COMPLETED}
"""Every child with years of compulsory schooling before it."""

_STANDINGS: Mapping[Attendance, Standing] = {
    Attendance.NOT_DUE: Standing.NOT_DUE,
    Attendance.DEFERRED: Standing.DEFERRED,
    Attendance.NEVER_ENROLLED: Standing.NEVER_ENROLLED,
    Attendance.IN_SCHOOL: Standing.IN_SCHOOL,
    Attendance.IN_SCHOOL_UNREGISTERED: Standing.IN_SCHOOL,
    Attendance.SPECIAL_PLACEMENT: Standing.IN_SCHOOL,
    Attendance.HOME_TEACHING: Standing.HOME_TAUGHT,
    Attendance.ELSEWHERE_CONFIRMED: Standing.ELSEWHERE,
    Attendance.ON_APPROVED_LEAVE: Standing.ON_LEAVE,
    Attendance.ABSENT_UNEXCUSED: Standing.ABSENT,
    Attendance.SUSPECTED_DROPOUT: Standing.SUSPECTED,
    Attendance.DROPPED_OUT: Standing.DROPPED_OUT,
    Attendance.UNTRACEABLE: Standing.UNTRACEABLE,
    Attendance.RETURNED_PROBATION: Standing.ON_PROBATION,
    Attendance.COMPLETED: Standing.COMPLETED,
    Attendance.DECEASED: Standing.GONE,
    Attendance.MISSING_DECLARED: Standing.GONE,
    Attendance.ABROAD: Standing.GONE,
    Attendance.MERGED: Standing.GONE,
}

NOT_ARRIVED = ("AWAITED", "MISSED")
"""The states of a hand-over in which the child sits in no class of either school."""


def standing_of(row: Row) -> Standing:
    """By a child's ledger row. A suspension that has expired is an absence: the child should be there."""
    standing = _STANDINGS[Attendance(row["status"])]
    if standing is Standing.ON_LEAVE and row["registration"] == Registration.SUSPENDED:
        return Standing.SUSPENDED
    if standing in EXPECTED and row.get("hand_over") in NOT_ARRIVED:
        return Standing.AWAITED
    return standing


STANDS_BY = ("status", "registration", "hand_over")
"""What `standing_of` reads of a row."""


def counted_in(base: Iterable[Standing]) -> Document:
    """The filter for the children's rows of a base."""
    return {"standing": {"$in": sorted(standing.value for standing in base)}}


def at_a_school(base: Iterable[Standing]) -> Document:
    """The filter for those of a base that have a place at a school."""
    return {"school": {"$gt": ""}} | counted_in(base)
