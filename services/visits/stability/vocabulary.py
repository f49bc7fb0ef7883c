"""The words of a stability check."""

from enum import StrEnum


class Finding(StrEnum):
    ATTENDING = "ATTENDING"
    UNSETTLED = "UNSETTLED"  # comes, but may leave again
    ABSENT = "ABSENT"
