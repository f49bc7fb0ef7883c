"""Where the registry is put together."""

from collections.abc import Mapping

from services.registry.api import children, headcounts, imports, schools
from services.registry.attendance import events as attendance
from services.registry.children import events as children_events
from services.registry.contracts import CONTRACTS
from services.registry.deadlines import deadlines
from services.registry.handlers import commands
from services.registry.households import events as households
from services.registry.imports.jobs import import_jobs
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.ledgers.schools import SCHOOLS_LEDGER
from services.registry.ledgers.views import VIEWS
from services.registry.policy import Policy, read_policy
from services.registry.reactions import REACTIONS
from services.registry.schools.schools import SchoolRegistered
from shared.http import Blueprint
from shared.kernel.events import EventTypes
from shared.kernel.jobs import Work
from shared.kernel.service import Service
from shared.runtime import Ports, Runtime

EVENTS = EventTypes(
    [
        SchoolRegistered,
        children_events.ChildRegistered,
        children_events.ChildEnrolled,
        children_events.EnrolmentChanged,
        households.HouseholdCategorySet,
        households.GuardianAccountSet,
        attendance.AbsenceRecorded,
        attendance.LeaveRecorded,
        attendance.AttendanceResumed,
        attendance.SuspectedDropoutFlagged,
        attendance.PersuasionNoted,
        attendance.DropoutConfirmed,
        attendance.StudentReturned,
        attendance.ReturnStabilised,
        attendance.StudentRelapsed,
    ]
)


def build(_: Ports) -> Service:
    return registry(read_policy())


def registry(policy: Policy) -> Service:
    """The registry under a county's numbers."""
    return Service(
        name="registry",
        events=EVENTS,
        commands=commands(policy),
        ledgers=[CHILDREN_LEDGER, SCHOOLS_LEDGER],
        views=VIEWS,
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=deadlines(policy),
    )


def blueprints() -> list[Blueprint]:
    return [children.blueprint(), schools.blueprint(), headcounts.blueprint(), imports.blueprint()]


def job_kinds(runtime: Runtime) -> Mapping[str, Work]:
    return import_jobs(runtime)
