"""What a command needs to know from the ledgers of this service; decisions get it as an argument."""

from services.visits.assignments.state import class_post, village_post
from services.visits.assignments.taking_up import TakeUpPost
from services.visits.ids import ChildId, Division, PhotoHash, SchoolCode
from services.visits.ledgers.children import CHILDREN, SCHOOLS
from services.visits.ledgers.photos import PHOTOS
from services.visits.ledgers.plans import PLANS, TEAM_INCOMPLETE
from services.visits.ledgers.posts import POSTS
from services.visits.plans.following import Responsible
from services.visits.plans.state import Team
from shared.kernel.ledgers import Row
from shared.kernel.unit_of_work import UnitOfWork


def responsible_teacher(work: UnitOfWork, child_id: ChildId) -> str:
    """Who was assigned to the child's class, else the class teacher of the roster, else nobody ("")."""
    return _teacher_of(work, work.row(CHILDREN, child_id) or {})


def _teacher_of(work: UnitOfWork, in_class: Row) -> str:
    if "school_code" not in in_class:
        return ""
    post = class_post(in_class["school_code"], in_class["grade"], in_class["class_no"])
    return _holder(work, post) or str(in_class["class_teacher"])


def who_goes(work: UnitOfWork, child_id: ChildId, division: Division) -> str:
    """Whose the household visit is: the teacher's; of a child in no class the village cadre's, else nobody's ("")."""
    return responsible_teacher(work, child_id) or _cadre_of_no_class(work, child_id, division)


def _cadre_of_no_class(work: UnitOfWork, child_id: ChildId, division: Division) -> str:
    child = work.row(CHILDREN, child_id)
    in_class = child is not None and "school_code" in child
    return "" if in_class else _holder(work, village_post(division))


def responsible_team(work: UnitOfWork, child_id: ChildId, division: Division) -> Team:
    """The three who answer for the child, as far as they are known."""
    child: Row = work.row(CHILDREN, child_id) or {}
    return Team(
        teacher=responsible_teacher(work, child_id),
        village_cadre=_holder(work, village_post(division)),
        guardian=str(child.get("guardian_name", "")),
    )


def responsible_now(work: UnitOfWork, child_id: ChildId, division: Division) -> Responsible:
    """Who goes to the child and answers for it where it is now, and who did in its class before."""
    child: Row = work.row(CHILDREN, child_id) or {}
    return Responsible(
        goes=who_goes(work, child_id, division),
        team=responsible_team(work, child_id, division),
        former_teacher=_teacher_of(work, child.get("before", {})),
    )


def children_of_post(work: UnitOfWork, command: TakeUpPost, limit: int) -> list[ChildId]:
    """The pupils of the class, or the children of the village whose team lacks somebody."""
    if command.school_code:
        of_class = {"school": command.school_code, "grade": command.grade, "class_no": command.class_no}
        return [ChildId(row["_id"]) for row in work.rows_after(CHILDREN, of_class, "", limit)]
    incomplete = {"division": command.post, "team_status": TEAM_INCOMPLETE}
    return [ChildId(row["_id"]) for row in work.rows_after(PLANS, incomplete, "", limit)]


def division_of_school(work: UnitOfWork, school_code: SchoolCode) -> Division | None:
    """Where the registry has the school; None when it has no such school."""
    school = work.row(SCHOOLS, school_code)
    return None if school is None else Division(school["division"])


def used_for_others(work: UnitOfWork, child_id: ChildId, photos: tuple[PhotoHash, ...]) -> frozenset[PhotoHash]:
    """Which of the photographs already serve for another child."""
    return frozenset(photo for photo in photos if set(_children(work, photo)) - {child_id})


def _children(work: UnitOfWork, photo: PhotoHash) -> list[ChildId]:
    row = work.row(PHOTOS, photo)
    return row["children"] if row else []


def _holder(work: UnitOfWork, post: str) -> str:
    row = work.row(POSTS, post)
    return str(row["holder"]) if row else ""


def is_uploaded(work: UnitOfWork, photo: PhotoHash) -> bool:
    row = work.row(PHOTOS, photo)
    return row is not None and bool(row["uploaded"])
