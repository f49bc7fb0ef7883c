"""Why a batch may be turned down."""

from shared.kernel.refusals import Kind, Refused
from shared.money import yuan


class BatchAlreadyStarted(Refused):
    code = "batch-already-started"

    def __init__(self) -> None:
        super().__init__("该批次已经存在。", "the batch exists already", field="batch_id")


class PeriodNotBegun(Refused):
    code = "period-not-begun"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("该学期尚未开始，不能编制发放批次。", "the term has not begun", field="period")


class PeriodBeforeProgramme(Refused):
    code = "period-before-programme"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "该学期早于资助项目的起始学期。", "the term lies before the programme's first", field="period"
        )


class BatchNotIn(Refused):
    """The step does not fit where the batch stands."""

    code = "batch-not-in-this-step"

    def __init__(self, needed: str, needed_zh: str) -> None:
        super().__init__(f"批次不处于“{needed_zh}”状态，不能办理此步骤。", f"the batch must be {needed} for this step")


class BatchIsEmpty(Refused):
    code = "batch-is-empty"

    def __init__(self) -> None:
        super().__init__("批次中没有可发放的明细。", "the batch holds no line to pay")


class TotalsDiffer(Refused):
    """What the approver saw is not what the batch holds."""

    code = "totals-differ"

    def __init__(self, lines: int, total_fen: int) -> None:
        super().__init__(
            f"批次现有{lines}人、合计{yuan(total_fen)}元，与您核对的人数或金额不一致，请重新核对。",
            f"the batch holds {lines} lines, {total_fen} fen in total",
            field="total_fen",
        )


class LineNotSent(Refused):
    code = "line-not-sent"

    def __init__(self) -> None:
        super().__init__(
            "回盘明细不在已送银行的明细之中，或金额不符。", "the line was not sent, or for another amount"
        )
