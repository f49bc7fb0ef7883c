"""Who is asking, and for which part of the county."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact belongs: a division code (2-12 digits, may be empty) and a school code (may be empty)."""

    division: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFields:
    """The fields of a stored row that say where it belongs: its own place, unless told otherwise."""

    division: str = "division"
    school: str = "school"


OWN_PLACE = PlaceFields()


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the county a caller sees: all below a division prefix, or one school.

    Division codes are hierarchical, so a scope is a prefix. The empty scope covers everything.
    """

    division: str = ""
    school: str = ""

    def covers(self, place: Place) -> bool:
        if self.school:
            return place.school == self.school
        return place.division.startswith(self.division)

    def narrowed(self, division: str = "", school: str = "") -> list["Scope"]:
        """This scope and what is asked for in it ("": all), as scopes that must each cover a row."""
        return innermost([self, Scope(division), Scope(school=school)])

    def within(self, other: "Scope") -> bool:
        """Whether the other scope covers whatever this one covers."""
        if other.school:
            return self.school == other.school
        return not self.school and self.division.startswith(other.division)

    def criteria(self, place: PlaceFields = OWN_PLACE) -> dict[str, Any]:
        """The MongoDB filter that keeps only the rows whose `place` this scope covers."""
        if self.school:
            return {place.school: self.school}
        if self.division:
            return {place.division: {"$gte": self.division, "$lt": self.division + ":"}}  # ':' follows '9'
        return {}


def innermost(scopes: Sequence[Scope]) -> list[Scope]:
    """Of scopes that must all cover a row those that say it: none that only repeats what a narrower one says."""
    return [scope for scope in scopes if not any(other.within(scope) and not scope.within(other) for other in scopes)]


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated person or service. `subject` is stable and goes into the log; `name` is for screens."""

    subject: str
    role: str
    scope: Scope = field(default_factory=Scope)
    name: str = ""


def same_person(one: str, other: str) -> bool:
    """Whether two subjects are one person's: the same identity may come in capitals or not."""
    return one.casefold() == other.casefold()


SYSTEM_ROLE = "system"
_SYSTEM = "system:"


def system_caller(service: str) -> Caller:
    """The service itself: what reactions and deadlines act as."""
    return Caller(subject=_SYSTEM + service, role=SYSTEM_ROLE)


def is_system(subject: str) -> bool:
    """Whether a subject is a service itself, and nobody."""
    return subject.startswith(_SYSTEM)
