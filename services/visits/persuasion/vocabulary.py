"""The words of persuasion."""

from enum import StrEnum


class Method(StrEnum):
    PHONE = "PHONE"
    LETTER = "LETTER"
    MESSAGE = "MESSAGE"
    VISIT = "VISIT"
    MEETING = "MEETING"
