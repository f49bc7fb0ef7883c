"""The clock is a port: production reads the system's, trials and tests move a shared one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, UTC, timezone-aware, cut to milliseconds (what MongoDB keeps)."""
        ...


def to_milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class SystemClock:
    def now(self) -> datetime:
        return to_milliseconds(datetime.now(UTC))


class FixedClock:
    """A clock for tests: stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return to_milliseconds(self._moment)

    def advance(self, by: timedelta) -> None:
        self._moment += by


class SharedClock:
    """The system clock plus an offset kept in a file, so that every process of an embedded suite agrees.

    The file holds whole seconds; a missing file means no offset. Time only moves forward.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def offset(self) -> timedelta:
        try:
            return timedelta(seconds=int(self._path.read_text()))
        except FileNotFoundError:
            return timedelta()

    def now(self) -> datetime:
        return to_milliseconds(datetime.now(UTC) + self.offset())

    def advance(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError("time only moves forward")
        seconds = int((self.offset() + by).total_seconds())
        replacement = self._path.with_suffix(".next")
        replacement.write_text(str(seconds))
        replacement.replace(self._path)
