"""Hardship categories of a household (四类家庭经济困难学生, with their names since 2021)."""

from enum import StrEnum


class HouseholdCategory(StrEnum):
    LIFTED_OUT = "LIFTED_OUT"
    MONITORED = "MONITORED"
    SUBSISTENCE_ALLOWANCE = "SUBSISTENCE_ALLOWANCE"
    EXTREME_POVERTY = "EXTREME_POVERTY"
    DISABILITY = "DISABILITY"
    NONE = "NONE"

    @property
    def is_poor(self) -> bool:
        return self is not HouseholdCategory.NONE


CATEGORY_LABELS: dict[str, str] = {
    HouseholdCategory.LIFTED_OUT: "脱贫户",
    HouseholdCategory.MONITORED: "防返贫监测对象",
    HouseholdCategory.SUBSISTENCE_ALLOWANCE: "低保户",
    HouseholdCategory.EXTREME_POVERTY: "特困供养",
    HouseholdCategory.DISABILITY: "困难残疾",
    HouseholdCategory.NONE: "一般户",
}
