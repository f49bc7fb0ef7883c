"""Every event type that this service stores."""

from services.visits.assignments.events import ClassTeacherAssigned, VillageCadreAssigned
from services.visits.due_days.events import DueDayMoved
from services.visits.household_visits.events import (
    HouseholdVisitCancelled,
    HouseholdVisitOpened,
    HouseholdVisitOverdue,
    HouseholdVisitReassigned,
    HouseholdVisitRecorded,
)
from services.visits.persuasion.events import PersuasionAttempted, PersuasionPlanned, PersuasionStopped
from services.visits.photos.events import PhotoUploaded, PhotoUsed
from services.visits.plans.events import PlanClosed, PlanMoved, PlanOpened, PlanReopened
from services.visits.stability.events import StabilityCheckRecorded, StabilityChecksScheduled
from services.visits.teams.events import ReturnTeamAssigned, ReturnTeamProposed
from shared.kernel.events import EventTypes

EVENTS = EventTypes(
    [
        PlanOpened,
        PlanReopened,
        PlanMoved,
        PlanClosed,
        DueDayMoved,
        HouseholdVisitOpened,
        HouseholdVisitReassigned,
        HouseholdVisitRecorded,
        HouseholdVisitOverdue,
        HouseholdVisitCancelled,
        PersuasionPlanned,
        PersuasionAttempted,
        PersuasionStopped,
        ReturnTeamProposed,
        ReturnTeamAssigned,
        StabilityChecksScheduled,
        StabilityCheckRecorded,
        ClassTeacherAssigned,
        VillageCadreAssigned,
        PhotoUploaded,
        PhotoUsed,
    ]
)
