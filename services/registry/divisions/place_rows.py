"""Townships with their central school, and inspection districts with their inspector, as ledgers."""

from typing import assert_never

from services.registry.divisions.districts import DistrictEvent, InspectionDistrictDissolved, InspectionDistrictSet
from services.registry.divisions.townships import CentralSchoolNamed
from services.registry.schools.kinds import STATUS_LABELS
from shared.kernel.ledgers import Column, Join, Ledger, Row, View
from shared.kernel.recorded import Recorded


def apply_township(_: Row | None, event: CentralSchoolNamed, __: Recorded) -> Row:
    return {
        "township_code": event.township_code,
        "central_school": event.school_code,
        "central_school_name": event.school_name,
        "named_on": event.named_on.isoformat(),
    }


def apply_district(_: Row | None, event: DistrictEvent, __: Recorded) -> Row | None:
    match event:
        case InspectionDistrictSet():
            told = {"county_code": event.county_code, "name": event.name, "inspector": event.inspector}
            return told | {"set_on": event.set_on.isoformat()}
        case InspectionDistrictDissolved():
            return None
        case _:
            assert_never(event)


TOWNSHIPS_LEDGER = Ledger(
    name="townships", source="registry", events=frozenset({CentralSchoolNamed}), apply=apply_township
)
DISTRICTS_LEDGER = Ledger(
    name="inspection-districts",
    source="registry",
    events=frozenset({InspectionDistrictSet, InspectionDistrictDissolved}),
    apply=apply_district,
    key=lambda event, _: f"{event.county_code}:{event.name}",
)

PLACE_VIEWS = (
    View(
        name="central-schools",
        title="乡镇中心学校名单",
        of=TOWNSHIPS_LEDGER.name,
        columns=(
            Column("township_code", "乡镇代码", width=12),
            Column("division.name", "乡镇名称", width=16),
            Column("central_school", "中心学校标识码", width=16),
            Column("central_school_name", "中心学校", width=26),
            Column("named_on", "确定日期", "date", width=12),
            Column("central.status", "办学状态", "code", STATUS_LABELS, 10),
        ),
        joins=(
            Join("division", "divisions", "township_code"),
            Join("central", "schools", "central_school"),
        ),
        date_field="named_on",
        order=("township_code",),
    ),
    View(
        name="inspection-districts",
        title="督学责任区名单",
        of=DISTRICTS_LEDGER.name,
        columns=(
            Column("county_code", "县（区）代码", width=12),
            Column("name", "督学责任区", width=18),
            Column("inspector", "责任督学", width=12),
            Column("set_on", "确定日期", "date", width=12),
        ),
        date_field="set_on",
        order=("county_code", "name"),
    ),
)
