"""The queue of files that may be one child's, as people ask for it."""

from services.registry.children.statuses import ATTENDANCE_LABELS
from services.registry.duplicates.events import RESOLUTION_LABELS
from services.registry.duplicates.rows import DUPLICATES
from services.registry.duplicates.weights import weights
from services.roles import KNOW_WHY
from shared.kernel.ledgers import Column, Join, View


def _of(join: str, number: str) -> tuple[Column, ...]:
    return (
        Column(f"{join}.name", f"{number}姓名", width=10),
        Column(f"{join}.birth_date", f"{number}出生日期", "date", width=12),
        Column(f"{join}.id_number", f"{number}身份证号", "sealed", width=20, mask="resident-id"),
        Column(f"{join}.guardian_name", f"{number}监护人", width=10),
        Column(f"{join}.school_name", f"{number}学校", width=22),
        Column(f"{join}.status", f"{number}就学状态", "code", ATTENDANCE_LABELS, 14),
    )


DUPLICATE_VIEWS = (
    View(
        name="duplicates",
        title="疑似重复档案台账",
        of=DUPLICATES.name,
        columns=(
            Column("level", "可能程度", "code", weights().level, 10),
            Column("agreements", "相符之处", "code", weights().labels(against=False), 40),
            Column("disagreements", "不符之处", "code", weights().labels(against=True), 24),
            *_of("first", "档案一"),
            *_of("second", "档案二"),
            Column("found_on", "发现日期", "date", width=12),
            Column("status", "核查结果", "code", RESOLUTION_LABELS, 16),
            Column("resolution_reason", "核查说明", width=24),
        ),
        joins=(Join("first", "children", "child_id"), Join("second", "children", "other_id")),
        roles=KNOW_WHY,
        date_field="found_on",
        order=("level", "found_on"),
    ),
)
