"""What is told of its household makes of a child."""

from dataclasses import replace
from typing import assert_never

from services.registry.children.child import Child
from services.registry.households.events import GuardianAccountSet, HouseholdCategorySet, HouseholdEvent


def evolve_household(child: Child, event: HouseholdEvent) -> Child:
    match event:
        case HouseholdCategorySet():
            return replace(
                child,
                category=event.category,
                category_source=event.source,
                category_evidence=tuple(event.evidence),
                household_no=event.household_no,
            )
        case GuardianAccountSet(account_index=index):
            return replace(child, account_index=index)
        case _:
            assert_never(event)
