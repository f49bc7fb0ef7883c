"""Everything that people record of a child, as commands of which a test says only the child and the day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.returning import NotePersuasion, RecordReturn
from services.registry.attendance.suspicion import ConfirmDropout, FlagSuspectedDropout
from services.registry.children.child import Child
from services.registry.children.files import EnrolChild
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import StudentNumberKind
from services.registry.duplicates.decisions import MergeDuplicate, UnmergeDuplicate
from services.registry.entering.decisions import IssueEnrolmentNotice, ReportRegistrationGap
from services.registry.groups.memberships import EnterGroup
from services.registry.leaving.decisions import (
    CompletePrimary,
    RecordAbroad,
    RecordDeath,
    RecordDeclaredMissing,
    RecordGraduation,
)
from services.registry.leaving.events import Certificate
from services.registry.marks.correcting import CorrectDropoutMark
from services.registry.placements.decisions import DecidePlacement, LapseHomeTeaching, ReviewPlacement
from services.registry.placements.kinds import PlacementKind, placings
from services.registry.respites.applying import ApplyForRespite, ApproveRespite
from services.registry.respites.ending import ResumeStudent
from services.registry.respites.kinds import WORDS, RespiteKind
from services.registry.transfers.arriving import RecordArrival
from services.registry.transfers.confirming import ConfirmTransfer
from services.registry.transfers.ending import EndTransfer
from services.registry.transfers.requesting import RequestTransfer, RequestTransferOut
from services.registry.transfers.transfer import Destination, Ending, Initiator
from services.registry.transitions.papers import Paper
from services.registry.whereabouts.decisions import ConfirmElsewhere, RecheckWhereabouts, ReportFound, ReportLost
from tests.registry.facts import OTHER_SCHOOL, SCHOOL
from tests.registry.papers import papers_for

KEPT = ChildId("kept")
COMMITTEE = Paper(kind="COMMITTEE_OPINION", reference="1号")
THERE = Destination(province="甲省", city="乙市", county="丙县", school_name="丁小学", grade=6, out_of_province=True)


def school_of(child: Child) -> SchoolCode:
    return child.enrolment.school_code if child.enrolment else SCHOOL


def marked(kind: MarkKind) -> Callable[[Child, date], object]:
    return lambda child, day: RecordAttendance(child_id=child.id, marks=(Mark(day=day, kind=kind, remark=""),))


def enrol(grade: int, school: SchoolCode, number: StudentNumberKind) -> Callable[[Child, date], object]:
    return lambda child, day: EnrolChild(
        child_id=child.id,
        school_code=school,
        grade=grade,
        class_no=1,
        enrolled_on=day,
        student_number="enc:k:number" if number else None,
        student_number_index=f"index of {child.id}" if number else None,
        student_number_kind=number,
    )


def ask(kind: RespiteKind) -> Callable[[Child, date], object]:
    """For a first time away, or, when one is known, for what follows it."""

    def asked(child: Child, day: date) -> object:
        first = max(day, child.respite.until + timedelta(days=1)) if child.respite else day
        return ApplyForRespite(
            child_id=child.id,
            application_id=f"a{len(child.applications) + 1}",
            kind=kind,
            from_on=first,
            until=first + timedelta(days=60),
            applied_on=day,
            papers=papers_for(WORDS[kind].application),
        )

    return asked


def approve(child: Child, day: date) -> object:
    return ApproveRespite(
        child_id=child.id,
        application_id=f"a{len(child.applications)}",
        approved_on=day,
        papers=papers_for("SUSPENSION"),
    )


def place(kind: PlacementKind) -> Callable[[Child, date], object]:
    return lambda child, day: DecidePlacement(
        child_id=child.id,
        placement=kind,
        reason="重度肢体残疾",
        decided_on=day,
        papers=papers_for(placings()[kind].transition),
        teacher="周老师",
    )


def request(school: SchoolCode) -> Callable[[Child, date], object]:
    return lambda child, day: RequestTransfer(
        child_id=child.id,
        transfer_id=f"t{day:%Y%m%d}",
        receiving_school_code=school,
        grade=child.enrolment.grade if child.enrolment else 6,
        reason="随父母迁居",
        initiated_by=Initiator.GUARDIAN,
        requested_on=day,
        papers=papers_for("TRANSFER"),
    )


def request_out(child: Child, day: date) -> object:
    return RequestTransferOut(
        child_id=child.id,
        transfer_id=f"o{day:%Y%m%d}",
        destination=THERE,
        reason="随父母迁居",
        initiated_by=Initiator.GUARDIAN,
        requested_on=day,
        papers=papers_for("TRANSFER"),
    )


def elsewhere(child: Child, day: date) -> object:
    return ConfirmElsewhere(
        child_id=child.id,
        province="甲省",
        city="乙市",
        county="丙县",
        school_name="丁小学",
        grade=6,
        out_of_province=True,
        verifier="周老师",
        confirmed_on=day,
        papers=papers_for("ELSEWHERE"),
    )


DEEDS: Mapping[str, Callable[[Child, date], object]] = {
    "present": marked(MarkKind.PRESENT),
    "absent": marked(MarkKind.UNEXCUSED),
    "sick": marked(MarkKind.SICK),
    "suspect": lambda child, day: FlagSuspectedDropout(child_id=child.id, reason="外出务工"),
    "persuade": lambda child, day: NotePersuasion(
        child_id=child.id, attempted_on=day, result="REFUSED", cycle=child.cycle
    ),
    "confirm dropout": lambda child, day: ConfirmDropout(child_id=child.id, confirmed_on=day, cause="厌学"),
    "return": lambda child, day: RecordReturn(
        child_id=child.id, school_code=school_of(child), returned_on=day, evidence=("报到单1号",)
    ),
    "enrol": enrol(6, SCHOOL, StudentNumberKind.FORMAL),
    "enrol without number": enrol(6, SCHOOL, StudentNumberKind.NONE),
    "enrol at the junior school": enrol(7, OTHER_SCHOOL, StudentNumberKind.FORMAL),
    "move up": enrol(9, SCHOOL, StudentNumberKind.FORMAL),
    "notify": lambda child, day: IssueEnrolmentNotice(
        child_id=child.id, notice_no=f"{day}", school_code=SCHOOL, report_by=day, issued_on=day
    ),
    "gap": lambda child, day: ReportRegistrationGap(
        child_id=child.id, reason="学籍未转", found_on=day, papers=papers_for("REGISTRATION_GAP")
    ),
    "ask to be deferred": ask(RespiteKind.DEFERRAL),
    "ask to be suspended": ask(RespiteKind.SUSPENSION),
    "approve": approve,
    "resume": lambda child, day: ResumeStudent(
        child_id=child.id, school_code=school_of(child), resumed_on=day, papers=papers_for("RESUMPTION")
    ),
    "lose": lambda child, day: ReportLost(
        child_id=child.id,
        last_seen="村口",
        investigators=("周老师",),
        lost_on=day,
        papers=papers_for("WHEREABOUTS_LOST"),
    ),
    "ask again": lambda child, day: RecheckWhereabouts(child_id=child.id, inquiry="电话", rechecked_on=day),
    "find": lambda child, day: ReportFound(
        child_id=child.id, place="外婆家", found_on=day, papers=papers_for("WHEREABOUTS_FOUND")
    ),
    "elsewhere": elsewhere,
    "disabled": lambda child, day: EnterGroup(child_id=child.id, group="DISABLED", source="残联", from_on=day),
    "inclusive": place(PlacementKind.INCLUSIVE),
    "special school": place(PlacementKind.SPECIAL_SCHOOL),
    "home teaching": place(PlacementKind.HOME_TEACHING),
    "review placement": lambda child, day: ReviewPlacement(child_id=child.id, reviewed_on=day, papers=(COMMITTEE,)),
    "lapse home teaching": lambda child, day: LapseHomeTeaching(
        child_id=child.id, month=day - timedelta(days=31), valid_sessions=0
    ),
    "request transfer": request(OTHER_SCHOOL),
    "request transfer back": request(SCHOOL),
    "request transfer out": request_out,
    "confirm transfer": lambda child, day: ConfirmTransfer(
        child_id=child.id, confirmed_on=day, receipt="GJ-1", left_on=day
    ),
    "withdraw transfer": lambda child, day: EndTransfer(
        child_id=child.id, ending=Ending.WITHDRAWN, reason="不转了", ended_on=day
    ),
    "arrive": lambda child, day: RecordArrival(child_id=child.id, arrived_on=day),
    "correct mark": lambda child, day: CorrectDropoutMark(
        child_id=child.id, reason="误标", corrected_on=day, papers=papers_for("MARK_CORRECTION")
    ),
    "primary completed": lambda child, day: CompletePrimary(
        child_id=child.id, next_school_code=OTHER_SCHOOL, completed_on=day
    ),
    "graduate": lambda child, day: RecordGraduation(
        child_id=child.id, certificate=Certificate.DIPLOMA, certificate_no="毕1", graduated_on=day
    ),
    "merge": lambda child, day: MergeDuplicate(child_id=KEPT, absorbed_id=child.id, reason="同一人", merged_on=day),
    "part": lambda child, day: UnmergeDuplicate(
        child_id=child.id, merged_into=KEPT, reason="核实为两人", unmerged_on=day
    ),
    "abroad": lambda child, day: RecordAbroad(
        child_id=child.id, country="丁国", left_on=day, papers=papers_for("ABROAD")
    ),
    "declare missing": lambda child, day: RecordDeclaredMissing(
        child_id=child.id, declared_on=day, papers=papers_for("DECLARED_MISSING")
    ),
    "die": lambda child, day: RecordDeath(child_id=child.id, died_on=day, papers=papers_for("DEATH")),
}
