"""Whereabouts, leavers and the step to junior school as people ask for them. Rules 7-05, 9-08, 9-09."""

from services.registry.children.statuses import ENDED, Attendance
from services.registry.leaving.rows import HAND_OVER_LABELS
from services.registry.ledgers.views import BY_CLASS, DIVISION, GUARDIAN, PHONE, PUPIL, REGISTRATION, STATUS
from services.roles import KNOW_CHILDREN, KNOW_WHY
from shared.kernel.ledgers import Column, View

WHEREABOUTS = Column("whereabouts", "去向", width=30)
LEFT = sorted(status.value for status in ENDED - {Attendance.MERGED})
NOT_HERE = [Attendance.MERGED.value, Attendance.DECEASED.value]

WHEREABOUTS_VIEWS = (
    View(
        name="whereabouts",
        title="适龄儿童去向台账",
        of="children",
        columns=(
            *PUPIL,
            DIVISION,
            GUARDIAN,
            WHEREABOUTS,
            Column("found_on", "查明去向日期", "date", width=12),
            Column("found_at", "查明时所在", width=24),
            STATUS,
        ),
        where={"status": {"$nin": NOT_HERE}},
        roles=KNOW_CHILDREN,
        order=BY_CLASS,
    ),
    View(
        name="untraceable-children",
        title="去向不明儿童台账",
        of="children",
        columns=(
            *PUPIL,
            DIVISION,
            GUARDIAN,
            PHONE,
            Column("lost_on", "去向不明日期", "date", width=12),
            Column("last_seen", "最后下落", width=24),
            Column("investigators", "调查人", width=16),
            Column("stubs", "各级存根（级别 编号 日期）", width=40),
            Column("rechecked_on", "最近复查日期", "date", width=12),
            Column("recheck", "本月复查", "code", {"": "", "MISSED": "逾期未复查"}, 12),
        ),
        where={"status": Attendance.UNTRACEABLE.value},
        roles=KNOW_WHY,
        date_field="lost_on",
        order=("lost_on",),
    ),
    View(
        name="elsewhere-learners",
        title="外地就读儿童台账",
        of="children",
        columns=(
            *PUPIL,
            DIVISION,
            GUARDIAN,
            Column("elsewhere", "就读地（省市县）", width=24),
            Column("elsewhere_school", "就读学校", width=24),
            Column("elsewhere_grade", "就读年级", "number", width=10),
            Column("out_of_province", "是否省外", "code", {"true": "省外", "false": "省内县外"}, 10),
            Column("verifier", "核实人", width=10),
            Column("elsewhere_on", "核实日期", "date", width=12),
        ),
        where={"status": Attendance.ELSEWHERE_CONFIRMED.value},
        roles=KNOW_CHILDREN,
        date_field="elsewhere_on",
        order=("elsewhere_on",),
    ),
    View(
        name="junior-school-hand-over",
        title="小升初衔接台账",
        of="children",
        columns=(
            *PUPIL,
            DIVISION,
            GUARDIAN,
            PHONE,
            Column("primary_completed_on", "小学毕业日期", "date", width=12),
            Column("next_school_name", "升入学校", width=24),
            Column("hand_over", "报到情况", "code", HAND_OVER_LABELS, 10),
            STATUS,
        ),
        where={"hand_over": {"$in": list(HAND_OVER_LABELS)}},
        status_field="hand_over",
        roles=KNOW_CHILDREN,
        date_field="primary_completed_on",
        order=("next_school_code",),
    ),
    View(
        name="leavers",
        title="离校学生名册",
        of="children",
        columns=(
            *PUPIL,
            DIVISION,
            Column("certificate_no", "毕业（结业）证书编号", width=20),
            Column("graduated_on", "毕业日期", "date", width=12),
            Column("died_on", "死亡日期", "date", width=12),
            Column("country", "去往国家（地区）", width=14),
            Column("declared_missing_on", "宣告失踪日期", "date", width=12),
            REGISTRATION,
            STATUS,
        ),
        where={"status": {"$in": LEFT}},
        roles=KNOW_WHY,
        order=BY_CLASS,
    ),
)
