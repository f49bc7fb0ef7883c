"""What payment needs to know of each child, from the registry's events. Personal data stay sealed."""

from datetime import date
from typing import assert_never

from services.assistance.beneficiaries.entitlement import Span
from services.assistance.beneficiaries.facts import ChildFacts, Payee
from services.assistance.beneficiaries.reasons import DROPPED_OUT, GONE, MERGED, ON_SUSPENSION, is_news, why_gone
from services.assistance.contracts import (
    REGISTRY_EVENTS,
    ChildCorrected,
    ChildEnrolled,
    ChildRegistered,
    DeathRecorded,
    DeclaredMissing,
    DropoutConfirmed,
    DropoutMarkCorrected,
    DuplicateMerged,
    DuplicateUnmerged,
    ElsewhereConfirmed,
    EnrolmentChanged,
    GraduationRecorded,
    GuardianAccountSet,
    HomeTeachingStarted,
    HouseholdCategorySet,
    ReceivingSchoolAssigned,
    RegistryEvent,
    StudentRelapsed,
    StudentResumed,
    StudentReturned,
    SuspectedDropoutFlagged,
    SuspensionApproved,
    TransferCompleted,
    WentAbroad,
    WhereaboutsFound,
    WhereaboutsLost,
)
from services.assistance.ids import ChildId
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded

Away = list[list[str | None]]
"""Spans as the row keeps them: the first day, the first day back, the reason."""

UNKNOWN: Row = {
    "name": "",
    "id_number": None,
    "account": None,
    "account_name": "",
    "school_code": "",
    "school_name": "",
    "grade": 0,
    "boarder": False,
    "enrolled_on": None,
    "category": "NONE",
    "category_from": None,
    "suspected_on": None,
    "lost_on": None,
    "cycle": 0,
    "away": [],
    "gone": False,
}

NOT_WAITING: Row = {"suspected_on": None, "lost_on": None}
"""What is paid waits for nothing."""


def apply(row: Row | None, event: RegistryEvent, _: Recorded) -> Row:
    before = {"child_id": event.child_id, **UNKNOWN, **(row or {})}
    return {**before, **_changes(before, event)}


def _changes(row: Row, event: RegistryEvent) -> Row:
    match event:
        case ChildRegistered():
            return {
                "name": event.name,
                "id_number": event.id_number,
                "account": event.guardian_account,
                "account_name": event.guardian_name,
            }
        case ChildCorrected(field=field, new_value=value):
            return {field: value} if field in ("name", "id_number") else {}
        case ChildEnrolled():
            return {
                "school_code": event.school_code,
                "school_name": event.school_name,
                "grade": event.grade,
                "boarder": event.boarder,
                "enrolled_on": event.enrolled_on.isoformat(),
                **_here_again(row, event.enrolled_on),
            }
        case TransferCompleted(moved_on=day):
            return {
                "school_code": event.receiving_school_code,
                "school_name": event.receiving_school_name,
                "grade": event.grade,
                "boarder": False,
                "enrolled_on": row["enrolled_on"] or day.isoformat(),
                **_here_again(row, day),
            }
        case ReceivingSchoolAssigned():
            return {"school_code": event.receiving_school_code, "school_name": event.receiving_school_name}
        case EnrolmentChanged(grade=grade, boarder=boarder):
            return {"grade": grade, "boarder": boarder}
        case HouseholdCategorySet(category=category, effective_from=day):
            return {"category": category, "category_from": day.isoformat()}
        case GuardianAccountSet(guardian_account=account, account_name=name):
            return {"account": account, "account_name": name}
        case SuspectedDropoutFlagged(flagged_on=day, cycle=cycle) | StudentRelapsed(relapsed_on=day, cycle=cycle):
            return {"suspected_on": day.isoformat(), "cycle": cycle}
        case DropoutConfirmed(confirmed_on=day, cycle=cycle):
            return {"away": _left(row["away"], day, DROPPED_OUT), "suspected_on": None, "cycle": cycle}
        case WhereaboutsLost(lost_on=day, cycle=cycle):
            return {"lost_on": day.isoformat(), "cycle": cycle}
        case WhereaboutsFound():
            return {"lost_on": None}
        case SuspensionApproved(from_on=day, cycle=cycle):
            return {"away": _left(row["away"], day, ON_SUSPENSION), **NOT_WAITING, "cycle": cycle}
        case (
            DeathRecorded()
            | WentAbroad()
            | DeclaredMissing()
            | ElsewhereConfirmed()
            | GraduationRecorded()
            | DuplicateMerged()
        ):
            reason, day = why_gone(event)
            waiting = {} if reason == MERGED else NOT_WAITING  # parted again the file is what it was
            return {"away": _left(row["away"], day, reason), **waiting, "gone": True}
        case DuplicateUnmerged(unmerged_on=day):
            away = _back(row["away"], day) if _away_for(row["away"]) == MERGED else row["away"]
            return {"away": away, "gone": _away_for(away) in GONE}
        case (
            StudentReturned(returned_on=day)
            | StudentResumed(resumed_on=day)
            | HomeTeachingStarted(started_on=day)
            | DropoutMarkCorrected(away_since=day)
        ):
            return {"away": _back(row["away"], day), **NOT_WAITING, "gone": False}
        case _:
            assert_never(event)


def _here_again(row: Row, day: date) -> Row:
    """Who was said to study elsewhere has a place here again."""
    return {"away": _back(row["away"], day), "gone": False} if row["gone"] else {}


def _left(away: Away, day: date, reason: str) -> Away:
    """The spans with one more that is open; one span at most is: another reason ends it where it begins itself."""
    standing = _away_for(away)
    if not is_news(standing, reason):
        return away
    if standing:
        left = away[-1][0]
        away = _back(away, day) if left is not None and left < day.isoformat() else away[:-1]
    return [*away, [day.isoformat(), None, reason]]


def _back(away: Away, day: date) -> Away:
    return [[left, back or day.isoformat(), *reason] for left, back, *reason in away]


def _away_for(away: Away) -> str:
    """Why the child is away now; "" when it is not."""
    return _span(away[-1]).reason if away and away[-1][1] is None else ""


def _span(stored: list[str | None]) -> Span:
    """Spans that were kept before they had a reason were those of a dropout."""
    left, back, *reason = stored
    return Span(date.fromisoformat(str(left)), _day(back), *(str(each) for each in reason))


CHILDREN = Ledger(name="children", source="registry", events=frozenset(REGISTRY_EVENTS), apply=apply)


def facts_of(row: Row) -> ChildFacts:
    """The row as decisions read it."""
    return ChildFacts(
        child_id=ChildId(row["child_id"]),
        division=row["division"],
        school_code=row["school_code"],
        grade=row["grade"],
        boarder=row["boarder"],
        category=row["category"],
        enrolled_on=_day(row["enrolled_on"]) or date.min,
        category_from=_day(row["category_from"]) or date.min,
        suspected_on=_day(row["suspected_on"]),
        lost_on=_day(row.get("lost_on")),  # rows from before this was asked do not say
        cycle=row["cycle"],
        away=tuple(_span(stored) for stored in row["away"]),
    )


def payee_of(row: Row) -> Payee | None:
    """Where the child's money goes; None when no account is known."""
    return Payee(row["account"], row["account_name"]) if row["account"] else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
