"""The rules of data quality, read from `quality.toml`, and what each looks at. Rule 3-20."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from services.registry.households.categories import HouseholdCategory
from services.registry.reconciliation.reasons import Owner
from shared.calendar.terms import age_on, school_year_of
from shared.kernel.ledgers import Row

SHIPPED = Path(__file__).with_name("quality.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    code: str
    label: str
    owner: Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`active_on`: the columns of a child's row whose days show it alive and at school."""

    first_grade_age: int
    years_early: int
    years_late: int
    active_on: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRules:
    rule: Sequence[Rule]
    limits: Limits

    @property
    def labels(self) -> dict[str, str]:
        return {each.code: each.label for each in self.rule}

    def labels_of(self, owner: Owner) -> dict[str, str]:
        """The rules whose issues this owner looks into."""
        return {each.code: each.label for each in self.rule if each.owner is owner}

    def owners_of(self, codes: Collection[str]) -> list[str]:
        """Who looks into issues of these rules: each once, in the order of the table."""
        return list(dict.fromkeys(each.owner.value for each in self.rule if each.code in codes))

    def broken_by(self, row: Row) -> list[str]:
        """The codes of the rules that a child's ledger row breaks, in the order of the table."""
        return [each.code for each in self.rule if CHECKS[each.code](row, self.limits)]


@cache
def quality_rules() -> QualityRules:
    """Raises msgspec.ValidationError for a table with a gap, ValueError for a rule that nothing checks."""
    rules = msgspec.toml.decode(SHIPPED.read_bytes(), type=QualityRules)
    if unknown := {each.code for each in rules.rule} - CHECKS.keys():
        raise ValueError(f"nothing checks {', '.join(sorted(unknown))}")
    return rules


def _age_does_not_fit(row: Row, limits: Limits) -> bool:
    """A grade is that of the school year in which it was told: the day of entry may lie years before."""
    told_on = row.get("grade_told_on")
    if not row["grade"] or not told_on:
        return False
    born, cut_off = date.fromisoformat(row["birth_date"]), school_year_of(date.fromisoformat(told_on)).age_cut_off
    if born > cut_off:
        return True
    age = age_on(born, cut_off)
    usual = limits.first_grade_age - 1 + row["grade"]
    return not usual - limits.years_early <= age <= usual + limits.years_late


def _differs(field: str, told_by_id: str) -> Callable[[Row, Limits], bool]:
    def check(row: Row, _: Limits) -> bool:
        return row.get(told_by_id) not in (None, row.get(field))

    return check


def _g_without_id(row: Row, _: Limits) -> bool:
    return row.get("student_number_kind") == "G" and not row.get("id_number")


def _active_after_death(row: Row, limits: Limits) -> bool:
    died_on = row.get("died_on")
    return died_on is not None and any((row.get(name) or "") > died_on for name in limits.active_on)


def _poor_without_household(row: Row, _: Limits) -> bool:
    return HouseholdCategory(row["category"]).is_poor and not row.get("household_no")


def _no_guardian(row: Row, _: Limits) -> bool:
    return not row.get("guardian_name")


def _two_active_enrolments(row: Row, _: Limits) -> bool:
    return bool(row.get("two_enrolments"))


CHECKS: Mapping[str, Callable[[Row, Limits], bool]] = {
    "AGE_GRADE": _age_does_not_fit,
    "ID_BIRTH_DATE": _differs("birth_date", "id_birth_date"),
    "ID_SEX": _differs("sex", "id_sex"),
    "G_NUMBER_WITHOUT_ID": _g_without_id,
    "ACTIVE_AFTER_DEATH": _active_after_death,
    "POOR_WITHOUT_HOUSEHOLD": _poor_without_household,
    "NO_GUARDIAN": _no_guardian,
    "TWO_ACTIVE_ENROLMENTS": _two_active_enrolments,
}
