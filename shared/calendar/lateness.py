"""When a duty counts as met: by the day on which it was entered, whatever day the entry names."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class Lateness(StrEnum):
    """How what was done stands to its due day."""

    IN_TIME = "IN_TIME"
    LATE = "LATE"
    ENTERED_LATE = "ENTERED_LATE"
    """补录: it names a day within its period and was entered after it. It counts as late."""

    @property
    def late(self) -> bool:
        return self is not Lateness.IN_TIME


LABELS: Mapping[str, str] = {
    Lateness.IN_TIME: "按期",
    Lateness.LATE: "逾期",
    Lateness.ENTERED_LATE: "逾期（补录）",
}


def lateness(due_on: date, done_on: date, entered_on: date) -> Lateness:
    """What is entered after its due day is late, whatever day it names; it so cannot be made good in writing.

    `done_on` is the day that the entry names, `entered_on` the day of the entry (local days, both inclusive).
    """
    if max(done_on, entered_on) <= due_on:
        return Lateness.IN_TIME
    return Lateness.LATE if done_on > due_on else Lateness.ENTERED_LATE
