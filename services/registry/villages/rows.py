"""Villages as a ledger: the profile, who helps, and whether the data platform has it. Rules 3-01, 3-07, 3-15."""

from typing import assert_never

from services.registry.children.bases import HERE, counted_in
from services.registry.groups.catalogue import catalogue
from services.registry.households.categories import HouseholdCategory
from services.registry.ledgers.views import BIRTH, CATEGORY, CHILD, DIVISION, GUARDIAN, HOUSEHOLD, SCHOOL
from services.registry.villages.events import VillageEvent, VillageExported, VillageProfileRecorded
from services.registry.villages.three_ones import FIRST_SECRETARY, three_ones
from shared.kernel.ledgers import Column, Ledger, Row, View
from shared.kernel.recorded import Recorded

YES_NO = {"true": "是", "false": "否"}
ON_FILE = [HouseholdCategory.LIFTED_OUT.value, HouseholdCategory.MONITORED.value]
"""建档立卡: on file as poor, or watched lest they become so."""


def field_of(item: str) -> str:
    """The row's field for one of the three ones."""
    return item.lower()


def apply(row: Row | None, event: VillageEvent, _: Recorded) -> Row:
    match event:
        case VillageProfileRecorded():
            helpers = {field_of(item): event.three_ones.get(item, "") for item in three_ones().item}
            told = {name: getattr(event, name) for name in ("village_code", "name", "poor", "households", "people")}
            state = {"complete": all(helpers.values()), "exported": False}
            return (row or {}) | told | helpers | state | {"recorded_on": event.recorded_on.isoformat()}
        case VillageExported():
            receipt = {"export_receipt": event.receipt, "exported_on": event.exported_on.isoformat()}
            return (row or {}) | receipt | {"exported": True}
        case _:
            assert_never(event)


VILLAGES_LEDGER = Ledger(
    name="villages",
    source="registry",
    events=frozenset({VillageProfileRecorded, VillageExported}),
    apply=apply,
    key=lambda event, _: event.village_code,
)

VILLAGE = (
    Column("village_code", "村代码", width=16),
    Column("name", "村名", width=16),
    Column("poor", "贫困村", "code", YES_NO, 8),
    Column("households", "户数", "number", width=8),
    Column("people", "人数", "number", width=8),
)
HELPERS = tuple(Column(field_of(item), label, width=16) for item, label in three_ones().item.items())
RECORDED = Column("recorded_on", "采集日期", "date", width=12)
PLATFORM = three_ones().platform.label

VILLAGE_VIEWS = (
    View(
        name="villages",
        title="村基本信息和“三个一”帮扶台账",
        of=VILLAGES_LEDGER.name,
        columns=(
            *VILLAGE,
            *HELPERS,
            Column("complete", "三个一齐全", "code", YES_NO, 10),
            RECORDED,
            Column("exported", f"已录入{PLATFORM}", "code", YES_NO, 14),
            Column("exported_on", "录入日期", "date", width=12),
            Column("export_receipt", "录入回执", width=16),
        ),
        date_field="recorded_on",
        order=("village_code",),
    ),
    View(
        name="villages-to-export",
        title=f"待录入{PLATFORM}的村",
        of=VILLAGES_LEDGER.name,
        columns=(*VILLAGE, *HELPERS, RECORDED),
        where={"exported": False},
        date_field="recorded_on",
        order=("village_code",),
    ),
    View(
        name="target-villages",
        title="走访对象村名单（派驻第一书记的非贫困村）",
        of=VILLAGES_LEDGER.name,
        columns=(*VILLAGE, *HELPERS),
        where={"poor": False, field_of(FIRST_SECRETARY): {"$gt": ""}},
        order=("village_code",),
    ),
    View(
        name="target-households",
        title="走访对象户名单（脱贫户和监测户）",
        of="children",
        columns=(HOUSEHOLD, GUARDIAN, CATEGORY, CHILD, BIRTH, SCHOOL, DIVISION),
        where={"category": {"$in": ON_FILE}} | counted_in(HERE),
        status_field="category",
        roles=catalogue().audiences["COUNTY_LISTS"],
        order=("household_no",),
    ),
)
