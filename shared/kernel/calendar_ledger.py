"""The calendar that was loaded, as every service keeps it: one row, read by each process, counted by generations."""

from collections.abc import Callable
from typing import Any

import msgspec

from shared.calendar.content import CalendarContent
from shared.calendar.live import LiveCalendar
from shared.calendar.school_days import CalendarInForce
from shared.kernel.ledgers import Ledger, Row
from shared.kernel.recorded import Recorded
from shared.kernel.store import Store
from shared.kernel.unit_of_work import UnitOfWork

NAME, KEY = "calendar", "calendar"


def calendar_ledger(source: str, loaded: type) -> Ledger:
    """The ledger of a service that hears of it as `loaded`, an event of `source` with a `content`."""
    return Ledger(name=NAME, source=source, events=frozenset({loaded}), apply=_apply, key=lambda *_: KEY)


def present_generation(ledger: Ledger, calendar: CalendarInForce) -> Callable[[UnitOfWork], int]:
    """The generation that holds in a transaction; the process's calendar is from then on not older."""

    def present(work: UnitOfWork) -> int:
        calendar.look_again()
        return int((work.row(ledger, KEY) or {"generation": 0})["generation"])

    return present


def read_content(store: Store) -> CalendarContent:
    """What has been loaded so far."""
    return content_of(store.ledger_collection(NAME).find_one({"_id": KEY}))


def content_of(row: Row | None) -> CalendarContent:
    return msgspec.convert(row["content"], CalendarContent) if row else CalendarContent()


def follow(calendar: LiveCalendar, store: Store) -> None:
    """Let a process's calendar go by its own service's ledger, if it keeps one."""
    if any(ledger.name == NAME for ledger in store.service.ledgers):
        calendar.follow(lambda: read_content(store))


def _apply(row: Row | None, event: Any, recorded: Recorded) -> Row:
    content = content_of(row).replaced_by(event.content)
    return {"content": msgspec.to_builtins(content), "generation": recorded.version}
