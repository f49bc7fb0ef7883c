"""The registry as data: its events, commands, ledgers, views, reactions and deadlines."""

from services.registry.attendance import events as attendance
from services.registry.children import events as children
from services.registry.contracts import CONTRACTS
from services.registry.corrections import events as corrections
from services.registry.corrections.rows import CORRECTIONS_LEDGER
from services.registry.deadlines import deadlines
from services.registry.groups import events as groups
from services.registry.groups.catalogue import catalogue
from services.registry.guardians import events as guardians
from services.registry.handlers import commands
from services.registry.households import events as households
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.ledgers.corrections import CORRECTION_VIEWS
from services.registry.ledgers.respites import RESPITE_VIEWS
from services.registry.ledgers.schools import SCHOOLS_LEDGER
from services.registry.ledgers.views import VIEWS
from services.registry.policy import Policy
from services.registry.reactions import REACTIONS
from services.registry.respites import events as respites
from services.registry.respites.rows import RESPITES_LEDGER
from services.registry.schools.schools import SchoolRegistered
from services.roles import READ_THE_FEED
from shared.calendar import WorkingCalendar
from shared.kernel.events import EventTypes
from shared.kernel.service import Service

EVENTS = EventTypes(
    [
        SchoolRegistered,
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


def registry(policy: Policy, calendar: WorkingCalendar) -> Service:
    """The registry under a county's numbers and working days."""
    return Service(
        name="registry",
        events=EVENTS,
        commands=commands(policy, calendar),
        ledgers=[CHILDREN_LEDGER, SCHOOLS_LEDGER, CORRECTIONS_LEDGER, RESPITES_LEDGER],
        views=(*VIEWS, *CORRECTION_VIEWS, *RESPITE_VIEWS),
        feed_roles=READ_THE_FEED,
        confidential=dict.fromkeys(
            (groups.GroupEntered, groups.GroupLeft), catalogue().roles_that_know_all | {"service"}
        ),
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=deadlines(policy),
    )
