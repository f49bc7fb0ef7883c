"""What is asked of the rates, and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.registry.rates.rates import Rate, Tally


class Basis(StrEnum):
    """By the household's place (户籍), or by the school that keeps the student file (学籍)."""

    HOUSEHOLD = "HOUSEHOLD"
    REGISTRATION = "REGISTRATION"


class Grouping(StrEnum):
    SCHOOL = "school"
    TOWNSHIP = "township"
    DISTRICT = "district"
    COUNTY = "county"


class Unknown(StrEnum):
    """Why a cohort's rate cannot be told."""

    BEGINNING_UNKNOWN = "BEGINNING_UNKNOWN"
    NO_LEAVERS_YET = "NO_LEAVERS_YET"


UNKNOWN_LABELS: dict[str, str] = {
    Unknown.BEGINNING_UNKNOWN: "该届入学时没有固定的花名册，无法计算。",
    Unknown.NO_LEAVERS_YET: "本学年还没有登记毕业，无法计算。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    rate: Rate
    basis: Basis
    day: date
    by: Grouping = Grouping.COUNTY
    division: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`without_start`: the schools that have no frozen roster from which the rate starts, so nobody of them counts.

    `unknown`: the groups that have no figure, and why. `items`: how often each heading counted in a group's net flow.
    """

    groups: Mapping[str, Tally]
    names: Mapping[str, str]
    without_start: list[str]
    unknown: Mapping[str, Unknown] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
