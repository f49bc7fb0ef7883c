"""The pieces that this service's tests speak of. Invented people, in the invented county 349921."""

from datetime import date, timedelta

from services.supervision.facts import Fact
from services.supervision.ids import ChildId, NoticeId
from services.supervision.obligations.duties import Duty
from services.supervision.obligations.events import ObligationLifted, ObligationMet, ObligationMissed, ObligationRaised
from services.supervision.policy import Terms, read_policy
from services.supervision.return_cases.events import (
    AttemptNoted,
    CaseClosed,
    CaseMoved,
    CaseOpened,
    CaseReopened,
    CaseStabilised,
    CaseVerifying,
    ClosureRequested,
    MoveCause,
    ReportedUp,
    SearchEnded,
    StabilityCheckNoted,
    StabilityChecksPlanned,
    Trigger,
)
from services.supervision.return_cases.reasons import ClosureReason, Evidence, EvidenceKind
from services.supervision.return_notices.events import (
    Addressee,
    NoticeIssued,
    NoticeRequested,
    NoticeServed,
    ServiceMethod,
    ServiceReceipt,
    StopReason,
)
from shared.calendar import shipped_calendar, start_of_local_day
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Context

TERMS = Terms(read_policy(), shipped_calendar())
CHILD = ChildId("c1")
NOTICE = NoticeId("n1")
TOWNSHIP = "349921101"
VILLAGE = "349921101205"
SCHOOL = "2134000101"
RETURN_EVENT = "registry/3/1042"
STABLE_FACT = Fact(type="registry.return-stabilised.v1", event="registry/3/1043")
CHECK_EVENTS = ("visits/3/7", "visits/3/8", "visits/3/9")
SUSPECTED_ON = date(2026, 9, 8)  # a Tuesday
DUE_ON = date(2026, 9, 9)
RETURNED_ON = date(2026, 9, 22)
STABLE_ON = date(2026, 10, 22)
CHENG = Addressee(child_name="程小禾", guardian_name="程大山", school_name="青石镇中心小学", grade=5, class_no=2)


def acting(day: date, role: str, subject: str, division: str = "349921") -> Context:
    caller = Caller(subject, role, Scope(division))
    return Context(caller=caller, now=start_of_local_day(day) + timedelta(hours=9), today=day)


def school(day: date) -> Context:
    return acting(day, "school_admin", "principal")


def township(day: date, division: str = TOWNSHIP) -> Context:
    return acting(day, "township_clerk", "clerk", division)


def bureau(day: date, subject: str = "officer") -> Context:
    return acting(day, "bureau_officer", subject)


def system(day: date) -> Context:
    return acting(day, "system", "system:supervision", "")


def case_opened(cycle: int = 1) -> CaseOpened:
    return CaseOpened(
        child_id=CHILD,
        cycle=cycle,
        division=VILLAGE,
        school_code=SCHOOL,
        absent_since=date(2026, 9, 1),
        opened_on=SUSPECTED_ON,
        opened_by="class-teacher",
        poor=True,
    )


def case_reopened(cycle: int = 2, trigger: Trigger = Trigger.RELAPSE, on: date = date(2026, 10, 12)) -> CaseReopened:
    return CaseReopened(
        child_id=CHILD,
        cycle=cycle,
        previous_cycle=cycle - 1,
        trigger=trigger,
        division=VILLAGE,
        school_code=SCHOOL,
        absent_since=on - timedelta(days=3),
        opened_on=on,
        opened_by="class-teacher",
        poor=True,
    )


def raised(duty: Duty, on: date = SUSPECTED_ON, due_on: date = DUE_ON, cycle: int = 1) -> ObligationRaised:
    return ObligationRaised(child_id=CHILD, cycle=cycle, duty=duty, raised_on=on, due_on=due_on)


def met(duty: Duty, on: date, cycle: int = 1, entered_on: date | None = None) -> ObligationMet:
    return ObligationMet(child_id=CHILD, cycle=cycle, duty=duty, met_on=on, entered_on=entered_on or on)


def missed(duty: Duty, due_on: date = DUE_ON) -> ObligationMissed:
    return ObligationMissed(child_id=CHILD, cycle=1, duty=duty, due_on=due_on)


def lifted(duty: Duty, on: date) -> ObligationLifted:
    return ObligationLifted(child_id=CHILD, cycle=1, duty=duty, lifted_on=on)


OPEN = (case_opened(), raised(Duty.HOUSEHOLD_VISIT), raised(Duty.REPORT_SUSPECTED))
"""A case as the suspicion leaves it."""


def reported(duty: Duty = Duty.REPORT_SUSPECTED, on: date = DUE_ON) -> ReportedUp:
    return ReportedUp(
        child_id=CHILD,
        cycle=1,
        duty=duty,
        reported_on=on,
        document="青石小学〔2026〕7号",
        recipients=("县教育局", "乡镇人民政府"),
        reported_by="principal",
    )


def attempt(number: int, cycle: int = 1) -> AttemptNoted:
    return AttemptNoted(
        child_id=CHILD,
        cycle=cycle,
        attempt_no=number,
        method="VISIT",
        attempted_on=date(2026, 9, 9) + timedelta(days=number),
        result="REFUSED",
    )


def attempts(count: int = 3, cycle: int = 1) -> tuple[AttemptNoted, ...]:
    return tuple(attempt(number, cycle) for number in range(1, count + 1))


REPORTED = (*OPEN, reported(), met(Duty.REPORT_SUSPECTED, DUE_ON))
PERSUADED = (*REPORTED, *attempts())
"""Reported up, and three attempts on record."""


def notice_requested(on: date = date(2026, 9, 15)) -> NoticeRequested:
    return NoticeRequested(
        child_id=CHILD,
        cycle=1,
        notice_id=NOTICE,
        facts="自2026年9月1日起未到校，三次劝返未果。",
        attempts=3,
        unreported_because="",
        requested_on=on,
        requested_by="principal",
    )


def notice_issued(on: date = date(2026, 9, 16), sequence: int = 1) -> NoticeIssued:
    return NoticeIssued(
        child_id=CHILD,
        cycle=1,
        notice_id=NOTICE,
        number=f"青石镇限复〔2026〕{sequence}号",
        township=TOWNSHIP,
        year=2026,
        sequence=sequence,
        issuer="青石镇人民政府",
        addressee=CHENG,
        absent_since=date(2026, 9, 1),
        facts="自2026年9月1日起未到校，三次劝返未果。",
        attempts=3,
        days=7,
        issued_on=on,
        issued_by="clerk",
        outlook=TERMS.outlook(on),
    )


def receipt(on: date, method: ServiceMethod = ServiceMethod.DIRECT, **fields: str) -> ServiceReceipt:
    signed = {"signer": "程大山"} if method is ServiceMethod.DIRECT and not fields else fields
    return ServiceReceipt(method=method, served_on=on, servers=("周远", "何青"), **signed)


def notice_served(on: date = date(2026, 9, 17), last_day: date = date(2026, 9, 28)) -> NoticeServed:
    return NoticeServed(
        child_id=CHILD,
        cycle=1,
        notice_id=NOTICE,
        receipt=receipt(on),
        counts_from=on,
        last_day=last_day,
        recorded_by="clerk",
    )


REQUESTED = (*PERSUADED, notice_requested())
ISSUED = (*REQUESTED, notice_issued())
SERVED = (*ISSUED, notice_served())


def verifying(on: date = RETURNED_ON, cycle: int = 1) -> CaseVerifying:
    return CaseVerifying(child_id=CHILD, cycle=cycle, returned_on=on, return_event=RETURN_EVENT)


def stabilised(on: date = STABLE_ON) -> CaseStabilised:
    return CaseStabilised(child_id=CHILD, cycle=1, stabilised_on=on, fact=STABLE_FACT)


def checked(number: int, finding: str = "ATTENDING") -> StabilityCheckNoted:
    return StabilityCheckNoted(
        child_id=CHILD,
        cycle=1,
        check_no=number,
        checked_on=RETURNED_ON + timedelta(days=number),
        finding=finding,
        fact=Fact(type="visits.stability-check-recorded.v1", event=CHECK_EVENTS[number - 1]),
    )


CHECKS_PLANNED = StabilityChecksPlanned(child_id=CHILD, cycle=1, planned=3)
BACK = (*REPORTED, verifying(), lifted(Duty.HOUSEHOLD_VISIT, RETURNED_ON))
UNCHECKED = (*BACK, CHECKS_PLANNED, stabilised())
"""The registry calls the return stable, and nobody has looked."""
STABLE = (*BACK, CHECKS_PLANNED, checked(1), checked(2), checked(3), stabilised())

EVIDENCE = (Evidence(kind=EvidenceKind.ATTENDANCE_RECORD, reference="考勤表2026-10", dated_on=STABLE_ON),)


def closure_requested(by: str = "principal", on: date = STABLE_ON) -> ClosureRequested:
    return ClosureRequested(
        child_id=CHILD,
        cycle=1,
        reason=ClosureReason.RETURNED_STABLE,
        evidence=EVIDENCE,
        return_event=RETURN_EVENT,
        fact=STABLE_FACT,
        checks=CHECK_EVENTS,
        missing_checks=(),
        unchecked_because="",
        requested_on=on,
        requested_by=by,
    )


def case_closed(by: str = "officer", on: date = STABLE_ON) -> CaseClosed:
    return CaseClosed(
        child_id=CHILD,
        cycle=1,
        reason=ClosureReason.RETURNED_STABLE,
        evidence=EVIDENCE,
        return_event=RETURN_EVENT,
        fact=STABLE_FACT,
        missing_checks=(),
        unchecked_because="",
        requested_by="principal",
        closed_on=on,
        closed_by=by,
    )


def ended(because: StopReason, word: str, on: date = DUE_ON, event: str = "registry/3/1050") -> SearchEnded:
    """The registry said `registry.<word>.v1`, after which nobody need look for the child."""
    return SearchEnded(
        child_id=CHILD,
        cycle=1,
        because=because,
        fact=Fact(type=f"registry.{word}.v1", event=event),
        ended_on=on,
    )


DIED = ended(StopReason.DECEASED, "death-recorded")
OTHER_SCHOOL, OTHER_TOWNSHIP, OTHER_VILLAGE = "2134000202", "349921102", "349921102201"
TRANSFER = Fact(type="registry.transfer-completed.v1", event="registry/3/1060")


def moved(on: date = DUE_ON) -> CaseMoved:
    return CaseMoved(
        child_id=CHILD,
        cycle=1,
        from_division=VILLAGE,
        from_school_code=SCHOOL,
        division=OTHER_VILLAGE,
        school_code=OTHER_SCHOOL,
        because=MoveCause.TRANSFERRED,
        fact=TRANSFER,
        moved_on=on,
    )
