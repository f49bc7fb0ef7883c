"""School and class headcounts as people ask for them. Rules 8-05, 10-11."""

from services.registry.children.bases import KNOWN_ELSEWHERE, STANDING_LABELS
from services.registry.rosters.rows import CLASS_COUNTS, STATE_LABELS, TERM_ROSTERS
from shared.kernel.ledgers import Column, Join, View

SCHOOL = Column("school_row.name", "学校", width=26)
TERM = Column("term", "学期", width=14)
REGISTERED = Column("registered", "在籍人数", "number", width=10)
ACTUAL = Column("actual", "实际人数", "number", width=10)
SCHOOLS = (Join("school_row", "schools", "school_code"),)

KNOWN = tuple(
    Column(standing.value.lower(), STANDING_LABELS[standing], "number", width=10)
    for standing in sorted(KNOWN_ELSEWHERE)
)
"""Of whom the registry knows why they were not in class."""

ROSTER_VIEWS = (
    View(
        name="school-headcounts",
        title="学校人数核查台账",
        of=TERM_ROSTERS.name,
        columns=(
            SCHOOL,
            TERM,
            Column("frozen", "学期初在籍", "number", width=12),
            Column("taken_on", "学期初固定日期", "date", width=14),
            REGISTERED,
            ACTUAL,
            Column("differences", "差异人数", "number", width=10),
            Column("signed_off_on", "签字日期", "date", width=12),
            Column("changed_classes", "签字后变动的班级", width=24),
            Column("status", "核查状态", "code", STATE_LABELS, 26),
        ),
        joins=SCHOOLS,
        date_field="signed_off_on",
        order=("term", "school_code"),
    ),
    View(
        name="class-headcounts",
        title="班级人数核查台账",
        of=CLASS_COUNTS.name,
        columns=(
            SCHOOL,
            TERM,
            Column("grade", "年级", "number", width=6),
            Column("class_no", "班级", "number", width=6),
            REGISTERED,
            ACTUAL,
            *KNOWN,
            Column("missing", "其他在籍不在校", "number", width=14),
            Column("extra", "在校无学籍", "number", width=12),
            Column("explanations", "差异说明", width=40),
            Column("counted_on", "清点日期", "date", width=12),
            Column("status", "人籍是否一致", "code", {"EQUAL": "一致", "DIFFERENT": "不一致"}, 14),
        ),
        joins=SCHOOLS,
        date_field="counted_on",
        order=("term", "school_code", "grade", "class_no"),
    ),
)
