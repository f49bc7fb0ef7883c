"""Who sits in a leading group, which seats are empty, and whom an alert reaches. Rules 7-09, 7-10 and 11-02."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.registry.children.bases import PUPILS, counted_in
from services.registry.children.ids import ChildId
from services.registry.organisations.departments import bureau
from services.registry.organisations.events import Seat
from services.registry.organisations.groups import level_of
from services.registry.organisations.posts import Level, Line, Post, Seating, posts
from shared.kernel.caller import Caller, Place
from shared.kernel.criteria import conjunction
from shared.kernel.refusals import NotFound
from shared.kernel.store import Store

Content = dict[str, Any]
PARENTS = "家长"


def leading_group(store: Store, caller: Caller, owner: str) -> Content:
    """The members of a group and its empty seats. `co_responsible`: party and government both have their head in it.

    Raises OwnerUnknown, and NotFound outside the caller's scope.
    """
    level = level_of(owner)
    _check_scope(store, caller, owner, level)
    held = {_seat_of(row).key: row for row in store.ledger_collection("leading-posts").find({"owner_code": owner})}
    lines = {row["line"] for row in held.values()}
    vacant = [(post, seat) for post, seat in _needed(store, owner, level) if seat.key not in held]
    return {
        "owner": owner,
        "level": level.value,
        "label": posts().level[level],
        "co_responsible": {Line.PARTY.value, Line.GOVERNMENT.value} <= lines,
        "members": [_member(row, level) for _, row in sorted(held.items())],
        "vacant": [_described(post.label, seat) for post, seat in vacant],
    }


def alert_chain(store: Store, caller: Caller, child_id: ChildId) -> list[Content]:
    """Whom an alert of a pupil reaches, step by step from the principal to the parents. An empty step is a gap.

    Raises NotFound.
    """
    within = conjunction([{"_id": child_id}, caller.scope.criteria()])
    child = store.ledger_collection("children").find_one(within)
    if child is None:
        raise NotFound("children")
    rows = list(store.ledger_collection("leading-posts").find({"owner_code": child["school"] or None}))
    steps = [{"label": step.label, "names": list(_names(rows, step.posts, child))} for step in posts().chain]
    return [*steps, {"label": PARENTS, "names": [child["guardian_name"]] if child.get("guardian_name") else []}]


def _names(rows: Sequence[Mapping[str, Any]], codes: tuple[str, ...], child: Mapping[str, Any]) -> Iterator[str]:
    """Of one post the seat of the child's grade or class; the class teacher also as the roster names one."""
    found = 0
    for code in codes:
        for row in rows:
            if row["post"] == code and all(row[name] in (None, child[name]) for name in ("grade", "class_no")):
                found += 1
                yield str(row["name"])
    if not found and codes == ("CLASS_TEACHER",) and child.get("class_teacher"):
        yield str(child["class_teacher"])


def _check_scope(store: Store, caller: Caller, owner: str, level: Level) -> None:
    place = Place(owner)
    if level is Level.SCHOOL:
        school = store.ledger_collection("schools").find_one({"_id": owner})
        place = Place(school["division"], owner) if school else place
        if school is None:
            raise NotFound("schools")
    if not caller.scope.covers(place):
        raise NotFound(owner)


def _needed(store: Store, owner: str, level: Level) -> Iterator[tuple[Post, Seat]]:
    """Every seat that must not be empty; of a school those of the grades and classes that have pupils."""
    classes = _classes(store, owner) if level is Level.SCHOOL else []
    for post in posts().of(level):
        if not post.needed:
            continue
        match post.seat:
            case Seating.ONE:
                yield post, Seat(post=post.code)
            case Seating.DEPARTMENT:
                for department in bureau().department:
                    yield post, Seat(post=post.code, department=department)
            case Seating.GRADE:
                for grade in sorted({grade for grade, _ in classes}):
                    yield post, Seat(post=post.code, grade=grade)
            case Seating.CLASS:
                for grade, class_no in classes:
                    yield post, Seat(post=post.code, grade=grade, class_no=class_no)


def _classes(store: Store, school: str) -> list[tuple[int, int]]:
    stages: list[dict[str, Any]] = [
        {"$match": {"school": school, "class_no": {"$gt": 0}} | counted_in(PUPILS)},
        {"$group": {"_id": {"grade": "$grade", "class_no": "$class_no"}}},
    ]
    found = store.ledger_collection("children").aggregate(stages)
    return sorted((row["_id"]["grade"], row["_id"]["class_no"]) for row in found)


def _seat_of(row: Mapping[str, Any]) -> Seat:
    return Seat(post=row["post"], department=row["department"], grade=row["grade"], class_no=row["class_no"])


def _member(row: Mapping[str, Any], level: Level) -> Content:
    post = posts().named(row["post"], level)
    described = _described(post.label if post else row["post"], _seat_of(row))
    return described | {"name": row["name"], "line": row["line"], "since": row["filled_on"]}


def _described(label: str, seat: Seat) -> Content:
    return {
        "post": seat.post,
        "label": label,
        "department": bureau().department.get(seat.department, ""),
        "grade": seat.grade,
        "class_no": seat.class_no,
    }
