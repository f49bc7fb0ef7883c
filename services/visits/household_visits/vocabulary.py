"""The words of a visit."""

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    """Why somebody must go."""

    SUSPECTED_DROPOUT = "SUSPECTED_DROPOUT"
    RELAPSE = "RELAPSE"
    OUT_OF_SCHOOL = "OUT_OF_SCHOOL"
    HOME_TEACHING_LAPSED = "HOME_TEACHING_LAPSED"


class Priority(StrEnum):
    """Whose visit stands first in the list: a relapse and a poor child (rule 9-11) before the others."""

    POOR_FIRST = "POOR_FIRST"
    URGENT = "URGENT"
    NORMAL = "NORMAL"


class Cause(StrEnum):
    """Why the child stays away, as found on the visit."""

    POVERTY = "POVERTY"
    ILLNESS = "ILLNESS"
    DISABILITY = "DISABILITY"
    WEARY_OF_SCHOOL = "WEARY_OF_SCHOOL"
    WORKING = "WORKING"
    EARLY_MARRIAGE = "EARLY_MARRIAGE"
    FAMILY_CHANGE = "FAMILY_CHANGE"
    MOVED_AWAY = "MOVED_AWAY"
    CONFLICT_AT_SCHOOL = "CONFLICT_AT_SCHOOL"
    UNKNOWN = "UNKNOWN"
    OTHER = "OTHER"


class EndReason(StrEnum):
    """Why nobody need go to the child, or look after it, any more."""

    RETURNED = "RETURNED"
    ON_SUSPENSION = "ON_SUSPENSION"
    DECEASED = "DECEASED"
    ABROAD = "ABROAD"
    DECLARED_MISSING = "DECLARED_MISSING"
    ELSEWHERE = "ELSEWHERE"
    HOME_TEACHING = "HOME_TEACHING"
    DEFERRED = "DEFERRED"
    MISTAKE = "MISTAKE"
    COMPLETED = "COMPLETED"
    MERGED = "MERGED"
    STABLE = "STABLE"  # the return lasted
    SUPERSEDED = "SUPERSEDED"  # the child went missing again; a new visit stands for this one


END_LABELS: Mapping[str, str] = {
    EndReason.RETURNED: "学生已返校",
    EndReason.ON_SUSPENSION: "学生已批准休学",
    EndReason.DECEASED: "学生已死亡",
    EndReason.ABROAD: "学生已出国（境）",
    EndReason.DECLARED_MISSING: "学生被宣告失踪",
    EndReason.ELSEWHERE: "学生在外地就读",
    EndReason.HOME_TEACHING: "已送教上门",
    EndReason.DEFERRED: "已批准延缓入学",
    EndReason.MISTAKE: "误列，已更正",
    EndReason.COMPLETED: "学生已毕业",
    EndReason.MERGED: "档案已合并",
    EndReason.STABLE: "返校已稳定",
    EndReason.SUPERSEDED: "已另派走访任务",
}
