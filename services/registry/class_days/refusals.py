"""What cannot be a day's count of a class."""

from datetime import date

from shared.kernel.refusals import Kind, Refused


class CountsDoNotAddUp(Refused):
    """More pupils than the class has."""

    code = "counts-do-not-add-up"
    kind = Kind.INVALID

    def __init__(self, day: date, expected: int, told: int) -> None:
        super().__init__(
            f"{day}应到{expected}人，而实到、请假、旷课合计{told}人，请核对各项人数。",
            f"{told} pupils are accounted for, {expected} are expected",
            field="expected",
        )


class DayOutsideSchoolYear(Refused):
    """A count is kept with its school year."""

    code = "day-outside-school-year"
    kind = Kind.INVALID

    def __init__(self, day: date) -> None:
        super().__init__(
            f"{day}与同批其他日期不在同一学年，请分开登记。", "the days are of several school years", field="day"
        )
