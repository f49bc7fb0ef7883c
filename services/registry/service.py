"""The registry as data: its events, commands, ledgers, views, reactions and deadlines."""

from typing import get_args

from services.registry.attendance import events as attendance
from services.registry.calendars.events import CalendarLoaded
from services.registry.calendars.rows import CALENDAR, CALENDAR_LOADS, CALENDAR_VIEW
from services.registry.children import events as children
from services.registry.class_days.events import ClassDayCounted, ClassDayHandedIn
from services.registry.class_days.rows import CLASS_DAYS_LEDGER, CLASS_DAYS_VIEW
from services.registry.contracts import CONTRACTS
from services.registry.corrections import events as corrections
from services.registry.corrections.rows import CORRECTIONS_LEDGER
from services.registry.deadlines import clocks, deadlines
from services.registry.divisions.districts import InspectionDistrictDissolved, InspectionDistrictSet
from services.registry.divisions.divisions import DivisionRegistered
from services.registry.divisions.place_rows import DISTRICTS_LEDGER, PLACE_VIEWS, TOWNSHIPS_LEDGER
from services.registry.divisions.rows import DIVISIONS_LEDGER, DIVISIONS_VIEW
from services.registry.divisions.townships import CentralSchoolNamed
from services.registry.due_days.events import DueDayMoved
from services.registry.duplicates import events as duplicates
from services.registry.duplicates.rows import DUPLICATES
from services.registry.entering import events as entering
from services.registry.external.events import ExternalEntryReturned, ExternalSystemTold
from services.registry.groups import events as groups
from services.registry.groups.catalogue import catalogue
from services.registry.guardians import events as guardians
from services.registry.handlers import commands
from services.registry.households import events as households
from services.registry.leaving import events as leaving
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.ledgers.corrections import CORRECTION_VIEWS
from services.registry.ledgers.duplicates import DUPLICATE_VIEWS
from services.registry.ledgers.entering import ENTERING_VIEWS
from services.registry.ledgers.external import EXTERNAL_VIEWS
from services.registry.ledgers.groups import GROUP_VIEWS
from services.registry.ledgers.movements import MOVEMENT_VIEWS
from services.registry.ledgers.organisations import ORGANISATION_VIEWS
from services.registry.ledgers.placements import PLACEMENT_VIEWS
from services.registry.ledgers.quality import QUALITY_VIEWS
from services.registry.ledgers.respites import RESPITE_VIEWS
from services.registry.ledgers.risk import RISK_VIEWS
from services.registry.ledgers.rosters import ROSTER_VIEWS
from services.registry.ledgers.schools import SCHOOL_VIEWS, SCHOOLS_LEDGER
from services.registry.ledgers.transfers import TRANSFER_VIEWS
from services.registry.ledgers.views import VIEWS
from services.registry.ledgers.whereabouts import WHEREABOUTS_VIEWS
from services.registry.marks import events as marks
from services.registry.organisations.events import LeadingPostFilled, LeadingPostVacated
from services.registry.organisations.rows import LEADING_POSTS
from services.registry.parties.enterprises import ENTERPRISES_LEDGER, ENTERPRISES_VIEW, EnterpriseRegistered
from services.registry.parties.worker_rows import WORKERS_LEDGER, WORKERS_VIEW
from services.registry.parties.workers import WorkerSurveyed
from services.registry.placements import events as placements
from services.registry.policy import Policy
from services.registry.quality.events import QualityIssueAccepted
from services.registry.reactions import REACTIONS
from services.registry.reconciliation import events as reconciliation
from services.registry.reconciliation.reasons import reasons
from services.registry.reconciliation.rows import DIFFERENCES_LEDGER, RUNS_LEDGER
from services.registry.reconciliation.views import VIEWS as RECONCILIATION_VIEWS
from services.registry.respites import events as respites
from services.registry.respites.rows import RESPITES_LEDGER
from services.registry.risk.events import RiskPlanSet
from services.registry.rosters import events as rosters
from services.registry.rosters.rows import CLASS_COUNTS, TERM_ROSTERS
from services.registry.schools import events as schools
from services.registry.snapshots.events import ListImported
from services.registry.snapshots.rows import LISTS_LEDGER, LISTS_VIEW
from services.registry.transfers import events as transfers
from services.registry.transfers.rows import KNOW_PUSH_OUTS, TRANSFERS_LEDGER
from services.registry.villages.events import VillageExported, VillageProfileRecorded
from services.registry.villages.rows import VILLAGE_VIEWS, VILLAGES_LEDGER
from services.registry.whereabouts import events as whereabouts
from services.roles import READ_THE_FEED
from shared.calendar import CalendarInForce
from shared.kernel.events import EventTypes
from shared.kernel.service import Service

EVENTS = EventTypes(
    [
        schools.SchoolRegistered,
        schools.SchoolMerged,
        schools.SchoolClosed,
        schools.SchoolRestored,
        schools.PupilsMoved,
        schools.BoardingPlacesSet,
        schools.ReceivingSchoolAssigned,
        CalendarLoaded,
        DueDayMoved,
        DivisionRegistered,
        CentralSchoolNamed,
        InspectionDistrictSet,
        InspectionDistrictDissolved,
        VillageProfileRecorded,
        VillageExported,
        EnterpriseRegistered,
        WorkerSurveyed,
        LeadingPostFilled,
        LeadingPostVacated,
        ListImported,
        reconciliation.DifferenceFound,
        reconciliation.DifferenceReclassified,
        reconciliation.DifferenceResolved,
        reconciliation.DifferenceRecurred,
        reconciliation.DifferenceReopened,
        reconciliation.ReconciliationRun,
        children.ChildRegistered,
        children.ChildEnrolled,
        children.EnrolmentChanged,
        households.HouseholdCategorySet,
        households.GuardianAccountSet,
        guardians.GuardianLinked,
        guardians.GuardianUnlinked,
        groups.GroupEntered,
        groups.GroupLeft,
        corrections.CorrectionRequested,
        corrections.CorrectionAdvanced,
        corrections.CorrectionReturned,
        corrections.ChildCorrected,
        QualityIssueAccepted,
        marks.DropoutMarked,
        marks.DropoutUnmarked,
        marks.DropoutMarkCorrected,
        leaving.GraduationRecorded,
        leaving.PrimaryCompleted,
        leaving.NextSchoolMissed,
        leaving.DeathRecorded,
        leaving.WentAbroad,
        leaving.DeclaredMissing,
        transfers.TransferRequested,
        transfers.TransferConfirmed,
        transfers.TransferOverdue,
        transfers.TransferCompleted,
        transfers.TransferredOut,
        transfers.TransferEnded,
        transfers.TransferArrived,
        transfers.TransferGapFound,
        transfers.PushOutReported,
        entering.ChildBecameDue,
        entering.EnrolmentNoticeIssued,
        entering.RegistrationGapFound,
        entering.RegistrationCompleted,
        entering.GateExplained,
        entering.OutOfSchoolChildFound,
        ExternalSystemTold,
        ExternalEntryReturned,
        RiskPlanSet,
        placements.PlacementDecided,
        placements.HomeTeachingStarted,
        placements.PlacementReviewed,
        placements.PlacementReviewMissed,
        placements.HomeTeachingLapsed,
        whereabouts.WhereaboutsLost,
        whereabouts.InquiryStubFiled,
        whereabouts.WhereaboutsRechecked,
        whereabouts.WhereaboutsRecheckMissed,
        whereabouts.WhereaboutsFound,
        whereabouts.ElsewhereConfirmed,
        whereabouts.ElsewhereLapsed,
        duplicates.DuplicateFound,
        duplicates.DuplicateResolved,
        duplicates.DuplicateMerged,
        duplicates.DuplicateAbsorbed,
        duplicates.DuplicateUnmerged,
        duplicates.DuplicateReleased,
        rosters.RosterSnapshotTaken,
        rosters.ClassCounted,
        rosters.HeadcountSignedOff,
        rosters.HeadcountReopened,
        ClassDayCounted,
        ClassDayHandedIn,
        attendance.AbsenceRecorded,
        attendance.LeaveRecorded,
        attendance.AttendanceResumed,
        attendance.SuspectedDropoutFlagged,
        attendance.PersuasionNoted,
        attendance.DropoutConfirmed,
        attendance.StudentReturned,
        attendance.ReturnStabilised,
        attendance.StudentRelapsed,
        respites.RespiteApplied,
        respites.RespiteRefused,
        respites.DeferralApproved,
        respites.SuspensionApproved,
        respites.RespiteFiled,
        respites.RespiteEndsSoon,
        respites.DeferralExpired,
        respites.SuspensionExpired,
        respites.StudentResumed,
    ]
)


def registry(policy: Policy, calendar: CalendarInForce) -> Service:
    """The registry under a county's numbers and its calendar, which is asked anew each time."""
    return Service(
        name="registry",
        marks={"school": "schools"},
        events=EVENTS,
        commands=commands(policy, calendar),
        ledgers=[
            CHILDREN_LEDGER,
            SCHOOLS_LEDGER,
            CORRECTIONS_LEDGER,
            TERM_ROSTERS,
            CLASS_COUNTS,
            CLASS_DAYS_LEDGER,
            DUPLICATES,
            LISTS_LEDGER,
            DIFFERENCES_LEDGER,
            RUNS_LEDGER,
            RESPITES_LEDGER,
            TRANSFERS_LEDGER,
            LEADING_POSTS,
            DIVISIONS_LEDGER,
            TOWNSHIPS_LEDGER,
            DISTRICTS_LEDGER,
            VILLAGES_LEDGER,
            ENTERPRISES_LEDGER,
            WORKERS_LEDGER,
            CALENDAR,
            CALENDAR_LOADS,
        ],
        views=(
            *VIEWS,
            *QUALITY_VIEWS,
            *GROUP_VIEWS,
            *SCHOOL_VIEWS,
            *CORRECTION_VIEWS,
            *ROSTER_VIEWS,
            CLASS_DAYS_VIEW,
            *DUPLICATE_VIEWS,
            *WHEREABOUTS_VIEWS,
            LISTS_VIEW,
            *RECONCILIATION_VIEWS,
            *RESPITE_VIEWS,
            *TRANSFER_VIEWS,
            *MOVEMENT_VIEWS,
            *PLACEMENT_VIEWS,
            *EXTERNAL_VIEWS,
            *RISK_VIEWS,
            *ENTERING_VIEWS,
            *ORGANISATION_VIEWS,
            DIVISIONS_VIEW,
            *PLACE_VIEWS,
            *VILLAGE_VIEWS,
            ENTERPRISES_VIEW,
            WORKERS_VIEW,
            CALENDAR_VIEW,
        ),
        feed_roles=READ_THE_FEED,
        confidential={
            **dict.fromkeys(
                (groups.GroupEntered, groups.GroupLeft, WorkerSurveyed), catalogue().roles_that_know_all | {"service"}
            ),
            RiskPlanSet: catalogue().roles_that_know_the_plan | {"service"},
            transfers.PushOutReported: KNOW_PUSH_OUTS | {"service"},
            **dict.fromkeys(get_args(reconciliation.DifferenceEvent), reasons().roles_that_may_know_all | {"service"}),
        },
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=deadlines(policy, calendar),
        clocks=clocks(policy, calendar),
    )
