"""A township's register of notices: it hands out the numbers, without gap, anew each year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from services.supervision.ids import NoticeId
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTaken:
    """The township, called `authority` in the register of divisions, used its next number of the year."""

    TYPE: ClassVar[str] = "supervision.notice-number-taken.v1"
    OCCURRED_ON: ClassVar[str] = "taken_on"
    township: str
    authority: str
    year: int
    sequence: int
    notice_id: NoticeId
    taken_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """`last` maps a year to its last number."""

    township: str
    last: Mapping[int, int] = field(default_factory=dict)

    def take(self, authority: str, notice_id: NoticeId, on: date) -> NumberTaken:
        """The next number of the year of `on`."""
        sequence = self.last.get(on.year, 0) + 1
        return NumberTaken(
            township=self.township,
            authority=authority,
            year=on.year,
            sequence=sequence,
            notice_id=notice_id,
            taken_on=on,
        )


def evolve_register(register: Register, event: NumberTaken) -> Register:
    return Register(township=register.township, last={**register.last, event.year: event.sequence})


def number_text(number: NumberTaken) -> str:
    """文号: the series carries its authority, so that no two documents of a county share a number."""
    return f"{number.authority}限复〔{number.year}〕{number.sequence}号"


REGISTERS: Aggregate[Register] = Aggregate(
    category="notice-register",
    initial=lambda id_: Register(township=id_),
    evolve=evolve_register,
    place=lambda register: Place(register.township),
)
