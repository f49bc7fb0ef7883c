"""What happened to a household, told for each of its children."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId
from services.registry.households.categories import HouseholdCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdCategorySet:
    """The household was recognised as poor, or (NONE) no longer is. `source` is the list or office that says so;
    `evidence` refers to papers. Told again for the same category when these were wanting.
    """

    TYPE: ClassVar[str] = "registry.household-category-set.v1"
    OCCURRED_ON: ClassVar[str] = "effective_from"
    child_id: ChildId
    household_no: str
    category: HouseholdCategory
    effective_from: date
    source: str = ""
    evidence: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianAccountSet:
    """The account (sealed) that receives the child's aid, and in whose name it is."""

    TYPE: ClassVar[str] = "registry.guardian-account-set.v1"
    OCCURRED_ON: ClassVar[str] = "set_on"
    child_id: ChildId
    guardian_account: str
    account_index: str
    account_name: str
    set_on: date


HouseholdEvent = HouseholdCategorySet | GuardianAccountSet
