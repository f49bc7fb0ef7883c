"""The movements as a child's ledger row keeps them: a list that only grows, in the order of recording.

They lie in the child's row (see decision 0022): only there are school, grade and class known of what an event leaves
out, and an enrolment that is imported writes no row more.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.registry.attendance.events import DropoutConfirmed, StudentReturned
from services.registry.children.events import ChildEnrolled, EnrolmentChanged
from services.registry.children.statuses import Attendance
from services.registry.leaving.events import (
    Certificate,
    DeathRecorded,
    DeclaredMissing,
    GraduationRecorded,
    PrimaryCompleted,
    WentAbroad,
)
from services.registry.marks.events import DropoutMarkCorrected
from services.registry.movements.kinds import Way, movements
from services.registry.placements.events import HomeTeachingStarted, PlacementDecided
from services.registry.respites.events import StudentResumed, SuspensionApproved
from services.registry.schools.events import ReceivingSchoolAssigned
from services.registry.schools.kinds import SchoolStatus
from services.registry.transfers.events import TransferCompleted, TransferredOut, TransferRequested
from services.registry.transitions.papers import Paper
from services.registry.whereabouts.events import ElsewhereConfirmed, ElsewhereLapsed, WhereaboutsFound, WhereaboutsLost
from shared.kernel.ledgers import Row
from shared.kernel.recorded import Recorded

LAST_OF_PRIMARY = movements().stages["PRIMARY"].last_grade
Told = tuple[str, str, str]
"""A kind, and the schools from which and to which it leads; an empty one: none of the county."""


def movement_columns(before: Row, after: Row, event: Any, recorded: Recorded) -> Row:
    """What an event adds to the row's movements, given the row before and after it."""
    if isinstance(event, TransferRequested):
        return {"transfer_papers": _references(event.papers)}
    tell = _TOLD.get(type(event))
    told = tell(before, event, school_of(before["moves"])) if tell else None
    if told is None:
        return {}
    kind, from_school, to_school = told
    moved = {
        "kind": kind,
        "on": recorded.occurred_on.isoformat(),
        "from": from_school,
        "to": to_school,
        "grade": after["grade"] if to_school else before["grade"],
        "class_no": after["class_no"] if to_school else before["class_no"],
        "paper": _paper(before, event),
        "by": recorded.actor,
        "at": recorded.id,
    }
    been_at = {*before["been_at"], from_school, to_school} - {""}
    return {"moves": [*before["moves"], moved], "been_at": sorted(been_at)}


def school_of(moves: Iterable[Row]) -> str:
    """The school at which the movements leave the student file; empty: none."""
    school = ""
    for move in moves:
        school = "" if move["kind"] == "TRANSFERRED_OUT" else move["to"] or move["from"] or school
    return school


def is_off_the_roll(moves: Iterable[Row]) -> bool:
    """Whether the last movement that touched a roll took the child off it, be it by mistake or not."""
    off, kinds = False, movements().kinds
    for move in moves:
        match kinds[move["kind"]].way:
            case Way.OUT:
                off = True
            case Way.IN | Way.UNDO:
                off = False
            case Way.ACROSS | Way.STAY:
                pass
    return off


def _enrolled(row: Row, event: ChildEnrolled, school: str) -> Told:
    kind = "PROMOTED" if row.get("next_school_code") and school and school != event.school_code else "ENROLLED"
    return kind, school, event.school_code


def _changed(row: Row, event: EnrolmentChanged, school: str) -> Told | None:
    """In a school with both stages, the step from one to the other is a change of grade."""
    promoted = (row["grade"], event.grade) == (LAST_OF_PRIMARY, LAST_OF_PRIMARY + 1)
    return ("PROMOTED_HERE", school, school) if promoted else None


def _transferred(_: Row, event: TransferCompleted, __: str) -> Told:
    kind = "TRANSFERRED" if event.former_school_code else "TRANSFERRED_IN"
    return kind, event.former_school_code, event.receiving_school_code


def _assigned(_: Row, event: ReceivingSchoolAssigned, __: str) -> Told:
    kind = "SCHOOL_MERGED" if event.because is SchoolStatus.MERGED else "SCHOOL_CLOSED"
    return kind, event.former_school_code, event.receiving_school_code


def _suspended(_: Row, event: SuspensionApproved, __: str) -> Told:
    if event.renewal:
        return "SUSPENSION_EXTENDED", event.school_code, event.school_code
    return "SUSPENDED", event.school_code, ""


def _returned(row: Row, event: StudentReturned, _: str) -> Told | None:
    """A suspicion takes nobody off the roll, so a return from it is no movement."""
    return ("RETURNED", "", event.school_code) if is_off_the_roll(row["moves"]) else None


def _corrected(_: Row, event: DropoutMarkCorrected, __: str) -> Told | None:
    dropped_out = event.after == Attendance.DROPPED_OUT
    return ("DROPOUT_CORRECTED", "", event.school_code) if dropped_out else None


def _found(_: Row, event: WhereaboutsFound, school: str) -> Told | None:
    """A child that had dropped out before it was lost is a dropout again."""
    return None if not school or event.back_to == Attendance.DROPPED_OUT else ("FOUND", "", school)


def _elsewhere(row: Row, _: ElsewhereConfirmed, school: str) -> Told | None:
    """Confirmed anew each term: only the first time is a movement, and after a transfer out not even that."""
    if row["status"] == Attendance.ELSEWHERE_CONFIRMED or (row["moves"] and not school):
        return None
    return "ELSEWHERE", school, ""


def _graduated(_: Row, event: GraduationRecorded, __: str) -> Told:
    return "GRADUATED" if event.certificate is Certificate.DIPLOMA else "COMPLETED", event.school_code, ""


def _left(kind: str) -> Callable[[Row, Any, str], Told]:
    return lambda _, __, school: (kind, school, "")


_TOLD: Mapping[type, Callable[[Row, Any, str], Told | None]] = {
    ChildEnrolled: _enrolled,
    EnrolmentChanged: _changed,
    TransferCompleted: _transferred,
    TransferredOut: lambda _, event, __: ("TRANSFERRED_OUT", event.former_school_code, ""),
    ReceivingSchoolAssigned: _assigned,
    SuspensionApproved: _suspended,
    StudentResumed: lambda _, event, __: ("RESUMED", "", event.school_code),
    HomeTeachingStarted: lambda _, event, __: ("HOME_TEACHING", event.school_code, event.school_code),
    PlacementDecided: lambda _, event, __: ("PLACED", event.school_code, event.school_code),
    DropoutConfirmed: lambda _, event, __: ("DROPPED_OUT", event.school_code, ""),
    DropoutMarkCorrected: _corrected,
    StudentReturned: _returned,
    WhereaboutsLost: _left("LOST"),
    WhereaboutsFound: _found,
    ElsewhereConfirmed: _elsewhere,
    ElsewhereLapsed: lambda _, __, school: ("ELSEWHERE_LAPSED", "", school) if school else None,
    PrimaryCompleted: lambda _, event, __: ("PRIMARY_COMPLETED", event.school_code, ""),
    GraduationRecorded: _graduated,
    DeathRecorded: _left("DIED"),
    WentAbroad: _left("ABROAD"),
    DeclaredMissing: _left("DECLARED_MISSING"),
}


def _paper(row: Row, event: Any) -> str:
    """What the movement is documented by, as it was filed."""
    match event:
        case TransferCompleted() | TransferredOut():
            return str(row.get("transfer_papers", ""))
        case GraduationRecorded():
            return event.certificate_no
        case StudentReturned():
            return "、".join(event.evidence)
        case _:
            return _references(getattr(event, "papers", ()))


def _references(papers: Iterable[Paper]) -> str:
    return "、".join(paper.reference for paper in papers)
