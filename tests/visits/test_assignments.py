"""Who is responsible for a class or a village."""

from datetime import date
from functools import partial

from services.visits.assignments.decisions import (
    AssignClassTeacher,
    AssignVillageCadre,
    assign_class_teacher,
    assign_village_cadre,
)
from services.visits.assignments.events import ClassTeacherAssigned, VillageCadreAssigned
from services.visits.assignments.state import POSTS
from services.visits.ids import Division
from tests.given import given, on
from tests.visits import examples as ex

TODAY = date(2026, 9, 1)
TOWN = Division("349921103")
assigns = partial(assign_class_teacher, TOWN)


def teacher(name: str, day: date = TODAY) -> AssignClassTeacher:
    return AssignClassTeacher(school_code=ex.SCHOOL, grade=3, class_no=2, teacher=name, assigned_on=day)


def teacher_assigned(name: str, previous: str = "") -> ClassTeacherAssigned:
    return ClassTeacherAssigned(
        school_code=ex.SCHOOL,
        division=TOWN,
        grade=3,
        class_no=2,
        teacher=name,
        previous_teacher=previous,
        assigned_on=TODAY,
    )


def test_a_class_has_one_teacher_and_remembers_the_one_before() -> None:
    given(POSTS).when(assigns, teacher("王芳"), on(TODAY)).then(teacher_assigned("王芳")).when(
        assigns, teacher("周明"), on(TODAY)
    ).then(teacher_assigned("周明", "王芳")).when(assigns, teacher("周明"), on(TODAY)).then_nothing()


def test_a_class_belongs_to_its_school() -> None:
    place = given(POSTS, teacher_assigned("王芳"))
    assert POSTS.place(place.state).school == ex.SCHOOL
    assert POSTS.place(place.state).division == TOWN


def test_nobody_is_assigned_at_an_unknown_school_in_the_future_or_without_a_name() -> None:
    unknown = partial(assign_class_teacher, None)
    given(POSTS).when(unknown, teacher("王芳"), on(TODAY)).then_refused("school-not-known")
    given(POSTS).when(assigns, teacher("王芳", date(2026, 9, 2)), on(TODAY)).then_refused("date-in-future")
    given(POSTS).when(assigns, teacher(""), on(TODAY)).then_refused("nobody-named")


def test_a_village_has_one_cadre() -> None:
    command = AssignVillageCadre(division=ex.VILLAGE, cadre="李建国", assigned_on=TODAY)
    assigned = VillageCadreAssigned(division=ex.VILLAGE, cadre="李建国", previous_cadre="", assigned_on=TODAY)
    county = AssignVillageCadre(division=Division("349921"), cadre="李建国", assigned_on=TODAY)
    given(POSTS).when(assign_village_cadre, county, on(TODAY)).then_refused("not-a-village")
    given(POSTS).when(assign_village_cadre, command, on(TODAY)).then(assigned).when(
        assign_village_cadre, command, on(TODAY)
    ).then_nothing()
