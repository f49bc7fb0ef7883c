"""What is told of a class's days. The stream is `class-days-<school code>:<grade>-<class>:<school year>`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId, SchoolCode


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAway:
    """Of whom the registry knew when the class was counted that they were not there: absent or on leave (`expected`),
    or suspended, suspected, taught at home or elsewhere, so that a class may leave them out of its count.
    """

    child_id: ChildId
    expected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDayCounted:
    """Of `expected` pupils `present` came; `on_leave` were excused and `absent` were not, so the class says. Names
    explain a difference, numbers do not: `known` is whom the registry knew not to be there.

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
    known: list[KnownAway]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDayHandedIn:
    """A sheet names the class and the day. All that is known so is told again, whole, when another sheet adds to it.

    `named`: the children in any row, taken or refused; `present`: those of them whom a row says to have been there.
    `concluded`: every other pupil of the class was present; where not, `doubt` says why (empty: there was no school).
    """

    TYPE: ClassVar[str] = "registry.class-day-handed-in.v1"
    OCCURRED_ON: ClassVar[str] = "day"
    school_code: SchoolCode
    division: str
    grade: int
    class_no: int
    day: date
    named: list[ChildId]
    present: list[ChildId]
    concluded: bool
    doubt: str
