"""The calendar in force, and the ledger of what was loaded (校历台账): one row a file."""

import msgspec

from services.registry.calendars.events import CalendarLoaded
from shared.calendar import CalendarChanges, CalendarContent
from shared.kernel.calendar_ledger import calendar_ledger
from shared.kernel.ledgers import Column, Ledger, Row, View
from shared.kernel.recorded import Recorded

CALENDAR = calendar_ledger("registry", CalendarLoaded)


def summary(content: CalendarContent) -> str:
    """What a file said, in a sentence."""
    parts = [
        f"{each.year}年放假安排："
        + "、".join(f"{holiday.name}放假{len(holiday.days_off)}天" for holiday in each.holidays)
        for each in content.arrangements
    ]
    for year in content.school_holidays:
        told = "、".join(f"{each.name}{each.first_day}至{each.last_day}" for each in year.holidays)
        parts.append(f"{year.year}年学校假期：{told or '无'}")
    parts += [f"学期{each.id}：{each.first_day}至{each.last_day}" for each in content.terms]
    return "；".join(parts)


def load_key(number: int) -> str:
    """The key of the row of a load, which is known by the version of the calendar's stream."""
    return f"{number:06d}"


def changes_of(row: Row) -> CalendarChanges:
    """What a load changed, from its row."""
    return msgspec.convert(row["days"], CalendarChanges)


def apply(_: Row | None, event: CalendarLoaded, recorded: Recorded) -> Row:
    return {
        "number": recorded.version,
        "document": event.document,
        "summary": summary(event.content),
        "changes": "".join(event.changes.sentences()),
        "days": msgspec.to_builtins(event.changes),
        "loaded_on": event.loaded_on.isoformat(),
        "loaded_by": event.loaded_by,
    }


CALENDAR_LOADS = Ledger(
    name="calendar-loads",
    source="registry",
    events=frozenset({CalendarLoaded}),
    apply=apply,
    key=lambda _, recorded: load_key(recorded.version),
)
CALENDAR_VIEW = View(
    name="calendars",
    title="校历台账",
    of=CALENDAR_LOADS.name,
    columns=(
        Column("number", "载入次序", "number", width=10),
        Column("document", "依据（文号）", width=24),
        Column("summary", "载入内容", width=60),
        Column("changes", "带来的变动", width=60),
        Column("loaded_on", "载入日期", "date", width=12),
        Column("loaded_by", "载入人", width=14),
    ),
    status_field="",
    date_field="loaded_on",
)
