"""What stands against a transfer."""

from shared.kernel.refusals import Kind, Refused


class SchoolDriven(Refused):
    """In compulsory education no school may make a child leave."""

    code = "transfer-driven-by-school"

    def __init__(self) -> None:
        super().__init__(
            "义务教育阶段学校不得劝退、劝转或强制学生转学，转学只能由监护人书面申请；"
            "如学校确有此类要求，请登记“疑似劝退情况”，由县教育局核查。",
            "a school may not make a child leave; report it as a push-out instead",
            field="initiated_by",
        )


class TransferUnderWay(Refused):
    code = "transfer-under-way"

    def __init__(self, receiving: str) -> None:
        super().__init__(
            f"该生转往{receiving}的手续正在办理，请先办结该手续，或撤回原申请。",
            "a transfer of the child is under way",
        )


class NoTransferUnderWay(Refused):
    code = "no-transfer-under-way"

    def __init__(self) -> None:
        super().__init__("该生没有正在办理的转学手续，请核对学生。", "no transfer of the child is under way")


class SuspendedNow(Refused):
    code = "suspended-now"

    def __init__(self) -> None:
        super().__init__("该生正在休学，休学期间不能转学，请先办理复学。", "no transfer during a suspension")


class AlreadyThere(Refused):
    code = "already-at-school"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "该生学籍已在接收学校，无需转学。",
            "the child is at the receiving school",
            field="receiving_school_code",
        )


class BureauConfirms(Refused):
    """A school does not confirm in a bureau's place, nor in that of a party outside the county."""

    code = "bureau-confirms"

    def __init__(self, party: str) -> None:
        super().__init__(
            f"现在等待{party}核办，应由县教育局登记核办结果，学校不能代办。",
            "the county records this step",
        )


class ReceiptMissing(Refused):
    code = "transfer-receipt-missing"
    kind = Kind.INVALID

    def __init__(self, party: str) -> None:
        super().__init__(
            f"登记{party}核办结果须填写学籍系统回执编号，请在学籍系统核办后补填。",
            "the national system's receipt is missing",
            field="receipt",
        )


class LastDayMissing(Refused):
    code = "last-day-missing"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "转出学校核办时须填写学生最后在校日期，以便核对转出与到校之间有无空档。",
            "the sending school must tell the last day there",
            field="left_on",
        )


class ArrivalNeedsReturn(Refused):
    code = "arrival-needs-return"

    def __init__(self) -> None:
        super().__init__(
            "该生已列为疑似辍学或辍学，到校须按“返校”登记并附返校证明，不能只登记转入到校。",
            "the child is away: its arrival is a return",
        )


class NothingToArriveAt(Refused):
    code = "no-arrival-awaited"

    def __init__(self) -> None:
        super().__init__(
            "该生没有已办结、等待到校的转学，请核对学生或先办结转学手续。", "no arrival is awaited for the child"
        )
