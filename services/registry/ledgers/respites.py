"""Time away by right as people ask for it: who may stay away until when, and what waits for township or county."""

from services.registry.children.statuses import ATTENDANCE_LABELS
from services.registry.respites.kinds import STAGE_LABELS, WORDS, RespiteKind, Stage
from services.registry.respites.rows import RESPITES_LEDGER
from services.roles import KNOW_WHY
from shared.kernel.ledgers import Column, Join, View

CHILD = (
    Column("child.name", "姓名", width=10),
    Column("child.birth_date", "出生日期", "date", width=12),
    Column("child.school_name", "学校", width=22),
)
KIND = Column("kind", "事项", "code", {kind.value: words.label for kind, words in WORDS.items()}, 10)
SPAN = (
    Column("renewal", "续办", "code", {"true": "是", "false": "否"}, 6),
    Column("from_on", "开始日期", "date", width=12),
    Column("until", "期满日期", "date", width=12),
)
STEPS = (
    Column("application_id", "申请编号", width=30),
    Column("applied_on", "申请日期", "date", width=12),
    Column("approved_on", "批准日期", "date", width=12),
    Column("filing_number", "备案号", width=16),
    Column("filed_on", "备案日期", "date", width=12),
)
REMIND = (
    Column("remind_on", "提醒日期", "date", width=12),
    Column("remind_on_note", "提醒日期说明", width=30),
)
STATUS = Column("status", "办理状态", "code", STAGE_LABELS, 22)
NOW = Column("child.status", "现就学状态", "code", ATTENDANCE_LABELS, 12)
SOON = Column("ends_soon", "临近期满", "code", {"true": "是", "false": "否"}, 8)
ENDED = (
    Column("resumed_on", "复学日期", "date", width=12),
    Column("expired_on", "逾期日期", "date", width=12),
)
JOINS = (Join("child", "children", "child_id"),)


def _of(kind: RespiteKind, name: str, title: str, *ended: Column) -> View:
    return View(
        name=name,
        title=title,
        of=RESPITES_LEDGER.name,
        columns=(*CHILD, *SPAN, *STEPS, STATUS, NOW, SOON, *REMIND, *ended),
        where={"kind": kind.value},
        joins=JOINS,
        roles=KNOW_WHY,
        date_field="until",
        order=("until",),
    )


RESPITE_VIEWS = (
    _of(RespiteKind.DEFERRAL, "deferrals", "延缓入学台账", ENDED[1]),
    _of(RespiteKind.SUSPENSION, "suspensions", "休学台账", *ENDED),
    View(
        name="respites-to-decide",
        title="延缓入学、休学待批准待备案清单",
        of=RESPITES_LEDGER.name,
        columns=(KIND, *CHILD, *SPAN, *STEPS, STATUS),
        where={"status": {"$in": [Stage.APPLIED.value, Stage.APPROVED.value]}},
        joins=JOINS,
        roles=KNOW_WHY,
        date_field="applied_on",
        order=("applied_on",),
    ),
)
