"""What is told of a class's days. The stream is `class-days-<school code>:<grade>-<class>:<school year>`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import SchoolCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDayCounted:
    """Of `expected` pupils `present` came, `on_leave` were excused and `absent` were not; the rest nobody explained.

    A day that is counted again is told again, whole.
    """

    TYPE: ClassVar[str] = "registry.class-day-counted.v1"
    OCCURRED_ON: ClassVar[str] = "day"
    school_code: SchoolCode
    division: str
    grade: int
    class_no: int
    day: date
    expected: int
    present: int
    absent: int
    on_leave: int
