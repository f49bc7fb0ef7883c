"""What a school teaches (办学类型)."""

from enum import StrEnum


class SchoolKind(StrEnum):
    TEACHING_POINT = "TEACHING_POINT"
    PRIMARY = "PRIMARY"
    NINE_YEAR = "NINE_YEAR"
    JUNIOR_MIDDLE = "JUNIOR_MIDDLE"
    COMPLETE_MIDDLE = "COMPLETE_MIDDLE"
    TWELVE_YEAR = "TWELVE_YEAR"
    SPECIAL = "SPECIAL"
    SPECIALIZED_CORRECTIONAL = "SPECIALIZED_CORRECTIONAL"


KIND_LABELS: dict[str, str] = {
    SchoolKind.TEACHING_POINT: "教学点",
    SchoolKind.PRIMARY: "小学",
    SchoolKind.NINE_YEAR: "九年一贯制学校",
    SchoolKind.JUNIOR_MIDDLE: "初级中学",
    SchoolKind.COMPLETE_MIDDLE: "完全中学",
    SchoolKind.TWELVE_YEAR: "十二年一贯制学校",
    SchoolKind.SPECIAL: "特殊教育学校",
    SchoolKind.SPECIALIZED_CORRECTIONAL: "专门学校",
}
