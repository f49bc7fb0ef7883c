"""Every command of this service: how it is decided, and which roles may send it. No role: only the service itself."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from services.supervision.due_days.moving import recomputes_due_days
from services.supervision.facts import Fact
from services.supervision.ledgers.children import CHILDREN
from services.supervision.ledgers.divisions import DIVISIONS, name_on
from services.supervision.policy import Policy, Terms
from services.supervision.return_cases import closing, ending, moving, noting
from services.supervision.return_cases.commands import (
    CloseCase,
    EndSearch,
    MissObligation,
    MoveCase,
    NoteAttempt,
    NoteBirth,
    NoteCheck,
    NoteChecksPlanned,
    NoteDropout,
    NoteHouseholdVisit,
    NoteLapse,
    NoteReturn,
    NoteStabilised,
    NoteTeam,
    OpenCase,
    RejectClosure,
    ReportUp,
    RequestClosure,
)
from services.supervision.return_cases.grounds import Birth
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
            _on_case(EndSearch, ending.end_search, NOBODY),
            _on_case(NoteLapse, of_terms(ending.note_lapse), NOBODY),
            _on_case(NoteBirth, of_terms(ending.note_birth), NOBODY),
            _on_case(MoveCase, moving.move_case, NOBODY),
            _on_case(NoteChecksPlanned, noting.note_checks_planned, NOBODY),
            _on_case(NoteCheck, noting.note_check, NOBODY),
            _on_case(MissObligation, noting.miss_obligation, NOBODY),
            _on_case(ReportUp, closing.report_up, SCHOOL),
            _closing(RequestClosure, closing.request_closure, SCHOOL | BUREAU, policy, calendar),
            _closing(CloseCase, closing.close_case, BUREAU, policy, calendar),
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


def _closing(
    command: type[Any],
    decide: Callable[..., Sequence[Any]],
    roles: frozenset[str],
    policy: Policy,
    calendar: CalendarInForce,
) -> Handler:
    """Closing looks at the child's file besides: when it was born."""

    def handle(work: UnitOfWork, order: Any, context: Context) -> None:
        ref = CASES.ref(order.child_id)
        birth = _birth(work.row(CHILDREN, order.child_id))
        events = decide(work.load(ref), order, context, birth=birth, terms=Terms(policy, calendar()))
        work.append(ref, events)

    return Handler(command, lambda order: (CASES.ref(order.child_id),), handle, roles)


def _birth(row: Row | None) -> Birth | None:
    if row is None or not row["birth_date"]:
        return None
    return Birth(born_on=date.fromisoformat(row["birth_date"]), fact=Fact(**row["birth_said"]))


def _issuing(policy: Policy, calendar: CalendarInForce) -> Handler:
    """Issuing takes a number from the township's register in the same transaction."""

    def touches(command: IssueNotice) -> tuple[Ref, Ref]:
        return CASES.ref(command.child_id), REGISTERS.ref(command.township)

    def handle(work: UnitOfWork, command: IssueNotice, context: Context) -> None:
        case, register = touches(command)
        issued, numbers = notices.issue_notice(
            work.load(case),
            work.load(register),
            _addressee(work.row(CHILDREN, command.child_id)),
            command,
            context,
            township_name=name_on(work.row(DIVISIONS, command.township), command.issued_on),
            terms=Terms(policy, calendar()),
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
