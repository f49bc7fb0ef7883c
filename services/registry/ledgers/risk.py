"""Children at risk and helped pupils: their files, who has no plan yet, who helps whom. Rules 5-02, 5-12 and 10-06."""

from collections.abc import Sequence
from dataclasses import replace

from services.registry.children.bases import PUPILS, at_a_school
from services.registry.groups.catalogue import catalogue
from services.registry.ledgers.views import (
    BY_CLASS,
    CATEGORY,
    CHILD,
    CLASS_NO,
    GRADE,
    GROUPS,
    GUARDIAN,
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

KNOW_THE_PLAN = catalogue().roles_that_know_the_plan
KNOWN_GROUPS = replace(GROUPS, only=catalogue().known_with_the_plan)
DIFFICULTIES = replace(GROUPS, heading="困难类型", only=frozenset(catalogue().difficulties))
HELPER = Column("helper", "结对教师", width=10)
PLAN = (
    HELPER,
    Column("psychological_help", "心理激励措施", width=24),
    Column("academic_help", "学业帮扶措施", width=24),
    Column("plan_set_on", "建案日期", "date", width=12),
    Column("plan_review_on", "复查日期", "date", width=12),
)


def _pupils_of(groups: Sequence[str]) -> Document:
    """The pupils of a poor household or of one of the groups."""
    return {"$or": [{"category": {"$in": POOR}}, {"groups": {"$in": groups}}]} | at_a_school(PUPILS)


AT_RISK = _pupils_of(catalogue().at_risk)
ASSISTED = _pupils_of(catalogue().difficulties)
WITH_A_PLAN = _pupils_of(catalogue().with_a_plan)

RISK_VIEWS = (
    View(
        name="at-risk-children",
        title="易辍生档案",
        of="children",
        columns=(*PUPIL, TEACHER, KNOWN_GROUPS, CATEGORY, *PLAN, GUARDIAN, PHONE, STATUS, RELAPSES),
        where=AT_RISK,
        roles=KNOW_THE_PLAN,
        date_field="plan_review_on",
        order=BY_CLASS,
    ),
    View(
        name="at-risk-without-plan",
        title="未建一人一案的易辍生名单",
        of="children",
        columns=(*PUPIL, TEACHER, KNOWN_GROUPS, CATEGORY, STATUS),
        where=AT_RISK | {"helper": None},
        roles=KNOW_THE_PLAN,
        order=BY_CLASS,
    ),
    View(
        name="assisted-students",
        title="被帮扶学生信息库",
        of="children",
        columns=(*PUPIL, TEACHER, DIFFICULTIES, CATEGORY, *PLAN, GUARDIAN, PHONE, STATUS),
        where=ASSISTED,
        roles=KNOW_THE_PLAN,
        date_field="plan_review_on",
        order=BY_CLASS,
    ),
    View(
        name="helped-children",
        title="结对帮扶名单",
        of="children",
        columns=(CHILD, SCHOOL, GRADE, CLASS_NO, HELPER),  # it is published: nothing of why
        where=WITH_A_PLAN | {"helper": {"$gt": ""}},
        order=BY_CLASS,
    ),
)
