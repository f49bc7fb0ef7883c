"""An end of schooling, or the way to the next school, as a child's ledger row keeps it."""

from typing import assert_never

from services.registry.children.statuses import Attendance, Registration
from services.registry.leaving.events import (
    DeathRecorded,
    DeclaredMissing,
    GraduationRecorded,
    LeavingEvent,
    NextSchoolMissed,
    PrimaryCompleted,
    WentAbroad,
)
from services.registry.leaving.folding import registration_with
from shared.kernel.ledgers import Row

AWAITED, ARRIVED, MISSED = "AWAITED", "ARRIVED", "MISSED"
NOT_THERE_YET = (AWAITED, MISSED)
HAND_OVER_LABELS = {AWAITED: "待报到", ARRIVED: "已报到", MISSED: "未报到"}


def leaving_columns(row: Row, event: LeavingEvent) -> Row:
    match event:
        case GraduationRecorded():
            told = {"certificate_no": event.certificate_no, "graduated_on": event.graduated_on.isoformat()}
            return _ended(Attendance.COMPLETED, registration_with(event.certificate)) | told
        case DeathRecorded(died_on=day):
            return _ended(Attendance.DECEASED, Registration.CANCELLED) | {"died_on": day.isoformat()}
        case WentAbroad(country=country, left_on=day):
            told = {"country": country, "went_abroad_on": day.isoformat()}
            return _ended(Attendance.ABROAD, Registration.CANCELLED) | told
        case DeclaredMissing(declared_on=day):
            ended = _ended(Attendance.MISSING_DECLARED, Registration(row["registration"]))
            return ended | {"declared_missing_on": day.isoformat()}
        case PrimaryCompleted():
            school = {"next_school_code": event.next_school_code, "next_school_name": event.next_school_name}
            return school | {"primary_completed_on": event.completed_on.isoformat(), "hand_over": AWAITED}
        case NextSchoolMissed(absent_since=day):
            absent = {"status": Attendance.ABSENT_UNEXCUSED.value, "absent_since": day.isoformat()}
            return absent | {"hand_over": MISSED}
        case _:
            assert_never(event)


def _ended(status: Attendance, registration: Registration) -> Row:
    return {"status": status.value, "registration": registration.value, "absent_since": None}
