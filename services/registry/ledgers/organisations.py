"""The leading groups of county, townships and schools as people ask for them."""

from services.registry.organisations.departments import bureau
from services.registry.organisations.posts import Line, post_labels, posts
from services.registry.organisations.rows import LEADING_POSTS
from shared.kernel.ledgers import Column, View

LINE_LABELS = {Line.NONE.value: "", Line.PARTY.value: "党", Line.GOVERNMENT.value: "政"}

ORGANISATION_VIEWS = (
    View(
        name="leading-groups",
        title="控辍保学领导小组成员台账",
        of=LEADING_POSTS.name,
        columns=(
            Column("level", "级别", "code", {level.value: label for level, label in posts().level.items()}, 22),
            Column("owner_name", "单位", width=26),
            Column("post", "职务", "code", post_labels(), 20),
            Column("line", "党政", "code", LINE_LABELS, 6),
            Column("department", "股室", "code", {"": "", **bureau().department}, 12),
            Column("grade", "年级", "number", width=6),
            Column("class_no", "班级", "number", width=6),
            Column("name", "姓名", width=10),
            Column("filled_on", "任职日期", "date", width=12),
        ),
        status_field="level",
        date_field="filled_on",
        order=("level", "owner_code", "post", "grade", "class_no"),
    ),
)
