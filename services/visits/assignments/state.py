"""A post: a class or a village, and who holds it."""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.visits.assignments.events import AssignmentEvent, ClassTeacherAssigned, VillageCadreAssigned
from services.visits.ids import Division, SchoolCode
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    id: str
    holder: str = ""
    place: Place = field(default_factory=Place)


def evolve(post: Post, event: AssignmentEvent) -> Post:
    match event:
        case ClassTeacherAssigned(teacher=holder):
            return replace(post, holder=holder, place=Place(event.division, event.school_code))
        case VillageCadreAssigned(cadre=holder):
            return replace(post, holder=holder, place=Place(event.division))
        case _:
            assert_never(event)


def class_post(school_code: SchoolCode, grade: int, class_no: int) -> str:
    """The id of a class's post; it lies in its school's partition."""
    return f"{school_code}:{grade}-{class_no}"


def village_post(division: Division) -> str:
    return str(division)


POSTS: Aggregate[Post] = Aggregate(
    category="post", initial=lambda id_: Post(id=id_), evolve=evolve, place=lambda post: post.place
)
