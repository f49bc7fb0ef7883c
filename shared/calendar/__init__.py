"""Working days, legal periods, festivals, school terms and the local day."""

from shared.calendar.lunar import Festival, festival_date
from shared.calendar.school_days import SchoolCalendar, SchoolHoliday
from shared.calendar.terms import (
    SchoolYear,
    Season,
    Term,
    TermCalendar,
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
    "Festival",
    "SchoolCalendar",
    "SchoolHoliday",
    "SchoolYear",
    "Season",
    "Term",
    "TermCalendar",
    "TermId",
    "WorkingCalendar",
    "age_on",
    "festival_date",
    "is_of_age_at_cut_off",
    "local_date",
    "local_datetime",
    "read_terms",
    "read_working_calendar",
    "school_year_of",
    "start_of_local_day",
]
