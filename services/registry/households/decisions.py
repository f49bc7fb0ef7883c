"""Hardship category and aid account: commands and decisions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.households.categories import HouseholdCategory
from services.registry.households.events import GuardianAccountSet, HouseholdCategorySet
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHouseholdCategory:
    """An empty `household_no` keeps the one on file. A household may have been poor before the child was born.

    `source` and `evidence` are told once: others for a category whose own are on file change nothing.
    """

    NAME: ClassVar[str] = "registry.set-household-category"
    child_id: ChildId
    category: HouseholdCategory
    effective_from: date
    household_no: str = ""
    source: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGuardianAccount:
    """`guardian_account` is sealed; `account_index` tells whether it is the one on file."""

    NAME: ClassVar[str] = "registry.set-guardian-account"
    child_id: ChildId
    guardian_account: str
    account_index: str
    account_name: str
    set_on: date


def set_household_category(
    child: Child, command: SetHouseholdCategory, context: Context
) -> list[HouseholdCategorySet]:
    if not child.registered:
        raise ChildNotRegistered()
    if command.effective_from > context.today:
        raise DateInFuture("effective_from")
    household_no = command.household_no or child.household_no
    is_same = (command.category, household_no) == (child.category, child.household_no)
    if is_same and not _tells_more(child, command):
        return []
    return [
        HouseholdCategorySet(
            child_id=child.id,
            household_no=household_no,
            category=command.category,
            effective_from=command.effective_from,
            source=(is_same and child.category_source) or command.source,
            evidence=list((is_same and child.category_evidence) or command.evidence),
        )
    ]


def _tells_more(child: Child, command: SetHouseholdCategory) -> bool:
    if not command.category.is_poor:
        return False
    tells_source = bool(command.source) and not child.category_source
    return tells_source or (bool(command.evidence) and not child.category_evidence)


def set_guardian_account(child: Child, command: SetGuardianAccount, context: Context) -> list[GuardianAccountSet]:
    if not child.registered:
        raise ChildNotRegistered()
    if command.set_on > context.today:
        raise DateInFuture("set_on")
    if command.account_index == child.account_index:
        return []
    return [
        GuardianAccountSet(
            child_id=child.id,
            guardian_account=command.guardian_account,
            account_index=command.account_index,
            account_name=command.account_name,
            set_on=command.set_on,
        )
    ]
