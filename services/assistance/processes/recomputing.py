"""What a changed calendar means for claims: a term of another length has other days to pay for."""

from services.assistance.beneficiaries.consequences import with_consequences
from services.assistance.ids import ChildId
from services.assistance.ledgers.calendar import CALENDAR
from services.assistance.ledgers.lines import LINES, NO_CLAIM
from services.assistance.processes.booking import batch_facts, book, load_child
from shared.calendar import CalendarInForce
from shared.kernel.calendar_ledger import present_generation
from shared.kernel.commands import Context, Handler
from shared.kernel.ledgers import Row
from shared.kernel.recomputing import Part, recomputing_handlers
from shared.kernel.unit_of_work import UnitOfWork


def recomputes_lines(calendar: CalendarInForce) -> list[Handler]:
    """Stale unpaid lines that the bank does not have are released for the next batch; what is paid stays paid."""

    def recompute(work: UnitOfWork, row: Row, _: Context) -> None:
        child = load_child(work, ChildId(row["child_id"]))
        book(work, {child.id: with_consequences(child, [], calendar().terms, batch_facts(work, child))})

    claims = Part(ledger=LINES, criteria={"claim": {"$nin": sorted(NO_CLAIM)}}, recompute=recompute)
    return recomputing_handlers(present_generation(CALENDAR, calendar), [claims])
