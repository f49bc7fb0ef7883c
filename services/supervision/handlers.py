"""Every command of this service: how it is decided, and which roles may send it. No role: only the service itself."""

from collections.abc import Callable, Sequence
from typing import Any

from services.supervision.due_days.moving import recomputes_due_days
from services.supervision.ledgers.children import CHILDREN
from services.supervision.policy import Policy, Terms
from services.supervision.return_cases import closing, noting
from services.supervision.return_cases.commands import (
    CloseCase,
    MissObligation,
    NoteAttempt,
    NoteDropout,
    NoteHouseholdVisit,
    NoteReturn,
    NoteStabilised,
    NoteTeam,
    OpenCase,
    RejectClosure,
    ReportUp,
    RequestClosure,
    StopClocks,
)
from services.supervision.return_cases.state import CASES, Case
from services.supervision.return_notices import decisions as notices
from services.supervision.return_notices.commands import (
    ExpireNotice,
    IssueNotice,
    RecordService,
    RequestNotice,
    WithdrawNotice,
)
from services.supervision.return_notices.events import Addressee
from services.supervision.return_notices.register import REGISTERS
from shared.calendar import CalendarInForce
from shared.kernel.aggregates import Ref
from shared.kernel.commands import CommandTable, Context, Handler, decides
from shared.kernel.ledgers import Row
from shared.kernel.unit_of_work import UnitOfWork

SCHOOL = frozenset({"school_admin"})
TOWNSHIP = frozenset({"township_clerk"})
SERVERS = frozenset({"township_clerk", "village_cadre"})
BUREAU = frozenset({"bureau_officer", "county_admin"})
NOBODY: frozenset[str] = frozenset()


def commands(policy: Policy, calendar: CalendarInForce) -> CommandTable:
    def of_terms(decide: Callable[..., Sequence[Any]]) -> Callable[[Case, Any, Context], Sequence[Any]]:
        """`decide` under the terms of the calendar that is in force at each call."""
        return lambda case, order, context: decide(case, order, context, terms=Terms(policy, calendar()))

    return CommandTable(
        [
            _on_case(OpenCase, of_terms(noting.open_case), NOBODY),
            _on_case(NoteTeam, noting.note_team, NOBODY),
            _on_case(NoteAttempt, noting.note_attempt, NOBODY),
            _on_case(NoteHouseholdVisit, noting.note_household_visit, NOBODY),
            _on_case(NoteDropout, of_terms(noting.note_dropout), NOBODY),
            _on_case(NoteReturn, noting.note_return, NOBODY),
            _on_case(NoteStabilised, noting.note_stabilised, NOBODY),
            _on_case(StopClocks, noting.stop_running_clocks, NOBODY),
            _on_case(MissObligation, noting.miss_obligation, NOBODY),
            _on_case(ReportUp, closing.report_up, SCHOOL),
            _on_case(RequestClosure, of_terms(closing.request_closure), SCHOOL | BUREAU),
            _on_case(CloseCase, closing.close_case, BUREAU),
            _on_case(RejectClosure, closing.reject_closure, BUREAU),
            _on_case(RequestNotice, of_terms(notices.request_notice), SCHOOL | BUREAU),
            _issuing(policy, calendar),
            _on_case(RecordService, of_terms(notices.record_service), SERVERS),
            _on_case(ExpireNotice, of_terms(notices.expire_notice), NOBODY),
            _on_case(WithdrawNotice, notices.withdraw_notice, TOWNSHIP),
            *recomputes_due_days(policy, calendar),
        ]
    )


def _on_case(
    command: type[Any], decide: Callable[[Case, Any, Context], Sequence[Any]], roles: frozenset[str]
) -> Handler:
    return decides(command, CASES, lambda order: order.child_id, decide, roles)


def _issuing(policy: Policy, calendar: CalendarInForce) -> Handler:
    """Issuing takes a number from the township's register in the same transaction."""

    def touches(command: IssueNotice) -> tuple[Ref, Ref]:
        return CASES.ref(command.child_id), REGISTERS.ref(command.township)

    def handle(work: UnitOfWork, command: IssueNotice, context: Context) -> None:
        case, register = touches(command)
        addressee = _addressee(work.row(CHILDREN, command.child_id))
        issued, numbers = notices.issue_notice(
            work.load(case), work.load(register), addressee, command, context, Terms(policy, calendar())
        )
        work.append(case, issued)
        work.append(register, numbers)

    return Handler(IssueNotice, touches, handle, TOWNSHIP)


def _addressee(row: Row | None) -> Addressee | None:
    if row is None or not row["name"]:
        return None
    return Addressee(
        child_name=row["name"],
        guardian_name=row["guardian_name"],
        school_name=row["school_name"],
        grade=row["grade"],
        class_no=row["class_no"],
    )
