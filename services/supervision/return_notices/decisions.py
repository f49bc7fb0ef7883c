"""A notice's way: asked for after repeated persuasion, issued by the township, served, then run out or stopped.

After expiry the school reports to the township. The penalty branch is not offered: it needs an active legal basis.
"""

from datetime import timedelta

from services.supervision.obligations.duties import Duty
from services.supervision.obligations.events import ObligationLifted
from services.supervision.obligations.raising import raise_duty
from services.supervision.policy import Terms
from services.supervision.refusals import (
    AddresseeUnknown,
    ChildAlreadyBack,
    DateTooEarly,
    GuardianUnknown,
    IssuerNotCompetent,
    IssuerNotRegistered,
    NoticeNotInThatState,
    NoticeStillLive,
    NotReportedUp,
    TooFewAttempts,
)
from services.supervision.return_cases.closing import check_sought, current_cycle
from services.supervision.return_cases.cycle import CaseEvent, Cycle
from services.supervision.return_cases.events import Trigger
from services.supervision.return_cases.state import Case
from services.supervision.return_notices.commands import (
    ExpireNotice,
    IssueNotice,
    RecordService,
    RequestNotice,
    WithdrawNotice,
)
from services.supervision.return_notices.events import (
    Addressee,
    NoticeExpired,
    NoticeIssued,
    NoticeRequested,
    NoticeServed,
    NoticeWithdrawn,
    ServiceMethod,
)
from services.supervision.return_notices.issuer import authority_of
from services.supervision.return_notices.register import NumberTaken, Register, number_text
from services.supervision.return_notices.service import check_proof
from services.supervision.return_notices.state import LIVE, Notice, NoticeStatus
from shared.identifiers.division import DivisionLevel
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture, NotFound

_TOWNSHIP = int(DivisionLevel.TOWNSHIP)


def request_notice(case: Case, command: RequestNotice, context: Context, *, terms: Terms) -> list[CaseEvent]:
    """Rules 9-26, 11-11; for a child at no school the bureau asks, and nobody had to report.

    Raises ChildNotSought, TooFewAttempts, NotReportedUp, NoticeStillLive, ChildAlreadyBack.
    """
    cycle = current_cycle(case)
    check_sought(cycle)
    if not cycle.away:
        raise ChildAlreadyBack()
    for notice in cycle.notices:
        if notice.live:
            raise NoticeStillLive(notice.status)
    recorded, needed = len(cycle.attempts), terms.policy.attempts_before_notice
    if recorded < needed:
        raise TooFewAttempts(recorded, needed)
    at_no_school = cycle.begun is not None and cycle.begun.trigger is Trigger.OUT_OF_SCHOOL
    reported = at_no_school or cycle.has_reported(Duty.REPORT_SUSPECTED, Duty.REPORT_DROPOUT)
    if not reported and not command.unreported_because.strip():
        raise NotReportedUp()
    return [
        NoticeRequested(
            child_id=case.id,
            cycle=cycle.number,
            notice_id=command.notice_id,
            facts=command.facts,
            attempts=recorded,
            unreported_because="" if reported else command.unreported_because.strip(),
            requested_on=context.today,
            requested_by=context.actor,
        )
    ]


def issue_notice(
    case: Case,
    register: Register,
    addressee: Addressee | None,
    command: IssueNotice,
    context: Context,
    *,
    township_name: str,
    terms: Terms,
) -> tuple[list[CaseEvent], list[NumberTaken]]:
    """The notice under the township's next number, in the township's registered name ("": there is none).

    `addressee` is None while the registration has not arrived.
    """
    cycle, notice = _notice_of(case, command, {NoticeStatus.REQUESTED}, "下达", "issued")
    if addressee is None or cycle.begun is None:
        raise AddresseeUnknown()
    if not addressee.guardian_name.strip():
        raise GuardianUnknown()
    _check_competence(cycle.place.division, command.township, context)
    if command.issued_on > context.today:
        raise DateInFuture("issued_on")
    if command.issued_on < notice.requested_on:
        raise DateTooEarly("学校报送", notice.requested_on, "issued_on")
    if not township_name:
        raise IssuerNotRegistered(command.township, command.issued_on)
    number = register.take(township_name, notice.id, command.issued_on)
    issued = NoticeIssued(
        child_id=case.id,
        cycle=cycle.number,
        notice_id=notice.id,
        number=number_text(number),
        township=number.township,
        year=number.year,
        sequence=number.sequence,
        issuer=authority_of(township_name),
        addressee=addressee,
        absent_since=cycle.begun.absent_since,
        facts=notice.facts,
        attempts=notice.attempts,
        days=terms.policy.notice_days,
        issued_on=command.issued_on,
        issued_by=context.actor,
        outlook=terms.outlook(command.issued_on),
    )
    return [issued], [number]


def record_service(case: Case, command: RecordService, context: Context, *, terms: Terms) -> list[CaseEvent]:
    """The day of service is not counted; a published notice counts as served later (official clocks, B-2)."""
    cycle, notice = _notice_of(case, command, {NoticeStatus.ISSUED}, "登记送达", "served")
    receipt = command.receipt
    if receipt.served_on > context.today:
        raise DateInFuture("served_on")
    if notice.issue and receipt.served_on < notice.issue.issued_on:
        raise DateTooEarly("通知书下达", notice.issue.issued_on, "served_on")
    check_proof(receipt)
    published = receipt.method is ServiceMethod.PUBLICATION
    counts_from = terms.published_service(receipt.served_on) if published else receipt.served_on
    last_day = terms.notice_runs_until(counts_from)
    return [
        NoticeServed(
            child_id=case.id,
            cycle=cycle.number,
            notice_id=notice.id,
            receipt=receipt,
            counts_from=counts_from,
            last_day=last_day,
            in_school_holidays=terms.calendar.in_school_holidays(last_day),
            recorded_by=context.actor,
        )
    ]


def expire_notice(case: Case, command: ExpireNotice, context: Context, *, terms: Terms) -> list[CaseEvent]:
    """From the deadline: nothing to do when the clock was stopped meanwhile."""
    cycle = case.holding(command.notice_id)
    notice = cycle.notice(command.notice_id) if cycle else None
    if cycle is None or notice is None or notice.service is None or not notice.clock_running:
        return []
    last_day = notice.service.last_day
    if context.today <= last_day:
        return []
    expired = NoticeExpired(child_id=case.id, cycle=cycle.number, notice_id=notice.id, last_day=last_day)
    due_from = last_day + timedelta(days=1)  # however late a worker gets to it
    owed = raise_duty(case.id, cycle.number, Duty.REPORT_EXPIRY, due_from, terms)
    return [expired, owed]


def withdraw_notice(case: Case, command: WithdrawNotice, context: Context) -> list[CaseEvent]:
    """A wrong document is withdrawn, not edited; another may then be asked for."""
    cycle, notice = _notice_of(case, command, LIVE, "撤回", "withdrawn")
    withdrawn = NoticeWithdrawn(
        child_id=case.id,
        cycle=cycle.number,
        notice_id=notice.id,
        ground=command.ground,
        withdrawn_on=context.today,
        withdrawn_by=context.actor,
    )
    owed = cycle.obligation(Duty.REPORT_EXPIRY)
    if owed is None or not owed.open:
        return [withdrawn]
    lifted = ObligationLifted(child_id=case.id, cycle=cycle.number, duty=Duty.REPORT_EXPIRY, lifted_on=context.today)
    return [withdrawn, lifted]


def _notice_of(
    case: Case,
    command: IssueNotice | RecordService | WithdrawNotice,
    allowed: frozenset[NoticeStatus] | set[NoticeStatus],
    step_zh: str,
    step: str,
) -> tuple[Cycle, Notice]:
    cycle = case.holding(command.notice_id)
    notice = cycle.notice(command.notice_id) if cycle else None
    if cycle is None or notice is None:
        raise NotFound(f"notice {command.notice_id}")
    if not isinstance(command, WithdrawNotice):
        check_sought(cycle)
    if notice.status not in allowed:
        raise NoticeNotInThatState(notice.status, step_zh, step)
    return cycle, notice


def _check_competence(childs_division: str, township: str, context: Context) -> None:
    """The township must be the child's, and the clerk that township's own: a county's scope is not enough."""
    own = context.caller.scope.division == township and len(township) == _TOWNSHIP
    if not own or childs_division[:_TOWNSHIP] != township:
        raise IssuerNotCompetent()
