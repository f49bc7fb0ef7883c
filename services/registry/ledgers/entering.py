"""Who must come to school and has not, who was told to, and who sits in class without a student file."""

from services.registry.children.statuses import Attendance, Registration
from services.registry.entering.events import FINDING_LABELS
from services.registry.ledgers.views import (
    ATTEMPTS,
    BIRTH,
    BY_CLASS,
    CATEGORY,
    CHILD,
    DIVISION,
    GUARDIAN,
    PHONE,
    PUPIL,
    RESULT_LABELS,
    SEX,
    STATUS,
    TEACHER,
)
from services.roles import KNOW_CHILDREN, KNOW_WHY
from shared.kernel.ledgers import Column, View

NOTICE = (
    Column("notice_no", "通知书编号", width=16),
    Column("notice_school", "应报到学校", width=24),
    Column("notice_on", "发放日期", "date", width=12),
    Column("report_by", "报到期限", "date", width=12),
)

ENTERING_VIEWS = (
    View(
        name="not-enrolled",
        title="适龄未入学儿童台账",
        of="children",
        columns=(
            CHILD,
            SEX,
            BIRTH,
            DIVISION,
            GUARDIAN,
            PHONE,
            CATEGORY,
            *NOTICE,
            Column("sought_on", "查明失学日期", "date", width=12),
            Column("finding", "查明途径", "code", FINDING_LABELS, 12),
            Column("absent_since", "应入学未入学起", "date", width=14),
            ATTEMPTS,
            Column("last_result", "最近劝返结果", "code", RESULT_LABELS, 12),
            STATUS,
        ),
        where={"status": Attendance.NEVER_ENROLLED.value},
        roles=KNOW_WHY,
        date_field="birth_date",
        order=("birth_date",),
    ),
    View(
        name="enrolment-notices",
        title="入学通知书发放台账",
        of="children",
        columns=(CHILD, SEX, BIRTH, DIVISION, GUARDIAN, *NOTICE, Column("school_name", "入学学校", width=24), STATUS),
        where={"notice_no": {"$gt": ""}},
        roles=KNOW_CHILDREN,
        date_field="notice_on",
        order=("notice_on",),
    ),
    View(
        name="registration-gaps",
        title="在校未注册学籍学生台账",
        of="children",
        columns=(
            *PUPIL,
            TEACHER,
            Column("gap_reason", "未注册原因", width=24),
            Column("certificate", "在校证明编号", width=16),
            Column("gap_on", "发现日期", "date", width=12),
            Column("complete_by", "补注册期限", "date", width=12),
            STATUS,
        ),
        where={"gap_on": {"$gt": ""}, "registration": Registration.NONE.value},
        roles=KNOW_CHILDREN,
        date_field="gap_on",
        order=BY_CLASS,
    ),
)
