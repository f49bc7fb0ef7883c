"""What loading a part of a calendar changes: the days that are off from then on, and those that no longer are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.calendar.content import CalendarContent
from shared.calendar.school_days import SchoolCalendar
from shared.calendar.statutory import SATURDAY, statutory_festivals

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDays:
    """Days that follow each other, both included, and the holiday to which they belong or belonged, in Chinese."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanges:
    """`added`: days without school or work from now on. `removed`: days off on which there is school or work again.

    `worked`: weekend days that are worked instead of others (调休), which takes no holiday from anybody.
    """

    added: tuple[NamedDays, ...] = ()
    removed: tuple[NamedDays, ...] = ()
    worked: tuple[NamedDays, ...] = ()

    def sentences(self) -> list[str]:
        """What changed, in Chinese; that days off are lost stands first."""
        told = (("不再放假、恢复上课或上班", self.removed), ("新增放假", self.added), ("调休上班", self.worked))
        return [f"{what}：{_listed(days)}。" for what, days in told if days]


def changes_between(before: SchoolCalendar, after: SchoolCalendar, loaded: CalendarContent) -> CalendarChanges:
    """How `after`, which is `before` with `loaded` over it, differs from it."""
    added: list[date] = []
    removed: list[date] = []
    worked: list[date] = []
    for day in _days_of(loaded):
        was, is_ = _lessons_and_work(before, day), _lessons_and_work(after, day)
        if any(then and not now for then, now in zip(was, is_, strict=True)):
            added.append(day)
        elif was != is_:
            exchanged = day.weekday() >= SATURDAY and not before.working.is_festival(day)
            (worked if exchanged else removed).append(day)
    return CalendarChanges(
        added=_runs(added, lambda day: _name_of(after, day)),
        removed=_runs(removed, lambda day: _name_of(before, day)),
        worked=_runs(worked, lambda _: ""),
    )


def _lessons_and_work(calendar: SchoolCalendar, day: date) -> tuple[bool, bool]:
    return calendar.has_school(day), calendar.working.is_working_day(day)


def _days_of(loaded: CalendarContent) -> Iterator[date]:
    """Every day that the content can touch: a year's holidays and terms may reach into the years beside it."""
    for year in sorted({near for each in loaded.years() for near in (each - 1, each, each + 1)}):
        length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
        yield from (date(year, 1, 1) + timedelta(days=number) for number in range(length))


def _name_of(calendar: SchoolCalendar, day: date) -> str:
    """The holiday of a day off."""
    holidays = [holiday for year in calendar.working.arrangements.values() for holiday in year.holidays]
    spans = [(each.name, each.first_day, each.last_day) for each in holidays]
    spans += [(each.name, each.first_day, each.last_day) for each in calendar.holidays]
    if named := [name for name, first, last in spans if first <= day <= last]:
        return named[0]
    if calendar.working.is_festival(day):  # a year without a notice
        nearest = {name: min(abs(day - each) for each in days) for name, days in statutory_festivals(day.year).items()}
        return min(nearest, key=nearest.__getitem__)
    return "周末" if day.weekday() >= SATURDAY else "学期之外"


def _runs(days: Iterable[date], name_of: Callable[[date], str]) -> tuple[NamedDays, ...]:
    runs: list[NamedDays] = []
    for day in days:
        name = name_of(day)
        if runs and runs[-1].name == name and runs[-1].last_day + _ONE_DAY == day:
            runs[-1] = NamedDays(name=name, first_day=runs[-1].first_day, last_day=day)
        else:
            runs.append(NamedDays(name=name, first_day=day, last_day=day))
    return tuple(runs)


def _listed(days: Iterable[NamedDays]) -> str:
    return "、".join(
        f"{each.name}{' ' if each.name else ''}{each.first_day}"
        + (f"至{each.last_day}" if each.last_day > each.first_day else "")
        for each in days
    )
