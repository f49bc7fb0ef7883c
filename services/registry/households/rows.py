"""What is told of its household, as a child's ledger row keeps it."""

from typing import assert_never

from services.registry.groups.rows import recategorised
from services.registry.households.events import GuardianAccountSet, HouseholdCategorySet, HouseholdEvent
from shared.kernel.ledgers import Row


def household_columns(row: Row, event: HouseholdEvent) -> Row:
    match event:
        case HouseholdCategorySet():
            return {
                "memberships": recategorised(row["memberships"], event),
                "household_no": event.household_no,
                "category": event.category.value,
                "category_from": event.effective_from.isoformat(),
                "category_source": event.source,
                "category_evidence": event.evidence,
            }
        case GuardianAccountSet():
            return {"guardian_account": event.guardian_account, "account_name": event.account_name}
        case _:
            assert_never(event)
