"""That the county has loaded a part of its calendar."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from shared.calendar import CalendarChanges, CalendarContent


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLoaded:
    """Each year and each term in `content` replaces what was in force for it; `document` is the source (文号).

    `changes`: the days that are off from then on, and those that no longer are.
    """

    TYPE: ClassVar[str] = "registry.calendar-loaded.v1"
    OCCURRED_ON: ClassVar[str] = "loaded_on"
    county_code: str
    document: str
    content: CalendarContent
    changes: CalendarChanges
    loaded_on: date
    loaded_by: str
