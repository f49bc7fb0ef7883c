"""What holds in every life of a child, whatever is recorded of it and in whatever order."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.registry.attendance.counting import days_absent
from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.events import StudentRelapsed, StudentReturned, SuspectedDropoutFlagged
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.returning import (
    CheckStability,
    NotePersuasion,
    check_stability,
    note_persuasion,
    record_return,
)
from services.registry.attendance.suspicion import CheckAbsence, check_absence, confirm_dropout
from services.registry.children.child import Child
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance
from services.registry.ledgers.children import CHANGES, apply
from services.registry.respites.ending import ExpireRespite, expire_respite, granted, resume_student
from services.registry.respites.events import SuspensionApproved
from services.registry.respites.kinds import RespiteKind
from shared.kernel.caller import Place
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import Refused
from tests.given import on
from tests.registry.facts import CALENDAR, CHILD, POLICY, book, check_in, confirm, day, enrolled, registered
from tests.registry.respites.given import applying, approve, approving, ask, resume

RECORDED = Recorded(
    service="registry",
    partition=0,
    position=1,
    stream=f"child-{CHILD}",
    version=1,
    type="",
    key=CHILD,
    time=datetime(2026, 9, 1, tzinfo=UTC),
    actor="u1",
    place=Place(),
    correlation="",
    causation="",
    occurred_on=day(0),
    data={},
)

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), st.sampled_from(MarkKind), st.integers(0, 6)),
        st.tuples(st.just("presume"), st.integers(0, 6)),
        st.tuples(st.just("miss"), st.integers(1, 9)),
        st.tuples(st.just("wait"), st.integers(1, 12)),
        st.tuples(st.just("attempt"), st.sampled_from(["REFUSED", "AGREED"])),
        st.tuples(st.just("confirm")),
        st.tuples(st.just("return")),
        st.tuples(st.just("apply"), st.integers(0, 10), st.integers(1, 40)),
        st.tuples(st.just("approve")),
        st.tuples(st.just("resume")),
    ),
    max_size=60,
)


@dataclass
class Life:
    """Days pass one by one; at the start of each the clocks fire, as the deadlines make them."""

    child: Child
    today: int = 0
    events: list[Any] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def ask(self, decide: Any, command: Any, subject: str = "u1") -> None:
        try:
            events = decide(self.child, command, on(day(self.today), subject=subject))
        except Refused as refusal:
            self.refused.append(refusal.code)
            return
        for event in events:
            self.child = CHILDREN.evolve(self.child, event)
            self.events.append(event)

    def wait(self, days: int) -> None:
        for _ in range(days):
            self.today += 1
            self.ask(partial(check_absence, POLICY.absence, CALENDAR), CheckAbsence(child_id=CHILD))
            self.ask(partial(check_stability, POLICY.return_, CALENDAR), CheckStability(child_id=CHILD))
            for id_ in self.child.applications:
                self.ask(expire_respite, ExpireRespite(child_id=CHILD, application_id=id_))

    def step(self, step: tuple[Any, ...]) -> None:
        match step:
            case ("mark", kind, ago):
                mark = Mark(day=day(max(0, self.today - ago)), kind=kind)
                self.ask(book, RecordAttendance(child_id=CHILD, marks=(mark,)))
            case ("presume", ago):
                mark = Mark(day=day(max(0, self.today - ago)), kind=MarkKind.PRESENT, inferred=True)
                self.ask(book, RecordAttendance(child_id=CHILD, marks=(mark,)))
            case ("miss", days):
                for _ in range(days):
                    missed = Mark(day=day(self.today), kind=MarkKind.UNEXCUSED)
                    self.ask(book, RecordAttendance(child_id=CHILD, marks=(missed,)))
                    self.wait(1)
            case ("wait", days):
                self.wait(days)
            case ("attempt", result):
                note = NotePersuasion(
                    child_id=CHILD, attempted_on=day(self.today), result=result, cycle=self.child.cycle
                )
                self.ask(note_persuasion, note)
            case ("confirm",):
                self.ask(partial(confirm_dropout, POLICY.dropout, CALENDAR), confirm(self.today))
            case ("return",):
                self.ask(partial(record_return, POLICY.return_), check_in(self.today))
            case ("apply", ago, days):
                self.apply(max(0, self.today - ago), days)
            case ("approve",):
                for id_ in self.child.applications:
                    self.ask(approving, approve(day(self.today), id=id_))
            case ("resume",):
                self.ask(resume_student, resume(day(self.today)))

    def apply(self, begins: int, days: int) -> None:
        """For a first suspension, or, when there is one, for what follows it."""
        before = granted(self.child, RespiteKind.SUSPENSION)
        first = before.until + timedelta(days=1) if before else day(begins)
        asked = ask(from_on=first, until=first + timedelta(days=days), on=day(self.today), id=str(len(self.events)))
        self.ask(applying, asked, subject="school-1")


def lived(steps: list[tuple[Any, ...]]) -> Life:
    child = CHILDREN.initial(CHILD)
    for event in (registered(), enrolled()):
        child = CHILDREN.evolve(child, event)
    life = Life(child)
    for step in steps:
        life.step(step)
    return life


SUSPICIONS = (SuspectedDropoutFlagged, StudentRelapsed)


@for_all(STEPS)
@settings(max_examples=300, deadline=None)
def test_between_two_suspicions_the_child_returned_or_was_suspended_by_right(steps: list[tuple[Any, ...]]) -> None:
    open_suspicion = False
    for event in lived(steps).events:
        if isinstance(event, SUSPICIONS):
            assert not open_suspicion
            open_suspicion = True
        elif isinstance(event, StudentReturned):
            assert open_suspicion
            open_suspicion = False
        elif isinstance(event, SuspensionApproved):
            open_suspicion = False


@for_all(STEPS)
@settings(max_examples=300, deadline=None)
def test_cycles_count_suspicions_and_relapses_count_themselves(steps: list[tuple[Any, ...]]) -> None:
    life = lived(steps)
    suspicions = [event for event in life.events if isinstance(event, SUSPICIONS)]
    assert [event.cycle for event in suspicions] == list(range(1, len(suspicions) + 1))
    assert life.child.relapses == sum(isinstance(event, StudentRelapsed) for event in suspicions)
    assert life.child.cycle == len(suspicions)


@for_all(STEPS)
@settings(max_examples=300, deadline=None)
def test_a_long_absence_that_is_recorded_never_goes_unseen_and_presence_is_never_suspected(
    steps: list[tuple[Any, ...]],
) -> None:
    life = lived([*steps, ("wait", 1)])
    child, today = life.child, day(life.today)
    if child.attendance is Attendance.ABSENT_UNEXCUSED:
        assert child.absent_since is not None
        assert days_absent(CALENDAR, child.spell, today) < POLICY.absence.suspected_after_days or not CALENDAR.counts(
            today
        )
    if child.attendance in (Attendance.IN_SCHOOL, Attendance.ON_APPROVED_LEAVE):
        assert child.unexcused == ()
    assert child.is_away <= bool(child.unexcused)
    assert (child.returned_on is not None) == child.on_probation


@for_all(STEPS)
@settings(max_examples=200, deadline=None)
def test_every_fact_told_twice_does_as_much_as_once(steps: list[tuple[Any, ...]]) -> None:
    """Sheets come twice, and buttons are pressed twice; only attempts and waiting add up."""
    twice = ("mark", "presume", "confirm", "return", "approve", "resume")
    repeated = [each for step in steps for each in ([step] * 2 if step[0] in twice else [step])]
    assert lived(repeated).events == lived(steps).events


@for_all(STEPS)
@settings(max_examples=200, deadline=None)
def test_the_ledger_says_of_a_child_what_decisions_know_of_it(steps: list[tuple[Any, ...]]) -> None:
    life, row = lived(steps), None
    for event in (registered(), enrolled(), *life.events):
        row = apply(row, event, RECORDED) if type(event) in CHANGES else row
    child = life.child
    assert row is not None
    assert row["status"] == child.attendance
    assert row["registration"] == child.registration
    assert row["absent_since"] == (child.absent_since.isoformat() if child.absent_since else None)
    assert (row["cycle"], row["relapses"]) == (child.cycle, child.relapses)
    assert (row["attempts"], row["failed_attempts"]) == (child.attempts, child.failed_attempts)
