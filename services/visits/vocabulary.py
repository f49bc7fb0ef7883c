"""The words of every contact with a family, on a visit or otherwise."""

from enum import StrEnum


class Whereabouts(StrEnum):
    """Where people met. A kind and no text: an exact address is personal data."""

    HOME = "HOME"
    VILLAGE_OFFICE = "VILLAGE_OFFICE"
    SCHOOL = "SCHOOL"
    WORKPLACE = "WORKPLACE"
    OTHER = "OTHER"
    NOT_TOLD = "NOT_TOLD"  # of an attempt: a call has no place, and a letter none where people met


class Result(StrEnum):
    """What the family said."""

    AGREED = "AGREED"
    REFUSED = "REFUSED"
    UNDECIDED = "UNDECIDED"
    NOT_REACHED = "NOT_REACHED"
