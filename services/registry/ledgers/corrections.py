"""The ledger of corrections as people ask for it; the township exports what it has to enter. Rule 3-13."""

from services.registry.corrections.fields import FIELD_LABELS
from services.registry.corrections.rows import CORRECTIONS_LEDGER
from services.registry.corrections.steps import STEP_LABELS, Step
from services.roles import KNOW_WHY
from shared.kernel.ledgers import Column, Join, View

NUMBER = Column("_id", "更正编号", width=58)
CHILD = Column("child.name", "姓名", width=10)
VALUES = (
    Column("field", "更正项目", "code", FIELD_LABELS, 12),
    Column("old_value", "原值", width=16),
    Column("new_value", "更正为", width=16),
    Column("old_number", "原证件号", "sealed", width=20, mask="resident-id", sealed_as="id_number"),
    Column("new_number", "更正后证件号", "sealed", width=20, mask="resident-id", sealed_as="id_number"),
)
BASIS = Column("basis", "依据", width=24)
DIVISION = Column("division", "户籍区划代码", width=14)
RECEIPT = Column("receipt", "录入回执编号", width=16)
ENTERED = Column("entered_in_national_system_on", "录入日期", "date", width=12)
JOINS = (Join("child", "children", "child_id"),)

CORRECTION_VIEWS = (
    View(
        name="corrections",
        title="信息更正台账",
        of=CORRECTIONS_LEDGER.name,
        columns=(
            NUMBER,
            CHILD,
            *VALUES,
            BASIS,
            DIVISION,
            Column("requested_on", "提出日期", "date", width=12),
            Column("village_reviewed_on", "村级核实日期", "date", width=12),
            Column("township_accepted_on", "乡镇受理日期", "date", width=12),
            ENTERED,
            RECEIPT,
            Column("confirmed_on", "确认日期", "date", width=12),
            Column("return_reason", "退回原因", width=20),
            Column("status", "办理状态", "code", STEP_LABELS, 24),
        ),
        joins=JOINS,
        roles=KNOW_WHY,
        date_field="requested_on",
        order=("requested_on",),
    ),
    View(
        name="corrections-to-enter",
        title="待录入国家系统更正清单",
        of=CORRECTIONS_LEDGER.name,
        columns=(NUMBER, CHILD, *VALUES, BASIS, DIVISION, ENTERED, RECEIPT),
        where={"status": Step.TOWNSHIP_ACCEPTED.value},
        joins=JOINS,
        roles=KNOW_WHY,
        date_field="requested_on",
        order=("requested_on",),
    ),
)
