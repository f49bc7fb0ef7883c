"""Which systems outside wait to be told of a child, and each change that they were told. Rules 11-06 and 11-17."""

from services.registry.children.statuses import ATTENDANCE_LABELS
from services.registry.external.changes import ChangeState
from services.registry.external.systems import systems
from services.registry.ledgers.views import BY_CLASS, CATEGORY, CHILD, CLASS_NO, DIVISION, GRADE, PUPIL, SCHOOL, STATUS
from services.roles import KNOW_WHY
from shared.kernel.ledgers import Column, Elements, View

SYSTEMS = {code: each.label for code, each in systems().items()}
STATE_LABELS: dict[str, str] = {
    ChangeState.DUE: "待更新",
    ChangeState.TOLD: "已更新",
    ChangeState.STRUCK_OFF: "已核销",
    ChangeState.OVERTAKEN: "后有变化，无须更新",
}

EXTERNAL_VIEWS = (
    View(
        name="external-updates-due",
        title="待更新外部系统清单",
        of="children",
        columns=(
            *PUPIL,
            DIVISION,
            CATEGORY,
            Column("to_tell", "待更新系统", labels=SYSTEMS, width=30),
            Column("owed_in_words", "待更新的变化", width=50),
            STATUS,
            Column("told_in_words", "上次填报", width=50),
        ),
        where={"to_tell": {"$in": list(systems())}},
        status_field="to_tell",
        roles=KNOW_WHY,
        order=BY_CLASS,
    ),
    View(
        name="external-changes",
        title="外部系统更新台账",
        of="children",
        columns=(
            Column("since", "变化日期", "date", width=12),
            Column("system", "外部系统", "code", SYSTEMS, 26),
            Column("number", "变化编号", "number", width=10),
            CHILD,
            SCHOOL,
            GRADE,
            CLASS_NO,
            Column("status", "变化后的就学状态", "code", ATTENDANCE_LABELS, 16),
            Column("state", "办理情况", "code", STATE_LABELS, 18),
            Column("settled", "回执或核销原因", width=24),
            Column("settled_by", "办理人", width=16),
        ),
        status_field="state",
        date_field="since",
        roles=KNOW_WHY,
        elements=Elements(
            field="changes", date="since", status="state", schools=("at_school",), school_field="changes_at"
        ),
    ),
)
