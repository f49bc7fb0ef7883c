"""Which households are in hardship, and the list that the county keeps of them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from services.cli.sample_county.county import County
from services.cli.sample_county.names import COUNTY_CODE
from services.cli.sample_county.people import Child, Household
from services.cli.sample_county.planted import FileCount, Planted, PlantedDifference, PlantedFault
from services.cli.sample_county.roster_faults import ONE_FAULT_PER_STUDENTS
from services.cli.sample_county.sheets import Page, new_book
from shared.identifiers.resident_id import check_character

FILE = "贫困名单.xlsx"
_SHARE = 0.12
_STRANGERS_AGE = 11
_CATEGORIES = {
    "脱贫户": ("脱贫户",) * 5 + ("监测对象", "边缘易致贫户"),
    "低保特困": ("低保", "低保户", "特困"),
}
_HEADINGS = (
    "序号",
    "乡镇",
    "村",
    "户编号",
    "户主姓名",
    "家庭成员姓名",
    "与户主关系",
    "成员身份证号",
    "困难类别",
    "认定日期",
)
_HOUSEHOLD_COLUMN, _HEAD_COLUMN = 3, 4


@dataclass(frozen=True, slots=True)
class PoorHousehold:
    household: Household
    children: tuple[Child, ...]
    sheet: str
    category: str
    since: date


def choose_poor(county: County, seed: int) -> list[PoorHousehold]:
    """About one household in eight, by household number."""
    random = Random(f"{seed}:poverty")
    families: dict[str, list[Child]] = {}
    for child in county.children:
        families.setdefault(child.household.household_no, []).append(child)
    poor = []
    for children in families.values():
        if random.random() < _SHARE:
            sheet = random.choice(("脱贫户", "脱贫户", "低保特困"))
            since = date(random.randint(2018, 2025), random.randint(1, 12), 1)
            category = random.choice(_CATEGORIES[sheet])
            poor.append(PoorHousehold(children[0].household, tuple(children), sheet, category, since))
    return poor


def write_poverty_list(target: Path, county: County, poor: list[PoorHousehold], seed: int, planted: Planted) -> None:
    """A line for the head and each child; a few households have a child that is on no roster."""
    random = Random(f"{seed}:unregistered")
    times = max(1, len(county.children) // ONE_FAULT_PER_STUDENTS)
    visited = random.sample(poor, min(times, len(poor)))
    year = county.term_began.year - _STRANGERS_AGE
    strangers = {each.household.household_no: _stranger_number(at, year) for at, each in enumerate(visited)}
    count = planted.count("households", FILE)
    with new_book(target / FILE) as book:
        for sheet in _CATEGORIES:
            page = book.page(sheet)
            page.add_title("云岭县农村低收入人口家庭成员名单", len(_HEADINGS))
            page.add([None, None, None, "填报单位：云岭县", None, None, None, "2026年9月"])
            page.add(list(_HEADINGS))
            for each in poor:
                if each.sheet == sheet:
                    stranger = strangers.get(each.household.household_no)
                    _Family(page, each, count, planted).write(stranger)


@dataclass(slots=True)
class _Family:
    page: Page
    poor: PoorHousehold
    count: FileCount
    planted: Planted

    def write(self, stranger: str | None) -> None:
        household = self.poor.household
        first = self._add(household.guardian.name, "户主", household.guardian.id_number)
        last = first
        for child in self.poor.children:
            last = self._add(child.name, "子女", child.id_number)
        if stranger is not None:
            last = self._add_stranger(stranger)
        self.page.merge_down(first, last, _HOUSEHOLD_COLUMN, household.household_no)
        self.page.merge_down(first, last, _HEAD_COLUMN, household.guardian.name)

    def _add(self, name: str, relation: str, id_number: str | None) -> int:
        village = self.poor.household.village
        self.count.good += 1
        place = [village.township.name, village.name, None, None]
        facts = [name, relation, id_number, self.poor.category, self.poor.since]
        return self.page.add([self.count.good, *place, *facts])

    def _add_stranger(self, number: str) -> int:
        name = f"{self.poor.household.family}念"
        row = self._add(name, "子女", number)
        fault = PlantedFault(
            kind="poor_child_on_no_roster",
            file=FILE,
            sheet=self.page.name,
            row=row,
            finding="not_on_any_roster",
            key=number,
        )
        self.planted.faults.append(fault)
        self.planted.differences.append(
            PlantedDifference(why=fault.kind, key=number, name=name, reason="N2", poor=True)
        )
        return row


def _stranger_number(number: int, born_in: int) -> str:
    """A girl's identity number whose sequence, from 900 on, is far from those that the rosters use."""
    first_17 = f"{COUNTY_CODE}{born_in}05{number % 28 + 1:02}9{number * 2 % 100:02}"
    return first_17 + check_character(first_17)
