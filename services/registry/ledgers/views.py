"""The ledgers (台账) that the county asks for by name."""

from services.registry.attendance.marks import MARK_LABELS
from services.registry.children.bases import HERE, PUPILS, STILL_TO_LEARN, at_a_school, counted_in
from services.registry.children.statuses import ATTENDANCE_LABELS, REGISTRATION_LABELS, Attendance
from services.registry.groups.catalogue import catalogue
from services.registry.households.categories import CATEGORY_LABELS, HouseholdCategory
from services.roles import KNOW_CHILDREN, KNOW_WHY
from shared.kernel.ledgers import Column, Join, View

CHILD = Column("name", "姓名", width=10)
RESULT_LABELS = {"AGREED": "同意返校", "REFUSED": "拒绝返校", "UNDECIDED": "尚未答复", "NOT_REACHED": "未能联系上"}
SEX = Column("sex", "性别", "code", {"M": "男", "F": "女"}, 6)
BIRTH = Column("birth_date", "出生日期", "date", width=12)
SCHOOL = Column("school_name", "学校", width=22)
GRADE = Column("grade", "年级", "number", width=6)
CLASS_NO = Column("class_no", "班级", "number", width=6)
BOARDER = Column("boarder", "寄宿", "code", {"true": "是", "false": "否"}, 6)
ID_NUMBER = Column("id_number", "身份证号", "sealed", width=20, mask="resident-id")
STUDENT_NUMBER = Column("student_number", "学籍号", "sealed", width=21, mask="student-number")
PHONE = Column("guardian_phone", "监护人电话", "sealed", width=13, mask="mobile")
TEACHER = Column("class_teacher", "班主任", width=10)
GUARDIAN = Column("guardian_name", "监护人", width=10)
HOUSEHOLD = Column("household_no", "户编号", width=14)
CATEGORY = Column("category", "困难类别", "code", CATEGORY_LABELS, 14)
DIVISION = Column("division", "户籍区划代码", width=14)
STATUS = Column("status", "就学状态", "code", ATTENDANCE_LABELS, 12)
REGISTRATION = Column("registration", "学籍状态", "code", REGISTRATION_LABELS, 12)
ABSENT_SINCE = Column("absent_since", "缺勤开始", "date", width=12)
CYCLE = Column("cycle", "第几轮", "number", width=8)
RELAPSES = Column("relapses", "反复次数", "number", width=8)
ATTEMPTS = Column("attempts", "劝返次数", "number", width=8)

PUPIL = (CHILD, SEX, BIRTH, SCHOOL, GRADE, CLASS_NO)
BY_CLASS = ("school", "grade", "class_no")
GROUPS = Column("groups", "重点群体", labels=catalogue().labels, width=24)
POOR = [category.value for category in HouseholdCategory if category.is_poor]

VIEWS = (
    View(
        name="school-age-children",
        title="适龄儿童台账",
        of="children",
        columns=(*PUPIL, ID_NUMBER, BOARDER, DIVISION, HOUSEHOLD, GUARDIAN, CATEGORY, REGISTRATION, STATUS),
        where=counted_in(HERE),
        roles=KNOW_CHILDREN,
        date_field="birth_date",
        order=BY_CLASS,
    ),
    View(
        name="class-rosters",
        title="在校生花名册",
        of="children",
        columns=(*PUPIL, STUDENT_NUMBER, BOARDER, TEACHER, GUARDIAN, PHONE),  # a class hangs it out: nothing of why
        where=at_a_school(PUPILS),
        roles=KNOW_CHILDREN,
        date_field="enrolled_on",
        order=BY_CLASS,
    ),
    View(
        name="absent-students",
        title="缺勤请假台账",
        of="children",
        columns=(
            *PUPIL,
            TEACHER,
            STATUS,
            ABSENT_SINCE,
            Column("leave_on", "最近请假日期", "date", width=12),
            Column("leave_kind", "请假类型", "code", MARK_LABELS, 10),
        ),
        where={
            "$or": [
                {"status": {"$in": [Attendance.ABSENT_UNEXCUSED.value, Attendance.ON_APPROVED_LEAVE.value]}},
                {"status": Attendance.RETURNED_PROBATION.value, "absent_since": {"$ne": None}},
            ]
        },
        roles=KNOW_WHY,
        date_field="absent_since",
        order=BY_CLASS,
    ),
    View(
        name="suspected-dropouts",
        title="疑似辍学学生台账",
        of="children",
        columns=(
            *PUPIL,
            TEACHER,
            CATEGORY,
            ABSENT_SINCE,
            Column("suspected_on", "列为疑似日期", "date", width=12),
            ATTEMPTS,
            Column("last_result", "最近劝返结果", "code", RESULT_LABELS, 12),
            RELAPSES,
            CYCLE,
        ),
        where={"status": Attendance.SUSPECTED_DROPOUT.value},
        roles=KNOW_WHY,
        date_field="suspected_on",
        order=BY_CLASS,
    ),
    View(
        name="dropouts",
        title="辍学学生台账",
        of="children",
        columns=(
            *PUPIL,
            TEACHER,
            CATEGORY,
            ABSENT_SINCE,
            Column("dropped_out_on", "确认辍学日期", "date", width=12),
            Column("cause", "辍学原因", width=20),
            ATTEMPTS,
            REGISTRATION,
            CYCLE,
        ),
        where={"status": Attendance.DROPPED_OUT.value},
        roles=KNOW_WHY,
        date_field="dropped_out_on",
        order=BY_CLASS,
    ),
    View(
        name="dropout-marks",
        title="学籍系统辍学标注台账",
        of="children",
        columns=(
            *PUPIL,
            TEACHER,
            Column("dropped_out_on", "确认辍学日期", "date", width=12),
            Column("marked", "已标注", "code", {"true": "是", "false": "待标注"}, 8),
            Column("marked_on", "标注日期", "date", width=12),
            Column("mark_receipt", "标注回执", width=16),
            Column("returned_on", "返校日期", "date", width=12),
            STATUS,
        ),
        where={"$or": [{"status": Attendance.DROPPED_OUT.value}, {"marked": True}]},
        roles=KNOW_WHY,
        date_field="dropped_out_on",
        order=BY_CLASS,
    ),
    View(
        name="returned-probation",
        title="返校观察台账",
        of="children",
        columns=(
            *PUPIL,
            TEACHER,
            CATEGORY,
            Column("away_since", "离校日期", "date", width=12),
            Column("returned_on", "返校日期", "date", width=12),
            ABSENT_SINCE,
            RELAPSES,
            CYCLE,
        ),
        where={"status": Attendance.RETURNED_PROBATION.value},
        roles=KNOW_WHY,
        date_field="returned_on",
        order=BY_CLASS,
    ),
    View(
        name="poor-children",
        title="贫困适龄儿童台账",
        of="children",
        columns=(
            CHILD,
            SEX,
            BIRTH,
            HOUSEHOLD,
            CATEGORY,
            Column("category_from", "认定日期", "date", width=12),
            Column("category_source", "认定来源", width=20),
            Column("category_evidence", "认定文号", width=20),
            GUARDIAN,
            SCHOOL,
            GRADE,
            CLASS_NO,
            BOARDER,
            STATUS,
        ),
        where={"category": {"$in": POOR}} | counted_in(STILL_TO_LEARN),
        roles=KNOW_CHILDREN,
        date_field="category_from",
        order=BY_CLASS,
    ),
    View(
        name="left-behind-boarding",
        title="留守儿童寄宿优先名单",
        of="children",
        columns=(
            *PUPIL,
            BOARDER,
            Column("boarding.boarding_places", "学校寄宿床位", "number", width=12),
            CATEGORY,
            GUARDIAN,
            PHONE,
            DIVISION,
        ),
        joins=(Join("boarding", "schools", "school"),),
        where={"groups": "LEFT_BEHIND", "boarder": False} | at_a_school(PUPILS),
        roles=catalogue().audiences["COUNTY_LISTS"],
        order=("school", "category", "grade", "class_no"),
    ),
)
