"""Random lives: whatever happens to a child, in whatever order, the case keeps what it promises.

The plain model knows three things: where the child stands, whether they are sought, and what was said last.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.supervision.facts import Fact
from services.supervision.obligations.duties import Duty
from services.supervision.return_cases import closing, ending, moving, noting
from services.supervision.return_cases.commands import (
    CloseCase,
    EndSearch,
    MoveCase,
    NoteDropout,
    NoteReturn,
    NoteStabilised,
    OpenCase,
    ReportUp,
    RequestClosure,
)
from services.supervision.return_cases.cycle import CaseStatus
from services.supervision.return_cases.events import MoveCause, Trigger
from services.supervision.return_cases.reasons import PROOFS, REQUIRED, ClosureReason, Evidence
from services.supervision.return_cases.state import CASES, Case
from services.supervision.return_notices import decisions
from services.supervision.return_notices.commands import ExpireNotice, IssueNotice, RecordService, RequestNotice
from services.supervision.return_notices.events import StopReason
from shared.kernel.caller import Place
from shared.kernel.refusals import Refused
from tests.supervision import facts as f

FACTS = {
    StopReason.DECEASED: ("death-recorded", ClosureReason.DECEASED),
    StopReason.ON_SUSPENSION: ("suspension-approved", ClosureReason.SUSPENDED_APPROVED),
    StopReason.ELSEWHERE: ("elsewhere-confirmed", ClosureReason.ELSEWHERE_CONFIRMED),
    StopReason.COMPLETED: ("graduation-recorded", ClosureReason.COMPLETED),
}
PLACES = [Place(f.VILLAGE, f.SCHOOL), Place(f.OTHER_VILLAGE, f.OTHER_SCHOOL), Place(f.VILLAGE, f.OTHER_SCHOOL)]
UNDER = {"terms": f.TERMS}


@dataclass
class Life:
    """One child's case, and what the plain model holds of it."""

    case: Case = field(default_factory=lambda: CASES.initial(f.CHILD))
    today: date = f.SUSPECTED_ON
    place: Place = PLACES[0]
    stands: Place = PLACES[0]
    cycle: int = 0
    said: int = 0

    def does(self, decide: Callable[..., Any], command: Any, context: Any = None, **terms: Any) -> bool:
        """Whether it was taken, and said anything."""
        try:
            events = decide(self.case, command, context or f.system(self.today), **terms)
        except Refused:
            return False
        for event in events[0] if isinstance(events, tuple) else events:
            self.case = CASES.evolve(self.case, event)
        return bool(events)

    def fact(self, word: str) -> Fact:
        self.said += 1
        return Fact(type=f"registry.{word}.v1", event=f"registry/3/{self.said}")

    # -- what happens

    def is_suspected(self, _: int) -> None:
        self.cycle += 1
        opened = OpenCase(
            child_id=f.CHILD, cycle=self.cycle, trigger=Trigger.SUSPICION, division=self.stands.division,
            school_code=self.stands.school, absent_since=self.today, opened_on=self.today, opened_by="t", poor=False,
        )  # fmt: skip
        self.does(noting.open_case, opened, **UNDER)
        self.place = self.stands

    def moves(self, which: int) -> None:
        self.stands = PLACES[which % len(PLACES)]
        if self.case.current and self.case.current.open:
            self.place = self.stands
        move = MoveCase(
            child_id=f.CHILD, division=self.stands.division, school_code=self.stands.school,
            because=MoveCause.TRANSFERRED, fact=self.fact("transfer-completed"), moved_on=self.today,
        )  # fmt: skip
        self.does(moving.move_case, move)

    def is_gone(self, which: int) -> None:
        because = list(FACTS)[which % len(FACTS)]
        fact = self.fact(FACTS[because][0])
        gone = EndSearch(child_id=f.CHILD, cycle=self.cycle, because=because, fact=fact, ended_on=self.today)
        self.does(ending.end_search, gone)

    def drops_out(self, _: int) -> None:
        dropout = NoteDropout(child_id=f.CHILD, cycle=self.cycle, confirmed_on=self.today, cause="WORK")
        self.does(noting.note_dropout, dropout, **UNDER)

    def returns(self, _: int) -> None:
        back = NoteReturn(
            child_id=f.CHILD,
            cycle=self.cycle,
            returned_on=self.today,
            return_event=self.fact("student-returned").event,
        )
        self.does(noting.note_return, back)

    def is_stable(self, _: int) -> None:
        fact = self.fact("return-stabilised")
        stable = NoteStabilised(child_id=f.CHILD, cycle=self.cycle, stabilised_on=self.today, fact=fact)
        self.does(noting.note_stabilised, stable)

    def is_reported(self, _: int) -> None:
        for duty in ("REPORT_SUSPECTED", "REPORT_DROPOUT", "REPORT_EXPIRY"):
            report = ReportUp(child_id=f.CHILD, duty=Duty(duty), reported_on=self.today, document="1")
            self.does(closing.report_up, report, f.school(self.today))

    def gets_a_notice(self, _: int) -> None:
        for attempt in f.attempts(cycle=self.cycle):
            self.case = CASES.evolve(self.case, attempt) if self.cycle else self.case
        self.said += 1
        ask = RequestNotice(child_id=f.CHILD, notice_id=f"n{self.said}", facts="x", unreported_because="x")
        asked = self.does(decisions.request_notice, ask, f.school(self.today), **UNDER)
        assert not (asked and self.case.current and self.case.current.ended)

    def is_served(self, _: int) -> None:
        notices = self.case.current.notices if self.case.current else ()
        for notice in notices:
            served = RecordService(child_id=f.CHILD, notice_id=notice.id, receipt=f.receipt(self.today))
            self.does(decisions.record_service, served, f.township(self.today), **UNDER)

    def is_issued(self, _: int) -> None:
        for notice in self.case.current.notices if self.case.current else ():
            here = self.place.division[:9]
            command = IssueNotice(child_id=f.CHILD, notice_id=notice.id, township=here, issued_on=self.today)
            decide = partial(_issue, terms=f.TERMS)
            self.does(decide, command, f.township(self.today, here))

    def waits(self, days: int) -> None:
        self.today += timedelta(days=days)
        for notice in self.case.current.notices if self.case.current else ():
            expire = ExpireNotice(child_id=f.CHILD, notice_id=notice.id)
            self.does(decisions.expire_notice, expire, **UNDER)

    def is_closed(self, which: int) -> None:
        reason = list(ClosureReason)[which % len(ClosureReason)]
        current = self.case.current
        papers = tuple(Evidence(kind=each, reference="1", dated_on=self.today) for each in REQUIRED[reason])
        returned = current.returned.return_event if current and current.returned else None
        ask = RequestClosure(
            child_id=f.CHILD, cycle=self.cycle, reason=reason, evidence=papers, unchecked_because="x",
            return_event=returned if reason is ClosureReason.RETURNED_STABLE else None,
        )  # fmt: skip
        self.does(closing.request_closure, ask, f.school(self.today), birth=None, **UNDER)
        close = CloseCase(child_id=f.CHILD, cycle=self.cycle)
        self.does(closing.close_case, close, f.bureau(self.today), birth=None, **UNDER)


def _issue(case: Case, command: Any, context: Any, *, terms: Any) -> Any:
    register = decisions.Register(township=command.township)
    return decisions.issue_notice(case, register, f.CHENG, command, context, township_name="青石镇", terms=terms)


HAPPENINGS = [
    Life.is_suspected, Life.moves, Life.is_gone, Life.drops_out, Life.returns, Life.is_stable, Life.is_reported,
    Life.gets_a_notice, Life.is_issued, Life.is_served, Life.waits, Life.is_closed,
]  # fmt: skip


def keeps_its_promises(life: Life) -> None:
    for cycle in life.case.cycles:
        if cycle.status in (CaseStatus.SEARCH_ENDED, CaseStatus.CLOSED, CaseStatus.REOPENED):
            assert not [each for each in cycle.obligations if each.open]
            assert not [each for each in cycle.notices if each.live]
        if cycle.closed:
            assert cycle.closed.fact.type in PROOFS[cycle.closed.reason]
            if cycle.ended:
                assert cycle.closed.reason is FACTS[cycle.ended.because][1]
    if life.case.current:
        assert CASES.place(life.case) == life.place
        issued = [each.issue for each in life.case.current.notices if each.issue]
        assert {each.issuer for each in issued} <= {"青石镇人民政府"}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(1, 40)), max_size=40))
def test_whatever_happens_to_a_child_the_case_keeps_its_promises(story: list[tuple[Any, int]]) -> None:
    life = Life()
    for happens, number in story:
        happens(life, number)
        keeps_its_promises(life)
