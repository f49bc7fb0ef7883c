"""What a school is: the stage it teaches (办学类型), a kindergarten's level, and where it stands in its life."""

from collections.abc import Mapping
from enum import StrEnum


class SchoolKind(StrEnum):
    """The stage taught. Who runs the school (公办、民办) is told apart from it."""

    KINDERGARTEN = "KINDERGARTEN"
    TEACHING_POINT = "TEACHING_POINT"
    PRIMARY = "PRIMARY"
    NINE_YEAR = "NINE_YEAR"
    JUNIOR_MIDDLE = "JUNIOR_MIDDLE"
    COMPLETE_MIDDLE = "COMPLETE_MIDDLE"
    TWELVE_YEAR = "TWELVE_YEAR"
    SPECIAL = "SPECIAL"
    SPECIALIZED_CORRECTIONAL = "SPECIALIZED_CORRECTIONAL"


KIND_LABELS: dict[str, str] = {
    SchoolKind.KINDERGARTEN: "幼儿园",
    SchoolKind.TEACHING_POINT: "教学点",
    SchoolKind.PRIMARY: "小学",
    SchoolKind.NINE_YEAR: "九年一贯制学校",
    SchoolKind.JUNIOR_MIDDLE: "初级中学",
    SchoolKind.COMPLETE_MIDDLE: "完全中学",
    SchoolKind.TWELVE_YEAR: "十二年一贯制学校",
    SchoolKind.SPECIAL: "特殊教育学校",
    SchoolKind.SPECIALIZED_CORRECTIONAL: "专门学校",
}

GRADES_TAUGHT: Mapping[str, range] = {
    SchoolKind.KINDERGARTEN: range(0),
    SchoolKind.TEACHING_POINT: range(1, 7),
    SchoolKind.PRIMARY: range(1, 7),
    SchoolKind.NINE_YEAR: range(1, 10),
    SchoolKind.JUNIOR_MIDDLE: range(7, 10),
    SchoolKind.COMPLETE_MIDDLE: range(7, 10),
    SchoolKind.TWELVE_YEAR: range(1, 10),
    SchoolKind.SPECIAL: range(1, 10),
    SchoolKind.SPECIALIZED_CORRECTIONAL: range(1, 10),
}
"""The grades of compulsory schooling that a school of this kind may have."""


class DemonstrationLevel(StrEnum):
    """示范级别 of a kindergarten."""

    NONE = ""
    COUNTY = "COUNTY"
    CITY = "CITY"
    PROVINCE = "PROVINCE"


LEVEL_LABELS: dict[str, str] = {
    DemonstrationLevel.NONE: "",
    DemonstrationLevel.COUNTY: "县级示范",
    DemonstrationLevel.CITY: "市级示范",
    DemonstrationLevel.PROVINCE: "省级示范",
}


class SchoolStatus(StrEnum):
    """Where a school stands in its life. Rule 11-20."""

    OPEN = "OPEN"
    MERGED = "MERGED"
    CLOSED = "CLOSED"
    RESTORED = "RESTORED"
    CLOSING = "CLOSING"  # a merger or a closing is recorded, and its day lies ahead


STATUS_LABELS: dict[str, str] = {
    SchoolStatus.OPEN: "在办",
    SchoolStatus.MERGED: "已合并",
    SchoolStatus.CLOSED: "已撤销",
    SchoolStatus.RESTORED: "已恢复",
    SchoolStatus.CLOSING: "将撤并",
}
IN_OPERATION = (SchoolStatus.OPEN, SchoolStatus.RESTORED)
NOT_YET_CLOSED = (*IN_OPERATION, SchoolStatus.CLOSING)
OWNERSHIP_LABELS = {"false": "公办", "true": "民办"}
