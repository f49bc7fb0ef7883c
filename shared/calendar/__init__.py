"""Working days, legal periods, festivals, school terms and the local day."""

from shared.calendar.changes import CalendarChanges, changes_between
from shared.calendar.content import CalendarContent, SchoolHolidays, shipped_calendar
from shared.calendar.due_days import DueDay, moved_to, provisional_note
from shared.calendar.lateness import Lateness, lateness
from shared.calendar.lunar import Festival, festival_date
from shared.calendar.school_days import CalendarInForce, SchoolCalendar, SchoolHoliday
from shared.calendar.terms import (
    SchoolYear,
    Season,
    Term,
    TermCalendar,
    TermDates,
    TermId,
    age_on,
    is_of_age_at_cut_off,
    read_terms,
    school_year_of,
)
from shared.calendar.working_days import WorkingCalendar, read_working_calendar
from shared.calendar.zone import ASIA_SHANGHAI, local_date, local_datetime, start_of_local_day

__all__ = [
    "ASIA_SHANGHAI",
    "CalendarChanges",
    "CalendarContent",
    "CalendarInForce",
    "DueDay",
    "Festival",
    "Lateness",
    "SchoolCalendar",
    "SchoolHoliday",
    "SchoolHolidays",
    "SchoolYear",
    "Season",
    "Term",
    "TermCalendar",
    "TermDates",
    "TermId",
    "WorkingCalendar",
    "age_on",
    "changes_between",
    "festival_date",
    "is_of_age_at_cut_off",
    "lateness",
    "local_date",
    "local_datetime",
    "moved_to",
    "provisional_note",
    "read_terms",
    "read_working_calendar",
    "school_year_of",
    "shipped_calendar",
    "start_of_local_day",
]
