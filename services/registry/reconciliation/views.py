"""The queue of differences, the children without a student file, and the runs, as people ask for them."""

from services.registry.children.statuses import ATTENDANCE_LABELS, REGISTRATION_LABELS
from services.registry.ledgers.views import BIRTH, CHILD, DIVISION, ID_NUMBER, SCHOOL, SEX
from services.registry.reconciliation.people import PLACED
from services.registry.reconciliation.reasons import OWNER_LABELS, Family, reasons
from services.registry.reconciliation.resolving import KNOWN_HERE, SAME_PERSON
from services.registry.reconciliation.rows import OPEN, PRIORITY_LABELS, RESOLVED, STATUS_LABELS
from services.roles import KNOW_WHY
from shared.kernel.ledgers import Column, View

PRIORITY = Column("priority", "优先级", "code", PRIORITY_LABELS, 10)
FAMILY = Column("family", "比对结果", "code", reasons().families, 18)
REASON = Column("reason", "类别", "code", reasons().labels, 26)
OWNER = Column("owner", "责任单位", "code", OWNER_LABELS, 10)
PAPERS = Column("papers", "须附佐证", labels=reasons().paper, width=30)
DUE = Column("due_on", "办结期限", "date", width=12)
FOUND = Column("found_on", "发现日期", "date", width=12)
STATUS = Column("status", "状态", "code", STATUS_LABELS, 8)
OTHER = Column("other", "学籍所在学校", width=14)
REGISTRATION = Column("registration", "学籍状态", "code", REGISTRATION_LABELS, 12)
ATTENDANCE = Column("attendance", "就学状态", "code", ATTENDANCE_LABELS, 12)
CYCLE = Column("cycle", "第几次", "number", width=8)
WHO = (CHILD, SEX, BIRTH, ID_NUMBER, DIVISION, SCHOOL)
SETTLED = {KNOWN_HERE: "已登记", SAME_PERSON: "确认为同一人", PLACED: "已安置"}
FACTS = {**REGISTRATION_LABELS, **ATTENDANCE_LABELS, **SETTLED}
BY_URGENCY = ("priority", "due_on")
WHOLE_QUEUE = KNOW_WHY & reasons().roles_that_may_know_all

VIEWS = (
    View(
        name="differences",
        title="差异台账",
        of="differences",
        columns=(PRIORITY, FAMILY, REASON, *WHO, OTHER, OWNER, PAPERS, FOUND, DUE, ATTENDANCE, CYCLE, STATUS),
        where={"status": OPEN},
        status_field="reason",
        date_field="due_on",
        roles=WHOLE_QUEUE,
        order=BY_URGENCY,
    ),
    View(
        name="resolved-differences",
        title="已销号差异台账",
        of="differences",
        columns=(
            FAMILY,
            REASON,
            *WHO,
            FOUND,
            Column("resolved_on", "销号日期", "date", width=12),
            Column("resolved_by", "销号人", width=14),
            Column("fact", "销号事实", "code", FACTS, 14),
            Column("shown", "佐证材料", width=40),
            Column("holds_until", "有效至", "date", width=12),
        ),
        where={"status": RESOLVED},
        status_field="reason",
        date_field="resolved_on",
        roles=WHOLE_QUEUE,
        order=("resolved_on",),
    ),
    View(
        name="unregistered-children",
        title="无学籍适龄儿童名册",
        of="differences",
        columns=(REASON, *WHO, ATTENDANCE, PRIORITY, OWNER, PAPERS, FOUND, DUE),
        where={"status": OPEN, "family": Family.NO_REG.value},
        status_field="reason",
        date_field="found_on",
        roles=KNOW_WHY,
        order=("reason", *BY_URGENCY),
    ),
    View(
        name="reconciliation-runs",
        title="四查三比对记录",
        of="reconciliation-runs",
        columns=(
            Column("run_on", "比对日期", "date", width=12),
            Column("of_age", "适龄人口", "number", width=10),
            Column("registered", "有学籍", "number", width=10),
            Column("attending", "在校", "number", width=10),
            Column("differences", "差异", "number", width=8),
            Column("poor", "其中贫困户", "number", width=10),
            *(Column(f"count_{code}", label, "number", width=14) for code, label in reasons().labels.items()),
            Column("roster_new", "本期新增学生", "number", width=12),
            Column("roster_moved", "本期转校学生", "number", width=12),
            Column("run_by", "比对人", width=14),
        ),
        date_field="run_on",
        order=("run_on",),
    ),
)
