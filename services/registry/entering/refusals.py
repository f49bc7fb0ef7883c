"""What stands against a notice, a registration gap, or the explanation of a gate."""

from shared.kernel.refusals import Kind, Refused


class ReportBeforeNotice(Refused):
    code = "report-before-notice"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "报到期限早于通知书发放日期，请核对。", "the child would have to come before the notice", field="report_by"
        )


class RegisteredAlready(Refused):
    code = "registered-already"

    def __init__(self) -> None:
        super().__init__("该生已有学籍，不属于在校未注册学籍，请核对学生。", "the child has a student file")


class GateNotSkipped(Refused):
    code = "gate-not-skipped"

    def __init__(self, label: str) -> None:
        super().__init__(
            f"“{label}”没有缺漏（已办理，或还没有到这一步），无需说明。", "the gate was gone through, or lies ahead"
        )
