"""Registering and enrolling."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.registry.children.events import EnrolmentChanged
from services.registry.children.files import (
    RegisterPupil,
    enrol_child,
    is_of_age,
    register_child,
    register_pupil,
)
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance, Registration, StudentNumberKind
from services.registry.households.categories import HouseholdCategory
from services.registry.households.decisions import SetHouseholdCategory, set_household_category
from services.registry.households.events import HouseholdCategorySet
from tests.given import given, on
from tests.registry.facts import (
    CHILD,
    ENROLLED,
    OTHER_SCHOOL,
    POLICY,
    enrol,
    enrolled,
    register,
    registered,
)

TODAY = on(date(2026, 9, 7))
registering = partial(register_child, POLICY.age)
enrolling = partial(enrol_child, POLICY.age)
pupils = partial(register_pupil, POLICY.age)


def test_an_unknown_pupil_of_a_roster_is_registered_and_enrolled_in_one_go() -> None:
    row = RegisterPupil(child=register(), enrolment=enrol())
    decided = given(CHILDREN).when(pupils, row, TODAY)
    assert [event.TYPE for event in decided.events] == [
        "registry.child-registered.v1",
        "registry.child-enrolled.v1",
    ]
    assert decided.state.attendance is Attendance.IN_SCHOOL
    assert decided.state.registration is Registration.ACTIVE


def test_the_same_roster_row_again_changes_nothing() -> None:
    row = RegisterPupil(child=register(), enrolment=enrol())
    given(CHILDREN, registered(), enrolled()).when(pupils, row, TODAY).then_nothing()


def test_a_known_pupil_in_another_class_gets_a_changed_enrolment() -> None:
    given(CHILDREN, registered(), enrolled()).when(enrolling, enrol(class_no=3), TODAY).then(
        EnrolmentChanged(
            child_id=CHILD,
            grade=6,
            class_no=3,
            boarder=False,
            student_number=None,
            student_number_index=None,
            student_number_kind=StudentNumberKind.FORMAL,
            class_teacher="周老师",
            changed_on=ENROLLED,
        )
    )


def test_what_a_roster_does_not_say_stays_as_it_is() -> None:
    silent = replace(enrol(), boarder=None, class_teacher=None, student_number_kind=StudentNumberKind.NONE)
    given(CHILDREN, registered(), enrolled()).when(enrolling, silent, TODAY).then_nothing()


def test_a_second_school_is_refused_by_name_and_pointed_to_a_transfer() -> None:
    refusal = (
        given(CHILDREN, registered(), enrolled())
        .when(enrolling, enrol(OTHER_SCHOOL), TODAY)
        .then_refused("enrolled-elsewhere")
    )
    assert "青石镇中心小学" in refusal.zh
    assert "转学" in refusal.zh


@pytest.mark.parametrize(
    ("birth", "code"),
    [(date(2026, 9, 8), "born-in-future"), (date(2026, 9, 7), None)],
)
def test_nobody_is_born_tomorrow(birth: date, code: str | None) -> None:
    decided = given(CHILDREN).when(registering, register(birth), TODAY)
    if code:
        decided.then_refused(code)
    else:
        assert decided.state.attendance is Attendance.NOT_DUE


@pytest.mark.parametrize("birth", [date(2023, 9, 3), date(2001, 1, 1)])
def test_an_age_that_no_pupil_has_is_refused(birth: date) -> None:
    row = RegisterPupil(child=register(birth), enrolment=enrol())
    given(CHILDREN).when(pupils, row, TODAY).then_refused("impossible-age")


@pytest.mark.parametrize("birth", [date(2021, 12, 1), date(2009, 1, 1)])
def test_an_unusual_age_is_let_in(birth: date) -> None:
    row = RegisterPupil(child=register(birth), enrolment=enrol())
    assert len(given(CHILDREN).when(pupils, row, TODAY).events) == 2


def test_an_enrolment_in_the_future_is_refused() -> None:
    later = enrol(on=date(2026, 9, 8))
    given(CHILDREN, registered()).when(enrolling, later, TODAY).then_refused("date-in-future")


def test_an_enrolment_before_birth_is_refused() -> None:
    early = enrol(on=date(2014, 9, 2))
    given(CHILDREN, registered()).when(enrolling, early, TODAY).then_refused("date-out-of-order")


def test_an_unknown_child_cannot_be_enrolled() -> None:
    given(CHILDREN).when(enrolling, enrol(), TODAY).then_refused("child-not-registered")


def test_a_child_is_registered_once() -> None:
    given(CHILDREN, registered()).when(registering, register(), TODAY).then_refused("child-already-registered")


@pytest.mark.parametrize(
    ("birth", "of_age"),
    [
        (date(2020, 8, 31), True),  # six on the very day
        (date(2020, 9, 1), False),  # a day too young
        (date(2010, 9, 1), True),  # fifteen to the last day
        (date(2010, 8, 31), False),  # sixteen on the very day
    ],
)
def test_school_age_is_six_to_fifteen_on_31_august(birth: date, of_age: bool) -> None:
    assert is_of_age(POLICY.age, birth, date(2026, 9, 7)) is of_age
    assert is_of_age(POLICY.age, birth, date(2027, 8, 31)) is of_age


def test_a_poor_household_is_told_once() -> None:
    command = SetHouseholdCategory(
        child_id=CHILD,
        household_no="H1",
        category=HouseholdCategory.SUBSISTENCE_ALLOWANCE,
        effective_from=date(2026, 1, 1),
    )
    given(CHILDREN, registered()).when(set_household_category, command, TODAY).then(
        HouseholdCategorySet(
            child_id=CHILD,
            household_no="H1",
            category=HouseholdCategory.SUBSISTENCE_ALLOWANCE,
            effective_from=date(2026, 1, 1),
        )
    ).when(set_household_category, command, TODAY).then_nothing()


def test_a_household_is_not_recognised_on_a_day_to_come() -> None:
    tomorrow = date(2026, 9, 8)
    command = SetHouseholdCategory(child_id=CHILD, category=HouseholdCategory.MONITORED, effective_from=tomorrow)
    given(CHILDREN, registered()).when(set_household_category, command, TODAY).then_refused("date-in-future")
