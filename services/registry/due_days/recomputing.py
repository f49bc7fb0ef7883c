"""The registry's walk after its calendar has changed: children with something open, then rosters."""

from services.registry.calendars.rows import CALENDAR
from services.registry.children.state import CHILDREN
from services.registry.children.statuses import Attendance
from services.registry.due_days.moving import moved_days
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.ledgers.schools import SCHOOLS_LEDGER
from services.registry.policy import Policy
from services.registry.respites.kinds import Stage
from services.registry.respites.rows import RESPITES_LEDGER
from services.registry.rosters.clocks import freezing, next_checks
from services.registry.rosters.rows import SIGNED_OFF, TERM_ROSTERS
from services.registry.schools.kinds import NOT_YET_CLOSED
from services.registry.transfers.rows import AWAITED, TRANSFERS_LEDGER, UNDER_WAY
from shared.calendar import CalendarInForce
from shared.kernel.calendar_ledger import present_generation
from shared.kernel.commands import Context, Handler
from shared.kernel.ledgers import Row
from shared.kernel.recomputing import Part, recomputing_handlers
from shared.kernel.unit_of_work import UnitOfWork

BY_SCHOOL_DAYS = frozenset(
    {
        Attendance.NEVER_ENROLLED,
        Attendance.ABSENT_UNEXCUSED,
        Attendance.RETURNED_PROBATION,
        Attendance.ELSEWHERE_CONFIRMED,
    }
)
"""Where clocks run by days with school, or by terms."""
ROSTERS_A_STEP = 5
"""A roster may have a hundred nights ahead."""


def recomputes_due_days(policy: Policy, calendar: CalendarInForce) -> list[Handler]:
    def child(work: UnitOfWork, child_id: str, context: Context) -> None:
        ref = CHILDREN.ref(child_id)
        work.append(ref, moved_days(policy, calendar(), work.load(ref), context.today))
        work.turn_clocks_anew(ref)

    def of_row(work: UnitOfWork, row: Row, context: Context) -> None:
        child(work, row["_id"], context)

    def of_child(work: UnitOfWork, row: Row, context: Context) -> None:
        child(work, row["child_id"], context)

    def school(work: UnitOfWork, row: Row, context: Context) -> None:
        work.move_standing(freezing(policy.roster, calendar(), row["_id"], context.today))

    def roster(work: UnitOfWork, row: Row, context: Context) -> None:
        checks = next_checks(calendar(), row["school_code"], row["term"], context.today)
        work.schedule(*work.not_standing(checks))

    clocks = {"status": {"$in": sorted(BY_SCHOOL_DAYS)}}
    parts = [
        Part(ledger=CHILDREN_LEDGER, criteria=clocks, recompute=of_row),
        Part(ledger=CHILDREN_LEDGER, criteria={"review_by": {"$gt": ""}}, recompute=of_row),
        Part(ledger=CHILDREN_LEDGER, criteria={"complete_by": {"$gt": ""}}, recompute=of_row),
        Part(ledger=TRANSFERS_LEDGER, criteria={"status": {"$in": [UNDER_WAY, AWAITED]}}, recompute=of_child),
        Part(
            ledger=RESPITES_LEDGER,
            criteria={"status": {"$in": [Stage.APPROVED.value, Stage.FILED.value]}},
            recompute=of_child,
        ),
        Part(
            ledger=SCHOOLS_LEDGER,
            criteria={"status": {"$in": list(NOT_YET_CLOSED)}},
            recompute=school,
        ),
        Part(ledger=TERM_ROSTERS, criteria={"status": SIGNED_OFF}, recompute=roster, rows=ROSTERS_A_STEP),
    ]
    return recomputing_handlers(present_generation(CALENDAR, calendar), parts)
