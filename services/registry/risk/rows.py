"""The plan as a child's ledger row keeps it; `helper` alone may be published (rule 5-12)."""

from services.registry.risk.events import RiskPlanSet
from shared.kernel.ledgers import Row

PLAN_FIELDS = ("helper", "psychological_help", "academic_help", "plan_set_on", "plan_review_on")


def plan_columns(_: Row, event: RiskPlanSet) -> Row:
    return {
        "helper": event.helper,
        "psychological_help": event.psychological,
        "academic_help": event.academic,
        "plan_set_on": event.set_on.isoformat(),
        "plan_review_on": event.review_on.isoformat(),
    }
