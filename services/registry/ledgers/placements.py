"""Where disabled children learn, as people ask for it; and who waits for a placement. Rule 10-08."""

from services.registry.children.statuses import ENDED, Attendance
from services.registry.groups.catalogue import catalogue
from services.registry.ledgers.views import BY_CLASS, DIVISION, GUARDIAN, PHONE, PUPIL, STATUS, TEACHER
from services.registry.placements.kinds import placement_labels
from shared.kernel.ledgers import Column, View

PLACEMENT = Column("placement", "安置方式", "code", {"": "", **placement_labels()}, 16)
PLACED = Column("placed_on", "安置日期", "date", width=12)
REVIEW = (
    Column("reviewed_on", "最近复评日期", "date", width=12),
    Column("review_by", "下次复评期限", "date", width=12),
    Column("review_missed", "逾期未复评", "code", {"": "", "true": "是", "false": "否"}, 10),
)
HOME_TEACHER = Column("home_teacher", "送教教师", width=10)
AUDIENCE = catalogue().audiences["COUNTY_LISTS"]
OVER = sorted(status.value for status in ENDED)

PLACEMENT_VIEWS = (
    View(
        name="placements",
        title="残疾学生安置台账",
        of="children",
        columns=(*PUPIL, DIVISION, GUARDIAN, PLACEMENT, PLACED, HOME_TEACHER, *REVIEW, STATUS),
        where={"placement": {"$in": list(placement_labels())}, "status": {"$nin": OVER}},
        status_field="placement",
        roles=AUDIENCE,
        date_field="placed_on",
        order=BY_CLASS,
    ),
    View(
        name="home-teaching",
        title="送教上门台账",
        of="children",
        columns=(*PUPIL, GUARDIAN, PHONE, DIVISION, HOME_TEACHER, PLACEMENT, PLACED, *REVIEW),
        where={"status": Attendance.HOME_TEACHING.value},
        status_field="placement",
        roles=AUDIENCE,
        date_field="placed_on",
        order=BY_CLASS,
    ),
    View(
        name="disabled-without-placement",
        title="待安置残疾儿童名单",
        of="children",
        columns=(*PUPIL, DIVISION, GUARDIAN, PHONE, TEACHER, STATUS),
        where={"groups": "DISABLED", "placement": None, "status": {"$nin": OVER}},
        roles=AUDIENCE,
        order=BY_CLASS,
    ),
)
