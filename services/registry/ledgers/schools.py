"""The ledger of schools, one row a school; and the ledger of the pupils whom a closing moved. Rules 10-01, 11-20."""

from datetime import date
from typing import assert_never, get_args

import msgspec

from services.registry.ledgers.views import CATEGORY, GUARDIAN, PHONE, PUPIL, STATUS
from services.registry.schools.events import (
    BoardingPlacesSet,
    HandOver,
    PupilsMoved,
    SchoolClosed,
    SchoolEvent,
    SchoolMerged,
    SchoolRegistered,
    SchoolRestored,
)
from services.registry.schools.kinds import (
    KIND_LABELS,
    LEVEL_LABELS,
    OWNERSHIP_LABELS,
    STATUS_LABELS,
    SchoolStatus,
)
from services.registry.schools.schools import status_of
from services.roles import KNOW_CHILDREN
from shared.calendar import local_date
from shared.kernel.ledgers import Column, Ledger, Row, View
from shared.kernel.recorded import Recorded

EMPTY: Row = {
    "status": SchoolStatus.OPEN.value,
    "receiving_school_code": "",
    "receiving_school_name": "",
    "closed_on": None,
    "closing_as": "",
    "restored_on": None,
    "assets": "",
    "records": "",
    "taken_over_by": "",
    "pupils_moved": 0,
    "boarding_places": 0,
}


def apply(row: Row | None, event: SchoolEvent, recorded: Recorded) -> Row:
    before = EMPTY | (row or {})
    return before | _changes(before, event, local_date(recorded.time))


def _changes(row: Row, event: SchoolEvent, today: date) -> Row:
    match event:
        case SchoolRegistered():
            told: Row = msgspec.to_builtins(event)
            return {name: value for name, value in told.items() if name != "division"}
        case SchoolMerged() | SchoolClosed():
            lies_ahead = event.closed_on > today
            return {
                "status": (SchoolStatus.CLOSING if lies_ahead else status_of(event)).value,
                "closing_as": status_of(event).value,
                "receiving_school_code": event.receiving_school_code,
                "receiving_school_name": event.receiving_school_name,
                "closed_on": event.closed_on.isoformat(),
                "restored_on": None,
                "pupils_moved": 0,
                **_handed_over(event.hand_over),
            }
        case SchoolRestored():
            return {
                "status": SchoolStatus.RESTORED.value,
                "restored_on": event.restored_on.isoformat(),
                **_handed_over(event.hand_over),
            }
        case PupilsMoved():
            return {"pupils_moved": row["pupils_moved"] + event.pupils, "status": row["closing_as"]}
        case BoardingPlacesSet():
            return {"boarding_places": event.places}
        case _:
            assert_never(event)


def _handed_over(note: HandOver) -> Row:
    return {"assets": note.assets, "records": note.records, "taken_over_by": note.taken_over_by}


SCHOOLS_LEDGER = Ledger(name="schools", source="registry", events=frozenset(get_args(SchoolEvent)), apply=apply)

CODE = Column("school_code", "学校标识码", width=14)
NAME = Column("name", "学校名称", width=26)
KIND = Column("kind", "办学类型", "code", KIND_LABELS, 16)
LIES_IN = Column("division", "所在乡镇代码", width=14)
STANDING = Column("status", "办学状态", "code", STATUS_LABELS, 10)

SCHOOL_VIEWS = (
    View(
        name="schools",
        title="学校名单",
        of="schools",
        columns=(
            CODE,
            NAME,
            KIND,
            Column("private", "办别", "code", OWNERSHIP_LABELS, 8),
            Column("demonstration_level", "示范级别", "code", LEVEL_LABELS, 12),
            LIES_IN,
            Column("district", "督学责任区", width=14),
            Column("address", "学校地址", width=26),
            Column("boarding_places", "寄宿床位", "number", width=10),
            STANDING,
            Column("closed_on", "撤并日期", "date", width=12),
        ),
    ),
    View(
        name="closed-schools",
        title="撤并学校台账",
        of="schools",
        columns=(
            CODE,
            NAME,
            KIND,
            LIES_IN,
            STANDING,
            Column("closed_on", "撤并日期", "date", width=12),
            Column("receiving_school_name", "接收学校", width=26),
            Column("pupils_moved", "已转入接收学校学生数", "number", width=14),
            Column("assets", "校产处置", width=30),
            Column("records", "档案移交", width=30),
            Column("taken_over_by", "接收人", width=12),
            Column("restored_on", "恢复日期", "date", width=12),
        ),
        where={"closed_on": {"$ne": None}},
        date_field="closed_on",
        order=("closed_on",),
    ),
    View(
        name="pupils-of-closed-schools",
        title="撤并学校学生去向",
        of="children",
        columns=(
            *PUPIL,
            Column("former_school_name", "原学校", width=22),
            Column("moved_because", "原因", "code", {"MERGED": "学校合并", "CLOSED": "学校撤销"}, 12),
            Column("moved_on", "转入日期", "date", width=12),
            CATEGORY,
            GUARDIAN,
            PHONE,
            STATUS,
        ),
        where={"moved_on": {"$ne": None}},
        roles=KNOW_CHILDREN,
        date_field="moved_on",
        order=("moved_on", "school", "grade"),
    ),
)
