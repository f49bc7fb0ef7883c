"""What cannot be an attempt of persuasion."""

from shared.kernel.refusals import Kind, Refused


class NobodyTookPart(Refused):
    code = "nobody-took-part"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("请至少填写一名参加劝返的人员。", "an attempt names at least one person", field="persons")


class NextBeforeAttempt(Refused):
    code = "next-date-out-of-order"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("下次联系日期应晚于本次日期。", "the next contact must come after this one", field="next_on")
