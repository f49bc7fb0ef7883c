"""Children at risk: their files, who has no plan yet, and who helps whom. Rules 5-12 and 10-06."""

from services.registry.groups.catalogue import catalogue
from services.registry.ledgers.views import (
    BY_CLASS,
    CATEGORY,
    CHILD,
    CLASS_NO,
    GRADE,
    GROUPS,
    GUARDIAN,
    ON_THE_ROSTER,
    PHONE,
    POOR,
    PUPIL,
    RELAPSES,
    SCHOOL,
    STATUS,
    TEACHER,
)
from shared.kernel.ledgers import Column, View
from shared.kernel.store import Document

KNOW_THE_RISK = catalogue().roles_that_know_the_risk
HELPER = Column("helper", "结对教师", width=10)
PLAN = (
    HELPER,
    Column("psychological_help", "心理激励措施", width=24),
    Column("academic_help", "学业帮扶措施", width=24),
    Column("plan_set_on", "建案日期", "date", width=12),
    Column("plan_review_on", "复查日期", "date", width=12),
)
AT_RISK: Document = {
    "$or": [{"category": {"$in": POOR}}, {"groups": {"$in": catalogue().at_risk}}],
    "status": {"$in": [status.value for status in ON_THE_ROSTER]},
}

RISK_VIEWS = (
    View(
        name="at-risk-children",
        title="易辍生档案",
        of="children",
        columns=(*PUPIL, TEACHER, GROUPS, CATEGORY, *PLAN, GUARDIAN, PHONE, STATUS, RELAPSES),
        where=AT_RISK,
        roles=KNOW_THE_RISK,
        date_field="plan_review_on",
        order=BY_CLASS,
    ),
    View(
        name="at-risk-without-plan",
        title="未建一人一案的易辍生名单",
        of="children",
        columns=(*PUPIL, TEACHER, GROUPS, CATEGORY, STATUS),
        where=AT_RISK | {"helper": None},
        roles=KNOW_THE_RISK,
        order=BY_CLASS,
    ),
    View(
        name="helped-children",
        title="结对帮扶名单",
        of="children",
        columns=(CHILD, SCHOOL, GRADE, CLASS_NO, HELPER),  # it is published: nothing of why
        where=AT_RISK | {"helper": {"$gt": ""}},
        order=BY_CLASS,
    ),
)
