"""What more than one part of the visits service refuses."""

from datetime import date

from shared.kernel.refusals import Kind, Refused


class ChildIsNotAway(Refused):
    """Only a child that is away can be visited or persuaded to come back."""

    code = "child-is-not-away"

    def __init__(self) -> None:
        super().__init__(
            "该生目前在校，不在疑似辍学或辍学名单中，不能登记劝返。",
            "the child is in school: there is nobody to persuade",
        )


class DateInFuture(Refused):
    code = "date-in-future"
    kind = Kind.INVALID

    def __init__(self, field: str) -> None:
        super().__init__("日期晚于今天，不能登记还没有发生的事情。", "the date lies in the future", field=field)


class DateBefore(Refused):
    """A date before another that must come first."""

    code = "date-out-of-order"
    kind = Kind.INVALID

    def __init__(self, field: str, what: str, what_en: str, limit: date) -> None:
        super().__init__(
            f"日期早于{what}（{limit:%Y-%m-%d}），先后顺序不对，请核对。",
            f"the date is before {what_en} ({limit})",
            field=field,
        )
