"""What holds of a child's status and clocks, whatever is recorded of it, in whatever order, on whatever day."""

from bisect import bisect
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.registry.attendance.clocks import WATCHED as ABSENCES_COUNT
from services.registry.attendance.counting import over_on
from services.registry.attendance.returning import stability_due
from services.registry.children.child import Child
from services.registry.children.files import RegisterChild
from services.registry.children.statuses import ENDED, IN_CLASS, Attendance, Registration
from services.registry.leaving.refusals import GraduatedWhileSuspended, SchoolingEnded
from services.registry.schools.schools import RegisterSchool
from services.registry.transfers.refusals import SuspendedNow, TransferUnderWay
from shared.kernel.refusals import Refused
from tests.drawing import the_same_every_time
from tests.registry.deeds import DEEDS, KEPT
from tests.registry.facts import CALENDAR, CHILD, MONDAY, OTHER_SCHOOL, POLICY, SCHOOL
from tests.registry.town import SERVICE, Town

AT_NO_SCHOOL = frozenset({Attendance.NOT_DUE, Attendance.DEFERRED, Attendance.NEVER_ENROLLED})
WAITS = {
    Attendance.NOT_DUE: frozenset({"due"}),
    Attendance.DEFERRED: frozenset({"respite", "respite-reminder"}),
    Attendance.ON_APPROVED_LEAVE: frozenset({"respite", "respite-reminder"}),
    Attendance.ABSENT_UNEXCUSED: frozenset({"absence"}),
    Attendance.RETURNED_PROBATION: frozenset({"absence", "stability"}),
    Attendance.UNTRACEABLE: frozenset({"recheck"}),
    Attendance.ELSEWHERE_CONFIRMED: frozenset({"elsewhere"}),
}
"""The clocks that a status has, and no other has."""
RARE = frozenset({"abroad", "die", "graduate", "merge", "part", "declare missing"})
LATEST = {"persuade": 0}
"""What visits tell has happened: it is not asked whether it can be."""
OF_A_STATUS = frozenset().union(*WAITS.values())
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 200)),
        st.tuples(st.just("miss"), st.integers(1, 12)),
        st.tuples(st.sampled_from(sorted(set(DEEDS) - RARE)), st.integers(-1, 6)),
        st.tuples(st.sampled_from(sorted(set(DEEDS) - RARE)), st.integers(-1, 6)),
        st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(-1, 6)),
    ),
    min_size=20,
    max_size=60,
)


def a_town(born: date, *, pupil: bool) -> Town:
    town = Town(MONDAY)
    for code in (SCHOOL, OTHER_SCHOOL):
        town.send(RegisterSchool(school_code=code, name=f"学校{code}", kind="NINE_YEAR", division="349921101"))
    for child, birth in ((CHILD, born), (KEPT, date(2013, 1, 5))):
        town.send(RegisterChild(child_id=child, name="林小雨", sex="F", birth_date=birth, division="349921101"))
    if pupil:
        for deed in ("enrol", "disabled"):
            town.send(DEEDS[deed](town.child(CHILD), town.today))
    return town


def live(town: Town, steps: list[tuple[str, int]]) -> None:
    """Where a deed is refused, those that follow it in the alphabet are tried, so that few steps come to nothing."""
    names = sorted(set(DEEDS) - RARE)
    for number, (name, amount) in enumerate(steps):
        if name in ("wait", "miss"):
            town.wait(amount) if name == "wait" else miss(town, amount)
            check(town)
            continue
        first = bisect(names, name)
        for each in (name, *names[first:], *names[:first])[:6]:
            before = town.child(CHILD)
            command = DEEDS[each](before, town.today - timedelta(days=max(amount, LATEST.get(each, -1))))
            if town.tries(command, by=f"u{number}"):
                check(town)
                ended_stays_ended(before, town.child(CHILD))
                break


def miss(town: Town, days: int) -> None:
    """Each day is entered in the book as missed, as far as that can be."""
    for _ in range(days):
        town.tries(DEEDS["absent"](town.child(CHILD), town.today))
        town.wait(1)


def clocks_of(town: Town, child: str = CHILD) -> dict[str, Any]:
    return {key.partition(":")[0]: clock for key, clock in town.due.items() if key.endswith(f":{child}")}


def check(town: Town) -> None:
    for id_ in (CHILD, KEPT):
        child = town.child(id_)
        every_clock_belongs_to_the_status(town, child)
        no_status_that_waits_is_without_its_clock(town, child)
        the_two_axes_agree(child)
        the_ledger_says_the_same(town, child)
    nothing_happened_in_the_future(town)


def every_clock_belongs_to_the_status(town: Town, child: Child) -> None:
    standing = {clock.key for clock in SERVICE.clocks["child"](child, town.now)}
    assert {f"{name}:{child.id}" for name in clocks_of(town, child.id)} <= standing
    if child.attendance in ENDED:
        assert not clocks_of(town, child.id)


def no_status_that_waits_is_without_its_clock(town: Town, child: Child) -> None:
    by_right = child.attendance is not Attendance.ON_APPROVED_LEAVE or child.registration is Registration.SUSPENDED
    waits = WAITS.get(child.attendance, frozenset()) if by_right else frozenset()
    wanted = waits - {"absence", "stability"} | clocks_of_attendance(child)
    running = OF_A_STATUS & set(clocks_of(town, child.id))
    assert running <= wanted
    assert bool(running) == bool(wanted)


def clocks_of_attendance(child: Child) -> frozenset[str]:
    """A run of absence waits once enough days of it are recorded, probation unless it ends in holidays."""
    if child.attendance not in ABSENCES_COUNT:
        return frozenset()
    needed = POLICY.absence.relapsed_after_days if child.on_probation else POLICY.absence.suspected_after_days
    if child.spell.runs and over_on(CALENDAR, child.spell, needed):
        return frozenset({"absence"})
    waits = not child.unexcused and child.on_probation and stability_due(POLICY.return_, CALENDAR, child)
    return frozenset({"stability"} if waits else ())


def the_two_axes_agree(child: Child) -> None:
    if child.attendance in IN_CLASS:
        assert child.enrolment is not None
        assert child.unexcused == ()
        assert child.registration not in (Registration.SUSPENDED, Registration.RETAINED_DROPOUT)
    if child.attendance in AT_NO_SCHOOL:
        assert child.enrolment is None
        assert child.registration is Registration.NONE
    assert (child.returned_on is not None) == child.on_probation or child.merged_into is not None


def the_ledger_says_the_same(town: Town, child: Child) -> None:
    row = town.rows["children", child.id]
    assert row is not None
    assert (row["status"], row["registration"]) == (child.attendance, child.registration)
    assert row["school"] == (child.enrolment.school_code if child.enrolment else "")
    assert row["absent_since"] == (child.absent_since.isoformat() if child.absent_since else None)


def nothing_happened_in_the_future(town: Town) -> None:
    for recorded_on, event in town.told[-4:]:
        if field := getattr(event, "OCCURRED_ON", None):
            assert getattr(event, field) <= recorded_on


def ended_stays_ended(before: Child, after: Child) -> None:
    """Only death comes after another end; a merge and its undoing leave the end as it was."""
    if before.attendance in ENDED - {Attendance.MERGED}:
        assert after.attendance in (before.attendance, Attendance.DECEASED, Attendance.MERGED)
    if before.attendance is Attendance.MERGED and after.attendance is not Attendance.MERGED:
        assert before.before_merge is not None
        assert after.attendance is before.before_merge.attendance


@pytest.mark.parametrize(
    ("born", "pupil"),
    [(date(2014, 9, 3), True), (date(2014, 9, 3), False), (date(2021, 3, 5), False)],
    ids=["a pupil", "at no school", "too young"],
)
@the_same_every_time(100)
@for_all(steps=STEPS)
def test_status_clocks_and_ledger_agree_in_every_life(born: date, pupil: bool, steps: list[tuple[str, int]]) -> None:
    live(a_town(born, pupil=pupil), steps)


WATCHED = {
    "absence": ["miss a week"],
    "relapse": ["absent", "wait", "return", "wait", "miss two days", "absent"],
    "probation": ["absent", "wait", "return"],
    "suspension": ["ask to be suspended", "approve"],
    "transfer": ["request transfer"],
    "gap of a transfer": ["request transfer", "confirm transfer", "confirm transfer"],
    "next school": ["primary completed"],
    "placement": ["home teaching"],
    "elsewhere": ["elsewhere"],
}


MISSED = {"miss a week": 5, "miss two days": 2}


def watched(deeds: list[str], *, pupil: bool = True, born: date = date(2014, 9, 3)) -> Town:
    town = a_town(born, pupil=pupil)
    for number, deed in enumerate(deeds):
        if deed == "wait":
            miss(town, 8) if number == 1 else town.wait(1)
        elif deed in MISSED:
            miss(town, MISSED[deed])
        else:
            assert town.send(DEEDS[deed](town.child(CHILD), town.today), by=f"u{number}", role="bureau_officer")
    return town


def assert_a_mistaken_merge_leaves_the_clocks(town: Town) -> None:
    before = clocks_of(town)
    assert before
    town.send(DEEDS["merge"](town.child(CHILD), town.today))
    assert clocks_of(town) == {}
    town.wait(400)
    town.send(DEEDS["part"](town.child(CHILD), town.today))
    assert clocks_of(town) == before


@pytest.mark.parametrize("deeds", WATCHED.values(), ids=list(WATCHED))
def test_two_files_parted_again_are_watched_as_if_they_never_had_been_one(deeds: list[str]) -> None:
    town = watched(deeds)
    assert_a_mistaken_merge_leaves_the_clocks(town)
    was = town.child(CHILD)
    town.wait(1)
    assert town.child(CHILD) != was  # all that fell due meanwhile has happened


def test_a_deferred_child_and_one_that_is_too_young_are_watched_again_too() -> None:
    assert_a_mistaken_merge_leaves_the_clocks(watched(["ask to be deferred", "approve"], pupil=False))
    young = watched([], pupil=False, born=date(2021, 3, 5))
    assert_a_mistaken_merge_leaves_the_clocks(young)
    young.wait(1)
    assert young.child(CHILD).attendance is Attendance.NEVER_ENROLLED


def test_a_reminder_that_was_given_is_not_given_again_after_a_mistaken_merge() -> None:
    town = watched(["ask to be suspended", "approve"])
    town.wait(50)
    assert sorted(clocks_of(town)) == ["respite"]
    town.send(DEEDS["merge"](town.child(CHILD), town.today))
    town.send(DEEDS["part"](town.child(CHILD), town.today))
    assert sorted(clocks_of(town)) == ["respite"]


def test_a_transfer_does_not_take_along_who_died_or_left_the_country() -> None:
    for end in ("die", "abroad"):
        town = watched(["request transfer out", end])
        with pytest.raises(SchoolingEnded):
            town.send(DEEDS["confirm transfer"](town.child(CHILD), town.today), by="u9")
        assert town.send(DEEDS["withdraw transfer"](town.child(CHILD), town.today))


def test_who_was_lost_without_a_school_and_was_given_a_place_is_absent_from_there_when_found() -> None:
    town = watched(["lose", "enrol", "find"], pupil=False)
    assert town.child(CHILD).attendance is Attendance.ABSENT_UNEXCUSED
    assert sorted(clocks_of(town)) == ["absence"]


def test_probation_goes_on_at_the_next_school() -> None:
    town = watched(["primary completed"])
    miss(town, 8)
    town.send(DEEDS["return"](town.child(CHILD), town.today))
    town.send(DEEDS["enrol at the junior school"](town.child(CHILD), town.today))
    assert town.child(CHILD).attendance is Attendance.RETURNED_PROBATION
    assert sorted(clocks_of(town)) == ["stability"]


FUTURE = [name for name in sorted(DEEDS) if name not in ("suspect", "persuade", "lapse home teaching")]
BEFORE = {
    "return": ["absent", "wait"],
    "confirm dropout": ["absent", "wait"],
    "correct mark": ["absent", "wait"],
    "lose": ["absent"],
    "ask again": ["absent", "lose"],
    "find": ["absent", "lose"],
    "approve": ["ask to be suspended"],
    "resume": ["ask to be suspended", "approve"],
    "review placement": ["home teaching"],
    "special school": ["home teaching"],
    "confirm transfer": ["request transfer"],
    "withdraw transfer": ["request transfer"],
    "arrive": ["request transfer", "confirm transfer", "confirm transfer", "confirm transfer"],
    "part": ["merge"],
    "declare missing": ["absent", "lose"],
}
AT_NO_SCHOOL_YET = frozenset({"enrol", "enrol without number", "notify", "ask to be deferred"})


@pytest.mark.parametrize("name", FUTURE)
def test_nothing_is_recorded_of_a_day_that_has_not_come(name: str) -> None:
    town = watched(BEFORE.get(name, []), pupil=name not in AT_NO_SCHOOL_YET)
    command = DEEDS[name](town.child(CHILD), town.today + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        town.send(command, by="u9")
    assert refused.value.code == "date-in-future"


SUSPENSION = ["ask to be suspended", "approve"]


@pytest.mark.parametrize(
    ("past", "name", "status"),
    [
        (["home teaching"], "request transfer", Attendance.HOME_TEACHING),
        (["special school"], "request transfer", Attendance.SPECIAL_PLACEMENT),
        (["home teaching"], "elsewhere", Attendance.ELSEWHERE_CONFIRMED),
        (["absent", "wait", "return"], "elsewhere", Attendance.ELSEWHERE_CONFIRMED),
        (["home teaching"], "abroad", Attendance.ABROAD),
        (["special school"], "abroad", Attendance.ABROAD),
        (["move up", "sick"], "graduate", Attendance.COMPLETED),
        (["move up", "absent"], "graduate", Attendance.COMPLETED),
        (["sick"], "primary completed", Attendance.ON_APPROVED_LEAVE),
        (["absent", "wait", "return"], "die", Attendance.DECEASED),
    ],
)
def test_a_fact_of_any_child_is_recorded_of_every_child_that_it_can_happen_to(
    past: list[str], name: str, status: Attendance
) -> None:
    assert watched([*past, name]).child(CHILD).attendance is status


def test_a_pupil_is_not_suspended_while_it_moves_to_another_school_nor_moves_while_it_is_suspended() -> None:
    moving = watched(["request transfer", "ask to be suspended"])
    with pytest.raises(TransferUnderWay):
        moving.send(DEEDS["approve"](moving.child(CHILD), moving.today), by="u9")
    suspended = watched(SUSPENSION)
    with pytest.raises(SuspendedNow):
        suspended.send(DEEDS["request transfer"](suspended.child(CHILD), suspended.today), by="u9")


def test_nobody_graduates_while_suspended() -> None:
    town = watched(["move up", *SUSPENSION])
    with pytest.raises(GraduatedWhileSuspended):
        town.send(DEEDS["graduate"](town.child(CHILD), town.today), by="u9")


def test_a_child_of_a_special_school_that_left_and_did_not_arrive_is_suspected() -> None:
    town = watched(["special school", "request transfer", "confirm transfer", "confirm transfer"])
    town.wait(POLICY.transfer.gap_days + 1)
    assert town.child(CHILD).attendance is Attendance.SUSPECTED_DROPOUT


@pytest.mark.parametrize(
    "away", [["absent", "present"], ["sick", "present"], ["absent", "wait", "return", "wait a month"]]
)
@pytest.mark.parametrize("past", [["special school"], ["enrol without number", "gap"]])
def test_who_is_present_again_stands_where_it_stood_before(past: list[str], away: list[str]) -> None:
    town = watched(past, pupil="special school" in past)
    before = town.child(CHILD).attendance
    for deed in away:
        if deed.startswith("wait"):
            town.wait(42) if "month" in deed else miss(town, 8)
        else:
            town.tries(DEEDS[deed](town.child(CHILD), town.today))
            town.today += timedelta(days=1)
    assert town.child(CHILD).attendance is before
    check(town)
