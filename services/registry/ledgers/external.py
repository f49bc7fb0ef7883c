"""Which systems outside wait to be told of a child, beside what they were told last. Rules 11-06 and 11-17."""

from services.registry.external.systems import systems
from services.registry.ledgers.views import BY_CLASS, CATEGORY, DIVISION, PUPIL, STATUS
from services.roles import KNOW_WHY
from shared.kernel.ledgers import Column, View

EXTERNAL_VIEWS = (
    View(
        name="external-updates-due",
        title="待更新外部系统清单",
        of="children",
        columns=(
            *PUPIL,
            DIVISION,
            CATEGORY,
            Column("to_tell", "待更新系统", labels={code: each.label for code, each in systems().items()}, width=30),
            STATUS,
            Column("told_in_words", "上次填报", width=50),
        ),
        where={"to_tell": {"$in": list(systems())}},
        status_field="to_tell",
        roles=KNOW_WHY,
        order=BY_CLASS,
    ),
)
