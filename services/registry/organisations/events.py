"""Who sits in a leading group. Stream `leading-group-<owner>`, the owner being a division's or a school's code."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.organisations.posts import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A post and, where it has several seats, which one: a department, a grade, or a class of it."""

    post: str
    department: str = ""
    grade: int | None = None
    class_no: int | None = None

    @property
    def key(self) -> str:
        return ":".join(str(part) for part in (self.post, self.department, self.grade, self.class_no) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingPostFilled:
    """Somebody holds the seat from `filled_on` on, in the place of whoever held it."""

    TYPE: ClassVar[str] = "registry.leading-post-filled.v1"
    OCCURRED_ON: ClassVar[str] = "filled_on"
    owner: str
    owner_name: str
    level: Level
    division: str
    seat: Seat
    name: str
    filled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingPostVacated:
    """Nobody holds the seat from `vacated_on` on."""

    TYPE: ClassVar[str] = "registry.leading-post-vacated.v1"
    OCCURRED_ON: ClassVar[str] = "vacated_on"
    owner: str
    seat: Seat
    reason: str
    vacated_on: date


GroupPostEvent = LeadingPostFilled | LeadingPostVacated
