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


class NotAReturnFile(Refused):
    code = "not-a-return-file"
    kind = Kind.INVALID

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"无法读取回盘文件：{zh}。", f"the return file cannot be read: {en}", field="file")


class ReturnTotalsDiffer(Refused):
    """A total of the file is not that of its lines: lines may be missing, so none is booked."""

    code = "return-totals-differ"
    kind = Kind.INVALID

    def __init__(self, place: str, told: tuple[int | None, int | None], found: tuple[int, int]) -> None:
        count, fen = told
        parts = (f"{count}笔" if count is not None else "", f"{yuan(fen)}元" if fen is not None else "")
        said = "、".join(filter(None, parts))
        super().__init__(
            f"{place}的合计为{said}，其上明细为{found[0]}笔、{yuan(found[1])}元，两者不符，文件可能不完整，"
            "因此一笔也没有入账。请向银行索取完整的回盘文件后重新导入。",
            "a total of the return file is not the sum of its lines; nothing was booked",
            field="file",
        )


class TotalNotReadable(Refused):
    """A line says that it is a total, and neither a count nor a sum can be read from it."""

    code = "return-total-not-readable"
    kind = Kind.INVALID

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place}是合计行，但读不出笔数和金额，无法核对文件是否完整，因此一笔也没有入账。"
            "请对照银行原件补上合计金额后重新导入。",
            "a total line of the return file holds neither a count nor a sum; nothing was booked",
            field="file",
        )


class BankLayoutsNotValid(Refused):
    """The county's own file of layouts cannot be read, so nothing is sent or booked by another."""

    code = "bank-layouts-not-valid"

    def __init__(self, fault: str) -> None:
        super().__init__(
            "本县的银行文件格式配置（NOL_BANK_LAYOUTS_FILE）无法读取，暂不能生成银行文件或导入回盘，请联系系统管理员。",
            f"NOL_BANK_LAYOUTS_FILE: {fault}",
        )


class LineNotAnswered(Refused):
    code = "line-not-answered"

    def __init__(self, seq: int) -> None:
        super().__init__(
            f"序号{seq}还没有回盘结果，请直接导入回盘文件。", f"line {seq} has no answer yet: send the return file"
        )


class AnswerAlreadyBooked(Refused):
    code = "answer-already-booked"

    def __init__(self, seq: int) -> None:
        super().__init__(f"序号{seq}已按同样的结果入账，无须更正。", f"line {seq} is booked with this answer already")


class DocumentAlreadyBooked(Refused):
    """One document of the bank moves a line's money once."""

    code = "document-already-booked"

    def __init__(self, seq: int) -> None:
        super().__init__(
            f"序号{seq}已凭这一银行凭证更正过一次，再次更正须有新的凭证。",
            f"line {seq} was booked anew by this document before",
            field="document_no",
        )


class LaterAnswerPending(Refused):
    code = "later-answer-pending"

    def __init__(self, seq: int) -> None:
        super().__init__(f"序号{seq}已有一项更正待复核，请先复核或撤回。", f"another later answer to line {seq} waits")


class NoLaterAnswer(Refused):
    code = "no-later-answer"

    def __init__(self) -> None:
        super().__init__("该明细没有待复核的更正。", "no later answer to this line waits")
