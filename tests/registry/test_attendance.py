"""From the first missed day to suspicion, dropout, return, stability and relapse."""

from functools import partial
from itertools import permutations

import pytest

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.returning import (
    CheckStability,
    NotePersuasion,
    check_stability,
    note_persuasion,
    record_return,
)
from services.registry.attendance.suspicion import (
    CheckAbsence,
    FlagSuspectedDropout,
    check_absence,
    confirm_dropout,
    flag_suspected_dropout,
)
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance, Registration
from tests.given import given, on
from tests.registry.facts import (
    CALENDAR,
    CHILD,
    OTHER_SCHOOL,
    POLICY,
    absent,
    absent_days,
    book,
    check_in,
    confirm,
    day,
    dropped_out,
    enrolled,
    mark,
    noted,
    presumed,
    registered,
    relapsed,
    resumed,
    returned,
    sick,
    stabilised,
    suspected,
)

PUPIL = (registered(), enrolled())
WEEK = (*PUPIL, *absent_days(4))
SUSPECTED = (*WEEK, suspected())
DROPPED_OUT = (*SUSPECTED, noted(10, attempts=1, failed=1), dropped_out())
ON_PROBATION = (*SUSPECTED, returned(9))
checking = partial(check_absence, POLICY.absence, CALENDAR)
flagging = partial(flag_suspected_dropout, POLICY.absence, CALENDAR)
confirming = partial(confirm_dropout, POLICY.dropout, CALENDAR)
returning = partial(record_return, POLICY.return_)
stability = partial(check_stability, POLICY.return_, CALENDAR)
SOON, LATER = on(day(5)), on(day(98))
CONFIRMABLE = 38
"""The day on which 28 days are over: ten days off for two festivals do not count."""
CHECK = CheckAbsence(child_id=CHILD)
STABLE = CheckStability(child_id=CHILD)
SCHOOL_KNOWS = FlagSuspectedDropout(child_id=CHILD, reason="外出务工")


# the attendance book


def test_a_missed_day_begins_an_absence() -> None:
    given(CHILDREN, *PUPIL).when(book, mark("UNEXCUSED", 0), on(day(0))).then(absent(0))


def test_further_missed_days_belong_to_the_same_absence() -> None:
    given(CHILDREN, *PUPIL, absent(0)).when(book, mark("UNEXCUSED", 1, 2), on(day(2))).then(absent(1), absent(2))


def test_the_same_sheet_again_changes_nothing() -> None:
    week = mark("UNEXCUSED", 0, 1, 2)
    given(CHILDREN, *PUPIL, absent(0), absent(1), absent(2)).when(book, week, LATER).then_nothing()


def test_a_present_day_ends_an_absence() -> None:
    decided = given(CHILDREN, *PUPIL, absent(0)).when(book, mark("PRESENT", 1), on(day(1)))
    assert decided.then(resumed(1)).state.attendance is Attendance.IN_SCHOOL


def test_presence_that_somebody_says_is_remembered_against_an_older_absence_told_later() -> None:
    given(CHILDREN, *PUPIL).when(book, mark("PRESENT", 3), SOON).then(resumed(3)).when(
        book, mark("UNEXCUSED", 2), SOON
    ).then_nothing()


def test_presence_of_a_present_child_that_is_only_inferred_is_no_news() -> None:
    given(CHILDREN, *PUPIL).when(book, presumed(0), SOON).then_nothing()


def test_sick_leave_ends_an_unexcused_absence() -> None:
    decided = given(CHILDREN, *PUPIL, absent(0)).when(book, mark("SICK", 1), on(day(1)))
    assert decided.then(sick(1)).state.attendance is Attendance.ON_APPROVED_LEAVE


def test_a_late_sick_note_moves_the_absence_to_the_next_missed_day() -> None:
    given(CHILDREN, *PUPIL, absent(0), absent(1), absent(3)).when(book, mark("SICK", 1), SOON).then(sick(1, rest=3))


def test_an_earlier_missed_day_that_is_told_late_lengthens_the_absence() -> None:
    given(CHILDREN, *PUPIL, absent(2, 2)).when(book, mark("UNEXCUSED", 0), SOON).then(absent(0))


def test_days_before_a_known_presence_change_nothing() -> None:
    came = (*PUPIL, absent(0), resumed(3))
    given(CHILDREN, *came).when(book, mark("UNEXCUSED", 1, 2, 3), LATER).then_nothing()


def test_the_order_of_missed_days_does_not_matter() -> None:
    ends = set()
    for order in permutations([0, 1, 4]):
        known = given(CHILDREN, *PUPIL)
        for number in order:
            decided = known.when(book, mark("UNEXCUSED", number), LATER)
            known = decided.then(*decided.events)
        ends.add(known.state.unexcused)
    assert ends == {(day(0), day(1), day(4))}


def test_a_day_that_has_not_come_is_refused() -> None:
    given(CHILDREN, *PUPIL).when(book, mark("UNEXCUSED", 1), on(day(0))).then_refused("date-in-future")


def test_a_day_before_enrolment_is_refused() -> None:
    given(CHILDREN, *PUPIL).when(book, mark("UNEXCUSED", -7), LATER).then_refused("date-out-of-order")


def test_a_child_without_school_cannot_miss_it() -> None:
    given(CHILDREN, registered()).when(book, mark("UNEXCUSED", 0), LATER).then_refused("not-enrolled")


def test_one_day_cannot_be_both_sick_and_unexcused() -> None:
    both = RecordAttendance(
        child_id=CHILD,
        marks=(Mark(day=day(0), kind=MarkKind.SICK), Mark(day=day(0), kind=MarkKind.UNEXCUSED)),
    )
    given(CHILDREN, *PUPIL).when(book, both, LATER).then_refused("day-marked-twice")


@pytest.mark.rule("9-10")
def test_being_sent_home_to_reflect_is_no_leave_but_an_unexcused_day_and_a_push_out() -> None:
    """Once a spell: the second day only prolongs it."""
    first = given(CHILDREN, *PUPIL).when(book, mark("PERSONAL", 0, remark="在家反省三天"), LATER)
    assert [type(event).__name__ for event in first.events] == ["AbsenceRecorded", "PushOutReported"]
    absence, told = first.events
    assert (absence.kind, absence.remark) == (MarkKind.UNEXCUSED, "在家反省三天")
    assert (told.what, told.absent_since) == ("在家反省三天", day(0))
    again = given(CHILDREN, *PUPIL, absence, told).when(book, mark("SICK", 1, remark="在家反省"), LATER)
    assert [type(event).__name__ for event in again.events] == ["AbsenceRecorded"]


@pytest.mark.rule("9-10")
def test_who_is_missing_and_then_said_to_have_been_sent_home_is_reported_too() -> None:
    missing = given(CHILDREN, *PUPIL, absent(0), absent(1))
    told = missing.when(book, mark("UNEXCUSED", 1, remark="停课"), LATER).events
    assert [type(event).__name__ for event in told] == ["PushOutReported"]


# what is inferred


def test_inferred_presence_ends_a_spell_until_somebody_says_that_the_child_was_absent() -> None:
    spell = (*PUPIL, absent(0), absent(1))
    came = given(CHILDREN, *spell).when(book, presumed(2), on(day(2))).then(resumed(2, inferred=True))
    assert came.state.attendance is Attendance.IN_SCHOOL
    gone = came.when(book, mark("UNEXCUSED", 2), on(day(4))).then(absent(2, 0))
    assert gone.state.attendance is Attendance.ABSENT_UNEXCUSED
    assert gone.state.unexcused == (day(0), day(1), day(2))


def test_an_absence_stands_against_presence_that_is_inferred_of_the_same_day_later() -> None:
    given(CHILDREN, *PUPIL, absent(0)).when(book, presumed(0), SOON).then_nothing()


def test_a_day_missed_before_inferred_presence_is_kept_in_case_the_presence_was_none() -> None:
    known = given(CHILDREN, *PUPIL, absent(1, 1), resumed(3, inferred=True))
    known = known.when(book, mark("UNEXCUSED", 0), SOON).then(absent(0, None))
    assert known.state.attendance is Attendance.IN_SCHOOL
    assert known.when(book, mark("UNEXCUSED", 3), SOON).then(absent(3, 0)).state.absent_since == day(0)


def test_nothing_is_inferred_of_a_day_without_school() -> None:
    given(CHILDREN, *PUPIL, absent(4, 4)).when(book, presumed(5, 6), on(day(7))).then_nothing()


def test_inferred_presence_is_never_held_against_who_must_check_in() -> None:
    for gone in (SUSPECTED, DROPPED_OUT):
        given(CHILDREN, *gone).when(book, presumed(8, 9), LATER).then_nothing()


def test_what_is_said_of_a_day_in_one_sheet_goes_before_what_is_inferred_of_it() -> None:
    both = RecordAttendance(child_id=CHILD, marks=(*presumed(1, 2).marks, *mark("UNEXCUSED", 2).marks))
    given(CHILDREN, *PUPIL, absent(0)).when(book, both, SOON).then(resumed(1, inferred=True), absent(2, 2))


# suspicion


def test_seven_days_of_absence_make_a_suspicion() -> None:
    given(CHILDREN, *WEEK).when(checking, CHECK, on(day(7))).then(suspected())


def test_six_days_do_not() -> None:
    given(CHILDREN, *WEEK).when(checking, CHECK, on(day(6))).then_nothing()


def test_a_day_of_which_nobody_said_anything_neither_lengthens_a_spell_nor_breaks_it() -> None:
    known = given(CHILDREN, *PUPIL, absent(0), absent(2), absent(3), absent(4))
    known.when(checking, CHECK, on(day(9))).then_nothing()
    missed_again = given(CHILDREN, *PUPIL, absent(0), absent(2), absent(3), absent(4), absent(9))
    missed_again.when(checking, CHECK, on(day(10))).then(suspected(10))


def test_one_missed_day_never_makes_a_suspicion_by_itself() -> None:
    given(CHILDREN, *PUPIL, absent(0)).when(checking, CHECK, LATER).then_nothing()


def test_nobody_is_suspected_while_there_is_no_school() -> None:
    """Seven days are over on 1 October; school goes on a week later."""
    known = given(CHILDREN, *PUPIL, *absent_days(23, since=14))
    known.when(checking, CHECK, on(day(24))).then_nothing().when(checking, CHECK, on(day(30))).then_nothing()
    known.when(checking, CHECK, on(day(31))).then(suspected(31, since=14))
    assert known.when(flagging, SCHOOL_KNOWS, on(day(24))).then_refused("school-is-closed").zh.count("2026-10-08")


@pytest.mark.parametrize("ending", [resumed(3), sick(3)])
def test_an_absence_that_ended_makes_none(ending: object) -> None:
    given(CHILDREN, *PUPIL, absent(0), ending).when(checking, CHECK, LATER).then_nothing()


def test_a_suspicion_is_flagged_once() -> None:
    given(CHILDREN, *SUSPECTED).when(checking, CHECK, LATER).then_nothing()
    given(CHILDREN, *SUSPECTED).when(flagging, SCHOOL_KNOWS, LATER).then_nothing()


def test_more_missed_days_of_a_suspect_are_no_news() -> None:
    given(CHILDREN, *SUSPECTED).when(book, mark("UNEXCUSED", 8, 9), LATER).then_nothing()


def test_a_school_may_suspect_earlier() -> None:
    given(CHILDREN, *PUPIL, absent(0)).when(flagging, SCHOOL_KNOWS, on(day(2))).then(suspected(2, reason="外出务工"))


@pytest.mark.parametrize("last", [sick(0), resumed(0)])
def test_a_child_on_leave_or_in_class_is_not_suspected(last: object) -> None:
    given(CHILDREN, *PUPIL, last).when(flagging, SCHOOL_KNOWS, LATER).then_refused("not-absent")


def test_an_attendance_mark_does_not_lift_a_suspicion() -> None:
    given(CHILDREN, *SUSPECTED).when(book, mark("PRESENT", 8), LATER).then_refused("return-must-be-checked-in")
    given(CHILDREN, *SUSPECTED).when(book, mark("SICK", 8), LATER).then_refused("return-must-be-checked-in")


def test_an_old_sheet_imported_after_the_suspicion_changes_nothing() -> None:
    given(CHILDREN, *SUSPECTED).when(book, mark("PRESENT", -2), LATER).then_nothing()


# dropout


def test_a_dropout_needs_28_days_and_a_failed_attempt() -> None:
    tried = (*SUSPECTED, noted(10, attempts=1, failed=1))
    decided = given(CHILDREN, *tried).when(confirming, confirm(CONFIRMABLE), on(day(CONFIRMABLE)))
    state = decided.then(dropped_out(CONFIRMABLE)).state
    assert (state.attendance, state.registration) == (Attendance.DROPPED_OUT, Registration.RETAINED_DROPOUT)


def test_a_dropout_is_not_confirmed_after_27_days() -> None:
    tried = (*SUSPECTED, noted(10, attempts=1, failed=1))
    given(CHILDREN, *tried).when(confirming, confirm(CONFIRMABLE - 1), LATER).then_refused("absent-too-short")


@pytest.mark.parametrize("attempts", [(), (noted(10, attempts=1, failed=0, result="AGREED"),)])
def test_a_dropout_is_not_confirmed_without_failed_persuasion(attempts: tuple[object, ...]) -> None:
    given(CHILDREN, *SUSPECTED, *attempts).when(confirming, confirm(CONFIRMABLE), LATER).then_refused(
        "persuasion-missing"
    )


def test_only_a_suspect_can_be_confirmed() -> None:
    given(CHILDREN, *PUPIL, absent(0)).when(confirming, confirm(28), LATER).then_refused("not-suspected")


def test_a_dropout_is_confirmed_once() -> None:
    given(CHILDREN, *DROPPED_OUT).when(confirming, confirm(30), LATER).then_nothing()


@pytest.mark.parametrize(("number", "code"), [(29, "date-in-future"), (-1, "date-out-of-order")])
def test_a_dropout_is_confirmed_on_a_possible_day(number: int, code: str) -> None:
    tried = (*SUSPECTED, noted(10, attempts=1, failed=1))
    given(CHILDREN, *tried).when(confirming, confirm(number), on(day(28))).then_refused(code)


def attempt(result: str, *, cycle: int = 1) -> NotePersuasion:
    return NotePersuasion(child_id=CHILD, attempted_on=day(10), result=result, cycle=cycle)


def test_attempts_are_counted_and_failed_ones_apart() -> None:
    given(CHILDREN, *SUSPECTED).when(note_persuasion, attempt("NOT_REACHED"), LATER).then(
        noted(10, attempts=1, failed=1, result="NOT_REACHED")
    ).when(note_persuasion, attempt("AGREED"), LATER).then(noted(10, attempts=2, failed=1, result="AGREED"))


def test_an_attempt_of_another_cycle_or_for_a_child_in_class_changes_nothing() -> None:
    given(CHILDREN, *SUSPECTED).when(note_persuasion, attempt("REFUSED", cycle=2), LATER).then_nothing()
    given(CHILDREN, *ON_PROBATION).when(note_persuasion, attempt("REFUSED"), LATER).then_nothing()
    given(CHILDREN).when(note_persuasion, attempt("REFUSED", cycle=0), LATER).then_nothing()


# return


@pytest.mark.parametrize(("past", "after"), [(SUSPECTED, "SUSPECTED_DROPOUT"), (DROPPED_OUT, "DROPPED_OUT")])
def test_a_child_that_was_away_checks_in(past: tuple[object, ...], after: str) -> None:
    decided = given(CHILDREN, *past).when(returning, check_in(40), on(day(40)))
    state = decided.then(returned(40, after=after)).state
    assert (state.attendance, state.registration) == (Attendance.RETURNED_PROBATION, Registration.ACTIVE)


def test_a_merely_absent_child_is_present_again_without_probation() -> None:
    decided = given(CHILDREN, *PUPIL, absent(0)).when(returning, check_in(2), on(day(2)))
    assert decided.then(resumed(2)).state.attendance is Attendance.IN_SCHOOL


@pytest.mark.parametrize("past", [PUPIL, ON_PROBATION, (*PUPIL, sick(0))])
def test_who_is_not_away_cannot_return(past: tuple[object, ...]) -> None:
    given(CHILDREN, *past).when(returning, check_in(40), LATER).then_refused("child-is-not-away")


def test_another_school_cannot_check_the_child_in() -> None:
    refusal = (
        given(CHILDREN, *SUSPECTED)
        .when(returning, check_in(40, school=OTHER_SCHOOL), LATER)
        .then_refused("other-school")
    )
    assert "转学" in refusal.zh


@pytest.mark.parametrize(("number", "code"), [(41, "date-in-future"), (-1, "date-out-of-order")])
def test_a_return_has_a_possible_day(number: int, code: str) -> None:
    given(CHILDREN, *SUSPECTED).when(returning, check_in(number), on(day(40))).then_refused(code)


def test_a_return_needs_evidence() -> None:
    given(CHILDREN, *SUSPECTED).when(returning, check_in(40, evidence=()), LATER).then_refused("return-needs-evidence")


# probation


def test_a_return_is_stable_after_thirty_days() -> None:
    given(CHILDREN, *ON_PROBATION).when(stability, STABLE, on(day(38))).then_nothing().when(
        stability, STABLE, on(day(39))
    ).then(stabilised(39, returned_on=9))


def test_a_probation_that_ends_at_a_weekend_is_decided_on_the_next_school_day() -> None:
    given(CHILDREN, *SUSPECTED, returned(10)).when(stability, STABLE, on(day(40))).then_nothing().when(
        stability, STABLE, on(day(42))
    ).then(stabilised(42, returned_on=10))


INTO_HOLIDAYS = (*PUPIL, *absent_days(102, since=98), suspected(105, since=98), returned(110, since=98))
"""Back on 26 December; thirty days later it is the holidays. The spring term has begun by 1 March."""
SPRING = 175


@pytest.mark.parametrize("inferred", [False, True])
def test_a_probation_that_ends_in_holidays_is_decided_on_the_first_day_that_the_child_comes(inferred: bool) -> None:
    came = presumed(SPRING) if inferred else mark("PRESENT", SPRING)
    known = given(CHILDREN, *INTO_HOLIDAYS).when(stability, STABLE, on(day(150))).then_nothing()
    known = known.when(stability, STABLE, on(day(SPRING))).then_nothing()
    state = (
        known.when(book, came, on(day(SPRING)))
        .then(resumed(SPRING, steady=110, probation=True, inferred=inferred), stabilised(SPRING, returned_on=110))
        .state
    )
    assert state.attendance is Attendance.IN_SCHOOL


def test_an_unexcused_day_makes_stability_count_anew() -> None:
    broken = (*ON_PROBATION, absent(21, 21, probation=True))
    given(CHILDREN, *broken).when(stability, STABLE, on(day(39))).then_nothing().when(
        book, mark("PRESENT", 22), on(day(22))
    ).then(resumed(22, steady=22, probation=True)).when(stability, STABLE, on(day(51))).then_nothing().when(
        stability, STABLE, on(day(52))
    ).then(stabilised(52, returned_on=9))


def test_leave_on_probation_does_not() -> None:
    given(CHILDREN, *ON_PROBATION).when(book, mark("SICK", 21), on(day(21))).then(
        sick(21, steady=9, probation=True)
    ).when(stability, STABLE, on(day(39))).then(stabilised(39, returned_on=9))


def test_three_days_of_absence_on_probation_are_a_relapse_of_the_next_cycle() -> None:
    away_again = (*ON_PROBATION, *absent_days(23, since=21, probation=True))
    decided = given(CHILDREN, *away_again).when(checking, CHECK, on(day(23))).then_nothing()
    state = decided.when(checking, CHECK, on(day(31))).then(relapsed(31, since=21)).state
    assert (state.attendance, state.cycle, state.failed_attempts) == (Attendance.SUSPECTED_DROPOUT, 2, 0)


def test_a_suspicion_after_stability_is_a_fresh_one_of_the_next_cycle() -> None:
    steady = (*ON_PROBATION, stabilised(39, returned_on=9), *absent_days(53, since=49))
    given(CHILDREN, *steady).when(checking, CHECK, on(day(56))).then(suspected(56, since=49, cycle=2))


def test_attempts_start_from_nothing_in_a_new_cycle() -> None:
    again = (*DROPPED_OUT, returned(40, after="DROPPED_OUT"), absent(50, 50, probation=True), relapsed(53, since=50))
    given(CHILDREN, *again).when(confirming, confirm(90), LATER).then_refused("persuasion-missing")
