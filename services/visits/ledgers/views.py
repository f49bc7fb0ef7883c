"""The ledgers as people ask for them."""

from services.roles import KNOW_WHY
from services.visits.ledgers import labels
from services.visits.ledgers.children import CHILDREN, SCHOOLS
from services.visits.ledgers.household_visits import HOUSEHOLD_VISITS
from services.visits.ledgers.persuasion_attempts import PERSUASION_ATTEMPTS
from services.visits.ledgers.photos import PHOTOS
from services.visits.ledgers.plans import PLANS
from services.visits.ledgers.posts import CLASS_TEACHER, POSTS, VILLAGE_CADRE
from services.visits.ledgers.stability_checks import STABILITY_CHECKS
from services.visits.plans.state import VisitStatus
from shared.calendar.lateness import LABELS as LATENESS
from shared.kernel.ledgers import Column, Join, View

CHILD = Join("child", CHILDREN.name, "child_id")
WHO = (
    Column("child.name", "姓名", width=10),
    Column("child.school_name", "学校", width=24),
    Column("child.class_name", "班级", width=10),
)
DUE_NOTE = Column("due_note", "期限说明", width=30)
CATEGORY = Column("child.category", "家庭类别", "code", labels.HOUSEHOLD_CATEGORY)
TASK = (
    Column("reason", "走访原因", "code", labels.REASON),
    Column("priority", "优先级", "code", labels.PRIORITY),
    Column("teacher", "责任人", width=10),
    Column("opened_on", "派发日期", "date"),
    Column("due_on", "限办日期", "date"),
    DUE_NOTE,
    Column("due_before", "调整前期限", "date"),
    Column("status", "办理状态", "code", labels.VISIT_STATUS),
)
ENTERED = (Column("entered_on", "登记日期", "date"), Column("lateness", "是否按期", "code", LATENESS))
FOUND = (
    Column("visited_on", "走访日期", "date"),
    *ENTERED,
    Column("people", "走访人员", width=24),
    Column("place", "走访地点", "code", labels.WHEREABOUTS),
    Column("cause", "未到校原因", "code", labels.CAUSE),
    Column("result", "走访结果", "code", labels.RESULT),
    Column("photo_count", "照片张数", "number"),
    Column("photos_reused", "重复使用照片张数", "number"),
    Column("recorded_by", "登记人"),
    Column("cancel_reason", "取消原因", "code", labels.END_REASON),
)
CLOSED_FOR = Column("closed_for", "销号原因", "code", labels.END_REASON)
PENDING = [status.value for status in VisitStatus if status.is_pending]

VISITS_VIEW = View(
    name="household-visits",
    title="走访任务台账",
    of=HOUSEHOLD_VISITS.name,
    columns=(*WHO, CATEGORY, Column("cycle", "轮次", "number"), *TASK, *FOUND),
    joins=(CHILD,),
    date_field="due_on",
    roles=KNOW_WHY,
    order=("due_on", "rank"),
)
UNASSIGNED_VIEW = View(
    name="unassigned-visits",
    title="未落实责任人走访任务台账",
    of=HOUSEHOLD_VISITS.name,
    columns=(*WHO, CATEGORY, *TASK),
    where={"unassigned": True, "status": {"$in": PENDING}},
    joins=(CHILD,),
    date_field="due_on",
    roles=KNOW_WHY,
    order=("due_on", "rank"),
)
ATTEMPTS_VIEW = View(
    name="persuasion-attempts",
    title="劝返记录台账",
    of=PERSUASION_ATTEMPTS.name,
    columns=(
        *WHO,
        Column("cycle", "轮次", "number"),
        Column("attempt_no", "第几次劝返", "number"),
        Column("method", "劝返方式", "code", labels.METHOD),
        Column("attempted_on", "劝返日期", "date"),
        Column("due_on", "限办日期", "date"),
        *ENTERED,
        Column("persons", "参加人员", width=24),
        Column("place", "地点", "code", labels.WHEREABOUTS),
        Column("result", "劝返结果", "code", labels.RESULT),
        Column("next_on", "下次联系日期", "date"),
        Column("photo_count", "照片张数", "number"),
        Column("photos_reused", "重复使用照片张数", "number"),
        Column("recorded_by", "登记人"),
    ),
    joins=(CHILD,),
    status_field="result",
    date_field="attempted_on",
    roles=KNOW_WHY,
)
PLANS_VIEW = View(
    name="persuasion-plans",
    title="劝返方案台账",
    of=PLANS.name,
    columns=(
        *WHO,
        CATEGORY,
        Column("status", "方案状态", "code", labels.PLAN_STATUS),
        Column("cycle", "轮次", "number"),
        Column("absent_since", "缺课开始日期", "date"),
        Column("attempts", "已劝返次数", "number"),
        Column("next_due", "下次劝返期限", "date"),
        DUE_NOTE,
        Column("last_attempt_on", "最近劝返日期", "date"),
        Column("last_result", "最近劝返结果", "code", labels.RESULT),
        Column("returned_on", "返校日期", "date"),
        Column("closed_on", "销号日期", "date"),
        CLOSED_FOR,
    ),
    joins=(CHILD,),
    date_field="opened_on",
    roles=KNOW_WHY,
)
TEAMS_VIEW = View(
    name="return-teams",
    title="“三帮一”台账",
    of=PLANS.name,
    columns=(
        *WHO,
        Column("teacher", "帮扶教师", width=10),
        Column("village_cadre", "帮扶村干部", width=10),
        Column("guardian", "监护人", width=10),
        Column("team_status", "小组状态", "code", labels.TEAM_STATUS),
        Column("team_cycle", "轮次", "number"),
        Column("status", "方案状态", "code", labels.PLAN_STATUS),
        CLOSED_FOR,
    ),
    where={"team_status": {"$exists": True}},
    joins=(CHILD,),
    status_field="team_status",
    date_field="opened_on",
    roles=KNOW_WHY,
)
STABILITY_VIEW = View(
    name="stability-checks",
    title="返校巩固台账",
    of=STABILITY_CHECKS.name,
    columns=(
        *WHO,
        Column("cycle", "轮次", "number"),
        Column("returned_on", "返校日期", "date"),
        Column("status", "巩固状态", "code", labels.RETURN_STATUS),
        Column("checks_planned", "应核查次数", "number"),
        Column("checks_done", "已核查次数", "number"),
        Column("checks_late", "逾期核查次数", "number"),
        Column("next_check_on", "下次核查日期", "date"),
        DUE_NOTE,
        Column("last_checked_on", "最近核查日期", "date"),
        Column("last_entered_on", "最近核查登记日期", "date"),
        Column("last_lateness", "最近核查是否按期", "code", LATENESS),
        Column("last_finding", "最近核查情况", "code", labels.FINDING),
        Column("ended_for", "终止原因", "code", labels.END_REASON),
    ),
    joins=(CHILD,),
    date_field="returned_on",
    roles=KNOW_WHY,
)
CLASS_TEACHERS_VIEW = View(
    name="class-teachers",
    title="班主任责任台账",
    of=POSTS.name,
    columns=(
        Column("at_school.name", "学校", width=24),
        Column("class_name", "班级"),
        Column("holder", "班主任"),
        Column("previous_holder", "原班主任"),
        Column("assigned_on", "落实日期", "date"),
    ),
    where={"kind": CLASS_TEACHER},
    joins=(Join("at_school", SCHOOLS.name, "school_code"),),
    status_field="",
    date_field="assigned_on",
    roles=KNOW_WHY,
)
VILLAGE_CADRES_VIEW = View(
    name="village-cadres",
    title="包村干部责任台账",
    of=POSTS.name,
    columns=(
        Column("village", "村（居）代码"),
        Column("holder", "包村干部"),
        Column("previous_holder", "原包村干部"),
        Column("assigned_on", "落实日期", "date"),
    ),
    where={"kind": VILLAGE_CADRE},
    status_field="",
    date_field="assigned_on",
    roles=KNOW_WHY,
)
PHOTOS_VIEW = View(
    name="photos",
    title="照片使用台账",
    of=PHOTOS.name,
    columns=(
        Column("photo", "照片指纹（SHA-256）", width=66),
        Column("status", "使用情况", "code", labels.PHOTO_STATUS, width=22),
        Column("uses", "使用次数", "number"),
        Column("first.name", "首次用于", width=10),
        Column("used_on", "最近使用日期", "date"),
        Column("uploaded_on", "上传日期", "date"),
        Column("uploaded_by", "上传人"),
    ),
    joins=(Join("first", CHILDREN.name, "first_child"),),
    date_field="used_on",
    roles=KNOW_WHY,
)

VIEWS = (
    VISITS_VIEW,
    UNASSIGNED_VIEW,
    ATTEMPTS_VIEW,
    PLANS_VIEW,
    TEAMS_VIEW,
    STABILITY_VIEW,
    CLASS_TEACHERS_VIEW,
    VILLAGE_CADRES_VIEW,
    PHOTOS_VIEW,
)
