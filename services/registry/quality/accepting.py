"""Whether there is an issue to accept is said by the child's ledger row, read in the same transaction."""

from services.registry.children.state import CHILDREN
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.quality.issues import AcceptQualityIssue, accept_quality_issue
from shared.kernel.commands import Context, Handler
from shared.kernel.unit_of_work import UnitOfWork


def accepts_quality_issues(roles: frozenset[str]) -> Handler:
    def handle(work: UnitOfWork, order: AcceptQualityIssue, context: Context) -> None:
        ref = CHILDREN.ref(order.child_id)
        child = work.load(ref)
        work.append(ref, accept_quality_issue(child, work.row(CHILDREN_LEDGER, order.child_id), order, context))

    return Handler(AcceptQualityIssue, lambda order: (CHILDREN.ref(order.child_id),), handle, roles)
