"""What the county has loaded of its calendar."""

from services.visits.contracts import CalendarLoaded
from shared.kernel.calendar_ledger import calendar_ledger

CALENDAR = calendar_ledger("registry", CalendarLoaded)
