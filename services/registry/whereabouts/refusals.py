"""What stands against a report on a child's whereabouts."""

from services.registry.whereabouts.events import LEVEL_LABELS, Level
from shared.kernel.refusals import Kind, Refused


class InvestigatorMissing(Refused):
    code = "investigator-missing"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "调查报告须有至少一名调查人签名，请填写调查人。",
            "at least one investigator must sign",
            field="investigators",
        )


class NotUntraceable(Refused):
    code = "not-untraceable"

    def __init__(self) -> None:
        super().__init__("该生目前不是“去向不明”状态，无需办理。", "the child is not untraceable")


class StubOutOfOrder(Refused):
    """Reports go up one level at a time."""

    code = "stub-out-of-order"

    def __init__(self, following: Level) -> None:
        super().__init__(
            f"应逐级上报，下一个留存存根的是{LEVEL_LABELS[following]}。",
            f"the next stub is that of {following}",
            field="level",
        )
