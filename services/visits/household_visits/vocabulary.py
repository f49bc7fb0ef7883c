"""The words of a visit."""

from enum import StrEnum


class Reason(StrEnum):
    """Why somebody must go."""

    SUSPECTED_DROPOUT = "SUSPECTED_DROPOUT"
    RELAPSE = "RELAPSE"
    OUT_OF_SCHOOL = "OUT_OF_SCHOOL"


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


class CancelReason(StrEnum):
    """Why a visit is no longer needed."""

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
    SUPERSEDED = "SUPERSEDED"  # the child went missing again; a new visit stands for this one
