"""The ledger of movements (学生变动台账): one line each, out of the children's rows. Rules 7-11, 11-04."""

from services.registry.children.statuses import Attendance
from services.registry.ledgers.views import BIRTH, CHILD, CLASS_NO, GRADE, SEX
from services.registry.movements.kinds import movements
from services.roles import KNOW_WHY
from shared.kernel.ledgers import Column, Elements, Join, View

KIND = Column("kind", "变动类别", "code", movements().labels, 14)
DAY = Column("on", "变动日期", "date", width=12)
FROM = Column("left.name", "原学校", width=22)
TO = Column("entered.name", "现学校", width=22)
SCHOOLS = (Join("left", "schools", "from"), Join("entered", "schools", "to"))
MOVES = Elements(field="moves", date="on", status="kind", schools=("from", "to"), school_field="been_at")

MOVEMENT_VIEWS = (
    View(
        name="movements",
        title="学生变动台账",
        of="children",
        columns=(
            DAY,
            KIND,
            CHILD,
            SEX,
            BIRTH,
            FROM,
            TO,
            GRADE,
            CLASS_NO,
            Column("paper", "佐证材料", width=24),
            Column("by", "登记人", width=16),
        ),
        where={"status": {"$ne": Attendance.MERGED.value}},
        joins=SCHOOLS,
        roles=KNOW_WHY,
        status_field="kind",
        date_field="on",
        elements=MOVES,
    ),
)
