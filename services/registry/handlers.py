"""Every command of the registry: whose stream it touches, what decides, and who may send it."""

from functools import partial
from operator import attrgetter
from typing import Any

from services.registry.attendance.daily import RecordAttendance, record_attendance
from services.registry.attendance.returning import (
    CheckStability,
    NotePersuasion,
    RecordReturn,
    check_stability,
    note_persuasion,
    record_return,
)
from services.registry.attendance.runs import RecordAbsences, record_absences
from services.registry.attendance.suspicion import (
    CheckAbsence,
    ConfirmDropout,
    FlagSuspectedDropout,
    check_absence,
    confirm_dropout,
    flag_suspected_dropout,
)
from services.registry.calendars.loading import loads_calendar
from services.registry.children.files import (
    EnrolChild,
    RegisterChild,
    RegisterPupil,
    enrol_child,
    register_child,
    register_pupil,
)
from services.registry.children.state import CHILDREN
from services.registry.class_days.counting import counts_class_days
from services.registry.class_days.handing_in import hands_in_class_days
from services.registry.corrections.decisions import (
    AdvanceCorrection,
    RequestCorrection,
    ReturnCorrection,
    advance_correction,
    request_correction,
    return_correction,
)
from services.registry.corrections.steps import ROLES_THAT_REQUEST, ROLES_THAT_TAKE_TURNS
from services.registry.divisions.districts import district_handlers
from services.registry.divisions.divisions import DIVISIONS, RegisterDivision, register_division
from services.registry.divisions.townships import names_central_school
from services.registry.due_days.recomputing import recomputes_due_days
from services.registry.duplicates.handling import duplicate_handlers, unless_merged
from services.registry.enrolling import completes_primary, enrols, notifies
from services.registry.entering.decisions import (
    CheckDue,
    ExplainGate,
    ReportRegistrationGap,
    check_due,
    explain_gate,
    issue_notice,
    report_gap,
)
from services.registry.entering.seeking import (
    CheckEnrolled,
    ReportOutOfSchool,
    check_enrolled,
    report_out_of_school,
)
from services.registry.external.telling import (
    ReturnExternalEntry,
    TellExternalSystem,
    return_external_entry,
    tell_external_system,
)
from services.registry.groups.catalogue import catalogue
from services.registry.groups.memberships import EnterGroup, LeaveGroup, enter_group, leave_group
from services.registry.guardians.decisions import (
    LinkGuardian,
    UnlinkGuardian,
    link_guardian,
    unlink_guardian,
)
from services.registry.households.decisions import (
    SetGuardianAccount,
    SetHouseholdCategory,
    set_guardian_account,
    set_household_category,
)
from services.registry.leaving.decisions import (
    CheckNextSchool,
    RecordAbroad,
    RecordDeath,
    RecordDeclaredMissing,
    RecordGraduation,
    check_next_school,
    complete_primary,
    record_abroad,
    record_death,
    record_declared_missing,
    record_graduation,
)
from services.registry.marks.correcting import CorrectDropoutMark, correct_dropout_mark
from services.registry.marks.decisions import MarkDropout, UnmarkDropout, mark_dropout, unmark_dropout
from services.registry.organisations.handling import group_handlers
from services.registry.parties.enterprises import ENTERPRISES, RegisterEnterprise, register_enterprise
from services.registry.parties.workers import WORKERS, SurveyWorker, survey_worker
from services.registry.placements.decisions import (
    DecidePlacement,
    LapseHomeTeaching,
    MissPlacementReview,
    ReviewPlacement,
    decide_placement,
    lapse_home_teaching,
    miss_placement_review,
    review_placement,
)
from services.registry.policy import Policy
from services.registry.quality.accepting import accepts_quality_issues
from services.registry.reconciliation.handling import reconciliation_handlers
from services.registry.respites.applying import (
    ApplyForRespite,
    ApproveRespite,
    FileRespite,
    RefuseRespite,
    apply_for_respite,
    approve_respite,
    file_respite,
    refuse_respite,
)
from services.registry.respites.ending import (
    ExpireRespite,
    RemindOfRespiteEnd,
    ResumeStudent,
    expire_respite,
    remind_of_respite_end,
    resume_student,
)
from services.registry.risk.plans import SetRiskPlan, set_risk_plan
from services.registry.rosters.handling import roster_handlers
from services.registry.schools.handling import school_handlers
from services.registry.snapshots.recording import LISTS, RecordList, record_list
from services.registry.transfers.arriving import CheckTransferGap, RecordArrival, check_gap, record_arrival
from services.registry.transfers.confirming import ConfirmTransfer, confirm_transfer
from services.registry.transfers.ending import EndTransfer, end_transfer
from services.registry.transfers.handling import asks_for_transfer
from services.registry.transfers.requesting import (
    ReportPushOut,
    RequestTransferOut,
    report_push_out,
    request_transfer_out,
)
from services.registry.transfers.waiting import CheckTransferParty, check_party
from services.registry.villages.villages import (
    VILLAGES,
    ExportVillage,
    RecordVillageProfile,
    export_village,
    record_profile,
)
from services.registry.whereabouts.decisions import (
    ConfirmElsewhere,
    FileInquiryStub,
    LapseElsewhere,
    MissRecheck,
    RecheckWhereabouts,
    ReportFound,
    ReportLost,
    confirm_elsewhere,
    file_stub,
    lapse_elsewhere,
    miss_recheck,
    recheck,
    report_found,
    report_lost,
)
from shared.calendar import CalendarInForce
from shared.calendar.live import asks
from shared.kernel.commands import CommandTable, decides

COUNTY = frozenset({"county_admin", "bureau_officer"})
SCHOOL_OFFICE = COUNTY | {"school_admin"}
TEACHERS = SCHOOL_OFFICE | {"class_teacher"}
TOWNSHIP = COUNTY | {"township_clerk"}
FINANCE = SCHOOL_OFFICE | {"finance_preparer"}
SYSTEM_ONLY: frozenset[str] = frozenset()

VILLAGE = TOWNSHIP | {"village_cadre"}
WHO_BRING_LISTS = TEACHERS | TOWNSHIP | FINANCE

child_of = attrgetter("child_id")
village_of = attrgetter("village_code")


def commands(policy: Policy, calendar: CalendarInForce) -> CommandTable:
    age, absence, respite = policy.age, policy.absence, policy.respite

    def of_child(command: type[Any], decide: Any, roles: frozenset[str]) -> Any:
        return decides(command, CHILDREN, child_of, unless_merged(decide, tolerant=roles is SYSTEM_ONLY), roles)

    return CommandTable(
        [
            *roster_handlers(calendar, SCHOOL_OFFICE, TEACHERS, SYSTEM_ONLY),
            counts_class_days(TEACHERS),
            hands_in_class_days(calendar, TEACHERS),
            decides(RecordList, LISTS, attrgetter("list_id"), record_list, WHO_BRING_LISTS),
            decides(RegisterDivision, DIVISIONS, attrgetter("division_code"), register_division, COUNTY),
            names_central_school(COUNTY),
            *district_handlers(COUNTY),
            loads_calendar(COUNTY),
            *recomputes_due_days(policy, calendar),
            decides(RecordVillageProfile, VILLAGES, village_of, record_profile, VILLAGE),
            decides(ExportVillage, VILLAGES, village_of, export_village, VILLAGE),
            decides(RegisterEnterprise, ENTERPRISES, attrgetter("credit_code"), register_enterprise, COUNTY),
            decides(SurveyWorker, WORKERS, attrgetter("worker_id"), survey_worker, TOWNSHIP),
            *group_handlers(SCHOOL_OFFICE | TOWNSHIP),
            *school_handlers(policy.school, COUNTY),
            of_child(RegisterChild, partial(register_child, age), SCHOOL_OFFICE | TOWNSHIP),
            enrols(EnrolChild, unless_merged(partial(enrol_child, age), tolerant=False), SCHOOL_OFFICE),
            enrols(RegisterPupil, unless_merged(partial(register_pupil, age), tolerant=False), SCHOOL_OFFICE),
            *duplicate_handlers(COUNTY),
            *reconciliation_handlers(age, SCHOOL_OFFICE | TOWNSHIP),
            of_child(SetHouseholdCategory, set_household_category, TOWNSHIP),
            of_child(SetGuardianAccount, set_guardian_account, FINANCE),
            of_child(LinkGuardian, link_guardian, TEACHERS | TOWNSHIP),
            of_child(UnlinkGuardian, unlink_guardian, SCHOOL_OFFICE | TOWNSHIP),
            of_child(EnterGroup, partial(enter_group, catalogue()), TEACHERS | TOWNSHIP),
            of_child(LeaveGroup, partial(leave_group, catalogue()), TEACHERS | TOWNSHIP),
            of_child(RequestCorrection, request_correction, ROLES_THAT_REQUEST),
            of_child(AdvanceCorrection, partial(advance_correction, age), ROLES_THAT_TAKE_TURNS),
            of_child(ReturnCorrection, return_correction, ROLES_THAT_TAKE_TURNS),
            accepts_quality_issues(SCHOOL_OFFICE | TOWNSHIP | {"village_cadre"}),
            of_child(RecordAttendance, asks(calendar, record_attendance, policy), TEACHERS),
            of_child(RecordAbsences, asks(calendar, record_absences, policy), TEACHERS),
            of_child(FlagSuspectedDropout, asks(calendar, flag_suspected_dropout, absence), SCHOOL_OFFICE),
            of_child(ConfirmDropout, asks(calendar, confirm_dropout, policy.dropout), SCHOOL_OFFICE),
            of_child(RecordReturn, partial(record_return, policy.return_), TEACHERS),
            of_child(MarkDropout, mark_dropout, SCHOOL_OFFICE),
            of_child(UnmarkDropout, unmark_dropout, SCHOOL_OFFICE),
            of_child(CheckDue, partial(check_due, age), SYSTEM_ONLY),
            notifies(unless_merged(issue_notice, tolerant=False), TOWNSHIP),
            of_child(ReportRegistrationGap, asks(calendar, report_gap), SCHOOL_OFFICE),
            of_child(ExplainGate, explain_gate, SCHOOL_OFFICE | TOWNSHIP),
            of_child(ReportOutOfSchool, report_out_of_school, TEACHERS | VILLAGE),
            of_child(CheckEnrolled, partial(check_enrolled, age), SYSTEM_ONLY),
            of_child(CorrectDropoutMark, correct_dropout_mark, COUNTY),
            of_child(TellExternalSystem, tell_external_system, SCHOOL_OFFICE | TOWNSHIP),
            of_child(ReturnExternalEntry, return_external_entry, SCHOOL_OFFICE | TOWNSHIP),
            of_child(SetRiskPlan, set_risk_plan, TEACHERS),
            of_child(RecordGraduation, partial(record_graduation, policy.leaving), SCHOOL_OFFICE),
            completes_primary(unless_merged(partial(complete_primary, policy.leaving), tolerant=False), SCHOOL_OFFICE),
            of_child(CheckNextSchool, check_next_school, SYSTEM_ONLY),
            of_child(RecordDeath, record_death, SCHOOL_OFFICE | TOWNSHIP),
            of_child(RecordAbroad, record_abroad, SCHOOL_OFFICE | TOWNSHIP),
            of_child(RecordDeclaredMissing, partial(record_declared_missing, policy.leaving), COUNTY),
            asks_for_transfer(policy.transfer, calendar, SCHOOL_OFFICE),
            of_child(RequestTransferOut, asks(calendar, request_transfer_out, policy.transfer), SCHOOL_OFFICE),
            of_child(ConfirmTransfer, asks(calendar, confirm_transfer, policy.transfer), SCHOOL_OFFICE),
            of_child(EndTransfer, end_transfer, SCHOOL_OFFICE),
            of_child(RecordArrival, record_arrival, TEACHERS),
            of_child(CheckTransferParty, check_party, SYSTEM_ONLY),
            of_child(CheckTransferGap, check_gap, SYSTEM_ONLY),
            of_child(ReportPushOut, report_push_out, TOWNSHIP | {"class_teacher", "village_cadre"}),
            of_child(DecidePlacement, asks(calendar, decide_placement, policy.placement), COUNTY),
            of_child(ReviewPlacement, asks(calendar, review_placement, policy.placement), COUNTY),
            of_child(MissPlacementReview, miss_placement_review, SYSTEM_ONLY),
            of_child(LapseHomeTeaching, partial(lapse_home_teaching, policy.placement), SCHOOL_OFFICE),
            of_child(ReportLost, report_lost, SCHOOL_OFFICE | TOWNSHIP),
            of_child(FileInquiryStub, file_stub, SCHOOL_OFFICE | TOWNSHIP),
            of_child(RecheckWhereabouts, recheck, TEACHERS | TOWNSHIP | {"village_cadre"}),
            of_child(MissRecheck, miss_recheck, SYSTEM_ONLY),
            of_child(ReportFound, report_found, TEACHERS | TOWNSHIP | {"village_cadre"}),
            of_child(ConfirmElsewhere, confirm_elsewhere, SCHOOL_OFFICE | TOWNSHIP),
            of_child(LapseElsewhere, partial(lapse_elsewhere, age), SYSTEM_ONLY),
            of_child(ApplyForRespite, partial(apply_for_respite, respite), SCHOOL_OFFICE | TOWNSHIP),
            of_child(ApproveRespite, asks(calendar, approve_respite, respite), TOWNSHIP),
            of_child(RefuseRespite, refuse_respite, TOWNSHIP),
            of_child(FileRespite, file_respite, COUNTY),
            of_child(ResumeStudent, resume_student, SCHOOL_OFFICE),
            of_child(RemindOfRespiteEnd, remind_of_respite_end, SYSTEM_ONLY),
            of_child(ExpireRespite, expire_respite, SYSTEM_ONLY),
            of_child(NotePersuasion, note_persuasion, SYSTEM_ONLY),
            of_child(CheckAbsence, asks(calendar, check_absence, absence), SYSTEM_ONLY),
            of_child(CheckStability, asks(calendar, check_stability, policy.return_), SYSTEM_ONLY),
        ]
    )
