"""Why a part of the county's calendar is not loaded."""

from collections.abc import Mapping, Sequence
from datetime import date

from shared.calendar import SchoolHoliday
from shared.calendar.terms import Term
from shared.kernel.refusals import Kind, Refused


class CalendarYearOutOfRange(Refused):
    code = "calendar-year-out-of-range"
    kind = Kind.INVALID

    def __init__(self, year: int, first: int, last: int) -> None:
        super().__init__(
            f"文件写的是{year}年，只能载入{first}年至{last}年的内容，请核对年份。",
            f"the year {year} lies outside of {first} to {last}",
            field="content",
        )


class FestivalsMissing(Refused):
    code = "festivals-missing"
    kind = Kind.INVALID

    def __init__(self, year: int, missing: Mapping[str, Sequence[date]]) -> None:
        told = "、".join(
            f"{name}（{days[0]}{f'至{days[-1]}' if len(days) > 1 else ''}）" for name, days in missing.items()
        )
        super().__init__(
            f"{year}年放假安排会替换全年，而文件中这些法定节日没有放假：{told}。"
            "请对照国务院办公厅通知，把全年各节日写在一个文件里再载入；现行校历没有改动。",
            f"statutory festivals of {year} are not off: {', '.join(f'{days[0]}' for days in missing.values())}",
            field="content",
        )


class TermsOverlap(Refused):
    code = "terms-overlap"
    kind = Kind.INVALID

    def __init__(self, first: Term, second: Term) -> None:
        super().__init__(
            f"{first.name}到{first.last_day}才结束，{second.name}在{second.first_day}已经开学，请核对两个学期的起止日期。",
            f"{first.id} ends on {first.last_day}, and {second.id} begins on {second.first_day}",
            field="content",
        )


def _ends(days: Sequence[date]) -> Sequence[date]:
    return days if len(days) == 1 else (days[0], days[-1])


class SchoolHolidayOutsideTerms(Refused):
    code = "school-holiday-outside-terms"
    kind = Kind.INVALID

    def __init__(self, holiday: SchoolHoliday) -> None:
        super().__init__(
            f"{holiday.name}（{holiday.first_day}至{holiday.last_day}）不在任何学期之内，请核对日期，或先载入该学期的起止日期。",
            f"the school holiday from {holiday.first_day} lies in no term",
            field="content",
        )
