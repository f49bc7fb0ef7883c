"""The calendar in force, in one process: what is loaded while it runs holds here some seconds later."""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from shared.calendar.content import CalendarContent, shipped_calendar
from shared.calendar.school_days import CalendarInForce, SchoolCalendar

T = TypeVar("T")
LOOK_AGAIN_AFTER_S = 2.0
"""At most so old is what a process goes by."""


def asks(calendar: CalendarInForce, decide: Callable[..., T], *bound: object) -> Callable[..., T]:
    """`decide` with what is bound, and after it the calendar in force at each call, as a value."""

    def decided(*given: Any) -> T:
        return decide(*bound, calendar(), *given)

    return decided


class LiveCalendar:
    """Called, it gives the calendar in force: the shipped one, with what the county has loaded over it.

    It holds nothing of a database until it is told whom to follow, so it may be made before a fork.
    """

    def __init__(self) -> None:
        self._shipped = self._in_force = shipped_calendar()
        self._content = CalendarContent()
        self._read: Callable[[], CalendarContent] | None = None
        self._fresh_until = 0.0

    def follow(self, read: Callable[[], CalendarContent]) -> None:
        """From now on, go by what `read` gives. It may raise: then so does whoever asks for the calendar."""
        self._read = read
        self._fresh_until = 0.0

    def __call__(self) -> SchoolCalendar:
        if self._read is not None and monotonic() >= self._fresh_until:
            self._take(self._read())
        return self._in_force

    def look_again(self) -> None:
        """Read anew at the next call: something was loaded just now."""
        self._fresh_until = 0.0

    def _take(self, content: CalendarContent) -> None:
        if content != self._content:
            self._in_force, self._content = content.over(self._shipped), content
        self._fresh_until = monotonic() + LOOK_AGAIN_AFTER_S
