"""Lines whose numbers have slipped by one: each of two twins has the other's number."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child
from services.cli.sample_county.planted import Planted, PlantedFault
from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.sheets import new_book

OTHER_NAME = "name_of_another"
"""What comes of such a row: it is refused with the words for an unknown number, and nothing moves."""
FILE = "贫困名单-补报.xlsx"
_HEADINGS = ("户编号", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期")
Twins = Mapping[str, Child]
"""By the key of each, the other one."""


def make_twins(county: County, reserve: Reserve) -> tuple[County, Twins]:
    """The county in which two pupils of one grade, for each kind of slip, belong to one household."""
    instead: dict[str, Child] = {}
    twins: dict[str, Child] = {}
    for first in reserve.take():
        for second in reserve.take(1, lambda each, first=first: _could_be_twin(each, first)):  # type: ignore[misc]
            instead[second.key] = twins[first.key] = replace(second, household=first.household)
            twins[second.key] = first
    return replace(county, children=tuple(instead.get(child.key, child) for child in county.children)), twins


def _could_be_twin(child: Child, first: Child) -> bool:
    return child.school is first.school and child.grade == first.grade


def write_slipped_poverty(target: Path, twins: Twins, planted: Planted) -> None:
    """A category for each of the twins, beside the number of the other."""
    if not twins:
        return
    count = planted.count("households", FILE)
    with new_book(target / FILE) as book:
        page = book.page("补报")
        page.add(list(_HEADINGS))
        for other in twins.values():
            named = twins[other.key]
            number = named.household.household_no
            row = page.add([number, named.name, other.key, "低保", planted.term_began])
            count.good += 1
            planted.faults.append(slip("slipped_category", FILE, page.name, row, named))


def slip(kind: str, file: str, sheet: str, row: int, child: Child) -> PlantedFault:
    return PlantedFault(kind=kind, file=file, sheet=sheet, row=row, finding=OTHER_NAME, key=child.key)
