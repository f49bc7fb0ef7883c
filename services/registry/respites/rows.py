"""Applications as a ledger of their own, and what time away by right changes in the child's row."""

from typing import Any, assert_never, get_args

import msgspec

from services.registry.attendance.rows import in_class_of
from services.registry.children.statuses import Attendance, Registration
from services.registry.due_days.events import DueDayMoved, Matter
from services.registry.due_days.rows import moved_columns
from services.registry.respites.events import (
    DeferralApproved,
    DeferralExpired,
    RespiteApplied,
    RespiteEndsSoon,
    RespiteFiled,
    RespiteRefused,
    StudentResumed,
    SuspensionApproved,
    SuspensionExpired,
)
from services.registry.respites.kinds import Stage
from shared.calendar import provisional_note
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

Moved = DeferralApproved | SuspensionApproved | DeferralExpired | SuspensionExpired | StudentResumed
Told = RespiteApplied | RespiteRefused | RespiteFiled | RespiteEndsSoon | DueDayMoved | Moved


def respite_columns(row: Row, event: Moved) -> Row:
    match event:
        case DeferralApproved(until=until):
            return {"status": Attendance.DEFERRED.value, "absent_since": None, "respite_until": until.isoformat()}
        case SuspensionApproved(from_on=first, until=until):
            return {
                "status": Attendance.ON_APPROVED_LEAVE.value,
                "registration": Registration.SUSPENDED.value,
                "absent_since": None,
                "respite_from": row.get("respite_from") if event.renewal else first.isoformat(),
                "respite_until": until.isoformat(),
            }
        case DeferralExpired():
            return {"status": Attendance.NEVER_ENROLLED.value}
        case SuspensionExpired(absent_since=since):
            return {"status": Attendance.ABSENT_UNEXCUSED.value, "absent_since": since.isoformat()}
        case StudentResumed(resumed_on=day):
            return {
                "status": in_class_of(row).value,
                "registration": row["file_status"],
                "absent_since": None,
                "resumed_on": day.isoformat(),
            }
        case _:
            assert_never(event)


def apply(row: Row | None, event: Told, _: Recorded) -> Row:
    before = row or {}
    match event:
        case RespiteApplied():
            return _fields(event) | {"status": Stage.APPLIED.value, "ends_soon": False}
        case RespiteRefused(reason=reason, refused_on=day):
            return before | {"status": Stage.REFUSED.value, "refusal": reason, "refused_on": day.isoformat()}
        case DeferralApproved() | SuspensionApproved():
            papers = [*before["papers"], *_fields(event)["papers"]]
            approved = {"approved_on": event.approved_on.isoformat(), "approved_by": event.approved_by}
            note = provisional_note(event.remind_on, provisional=event.provisional)
            remind = {"remind_on": event.remind_on.isoformat(), "remind_on_note": note}
            return before | approved | remind | {"papers": papers, "status": Stage.APPROVED.value}
        case RespiteFiled(filing_number=number, filed_on=day):
            return before | {"status": Stage.FILED.value, "filing_number": number, "filed_on": day.isoformat()}
        case DueDayMoved():
            return before | moved_columns(event)
        case RespiteEndsSoon():
            return before | {"ends_soon": True}
        case DeferralExpired(expired_on=day) | SuspensionExpired(expired_on=day):
            return before | {"expired_on": day.isoformat(), "ends_soon": False}
        case StudentResumed(resumed_on=day):
            return before | {"resumed_on": day.isoformat(), "ends_soon": False}
        case _:
            assert_never(event)


def _fields(event: Any) -> Row:
    content: Row = msgspec.to_builtins(event)
    return content


def _key(event: Told, _: Recorded) -> str | None:
    if isinstance(event, DueDayMoved):
        return f"{event.child_id}:{event.item}" if event.matter is Matter.RESPITE_REMINDER else None
    return f"{event.child_id}:{event.application_id}"


RESPITES_LEDGER = Ledger(
    name="respites",
    source="registry",
    events=frozenset(get_args(Told)),
    apply=apply,
    key=_key,
    indexes=(
        Index(("filing_number",), unique=True, what="备案号"),
        Index(("kind", "status", "until")),
    ),
)
