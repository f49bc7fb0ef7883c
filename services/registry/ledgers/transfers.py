"""Transfers as people ask for them: which are under way, with whom they lie, who has not arrived; and push-outs."""

from services.registry.children.statuses import ATTENDANCE_LABELS
from services.registry.ledgers.views import BY_CLASS, GUARDIAN, PUPIL, STATUS, TEACHER
from services.registry.transfers.rows import (
    AWAITED,
    COMPLETED,
    KNOW_PUSH_OUTS,
    RECEIVING_SIDE,
    TRANSFERS_LEDGER,
    UNDER_WAY,
)
from services.registry.transfers.transfer import DIRECTION_LABELS, ENDING_LABELS, PARTY_LABELS
from services.roles import KNOW_WHY
from shared.kernel.ledgers import Column, Join, View

STAGE_LABELS = {UNDER_WAY: "办理中", AWAITED: "已办结待到校", COMPLETED: "已办结", **ENDING_LABELS}
YES_NO = {"true": "是", "false": "否"}
CHILD = (
    Column("child.name", "姓名", width=10),
    Column("child.birth_date", "出生日期", "date", width=12),
    Column("direction", "类型", "code", DIRECTION_LABELS, 10),
    Column("sending_school_name", "转出学校", width=22),
    Column("receiving_school_name", "转入学校", width=26),
    Column("grade", "转入年级", "number", width=8),
)
NOW = Column("child.status", "现就学状态", "code", ATTENDANCE_LABELS, 12)
STAGE = Column("status", "办理状态", "code", STAGE_LABELS, 14)
DAYS = (
    Column("requested_on", "申请日期", "date", width=12),
    Column("left_on", "最后在原校日期", "date", width=14),
    Column("arrived_on", "到校日期", "date", width=12),
)
TURN = Column("turn", "等待核办", "code", {"": "", **PARTY_LABELS}, 14)
RESPOND_BY = Column("respond_by", "核办期限", "date", width=12)
MOVED = (
    Column("respond_by_note", "期限说明", width=30),
    Column("respond_by_before", "调整前期限", "date", width=12),
)
OVERDUE = Column("overdue", "已超期", "code", YES_NO, 8)
MOVED_ON = Column("moved_on", "办结日期", "date", width=12)
ENDED_BECAUSE = Column("ended_because", "未办结原因", width=20)
JOINS = (Join("child", "children", "child_id"),)

TRANSFER_VIEWS = (
    View(
        name="transfers-in-flight",
        title="转学在途台账",
        of=TRANSFERS_LEDGER.name,
        columns=(
            *CHILD,
            STAGE,
            TURN,
            RESPOND_BY,
            *MOVED,
            OVERDUE,
            *DAYS,
            NOW,
        ),
        where={"status": {"$in": [UNDER_WAY, AWAITED]}},
        joins=JOINS,
        roles=KNOW_WHY,
        date_field="requested_on",
        order=("respond_by",),
    ),
    View(
        name="transfers",
        title="转学台账",
        of=TRANSFERS_LEDGER.name,
        columns=(
            *CHILD,
            STAGE,
            *DAYS,
            MOVED_ON,
            Column("gap_found_on", "空档发现日期", "date", width=12),
            ENDED_BECAUSE,
            NOW,
        ),
        joins=JOINS,
        roles=KNOW_WHY,
        date_field="requested_on",
        order=("requested_on",),
    ),
    View(
        name="transfer-requests",
        title="本校申请转入台账",
        of=TRANSFERS_LEDGER.name,
        # Nothing of the child but what the receiving school said when it asked: the child is still another's.
        columns=(
            Column("child_name", "姓名", width=10),
            Column("receiving_school_name", "转入学校", width=26),
            Column("grade", "转入年级", "number", width=8),
            Column("reason", "转学原因", width=20),
            Column("requested_on", "申请日期", "date", width=12),
            STAGE,
            TURN,
            RESPOND_BY,
            *MOVED,
            OVERDUE,
            ENDED_BECAUSE,
            MOVED_ON,
            Column("arrived_on", "到校日期", "date", width=12),
        ),
        where={"receiving_school_code": {"$gt": ""}},
        roles=KNOW_WHY,
        date_field="requested_on",
        order=("requested_on",),
        place=RECEIVING_SIDE,
    ),
    View(
        name="push-out-reports",
        title="疑似劝退情况台账",
        of="children",
        columns=(
            *PUPIL,
            TEACHER,
            GUARDIAN,
            Column("push_out_on", "反映日期", "date", width=12),
            Column("push_out", "反映情况", width=30),
            Column("push_out_reported_by", "反映人", width=12),
            STATUS,
        ),
        where={"push_out_on": {"$gt": ""}},
        roles=KNOW_PUSH_OUTS,
        date_field="push_out_on",
        order=BY_CLASS,
    ),
)
