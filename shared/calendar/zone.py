"""The local day. Business dates are local dates; instants are stored in UTC."""

from datetime import UTC, date, datetime, time, timedelta, timezone

# China has kept UTC+8 without daylight saving since 1991, so the offset needs no zone database,
# which small container images lack.
ASIA_SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def local_datetime(instant: datetime) -> datetime:
    """``instant`` on the local clock. Raises ``ValueError`` for a datetime without a zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(ASIA_SHANGHAI)


def local_date(instant: datetime) -> date:
    """The local calendar day of ``instant``. Raises ``ValueError`` for a datetime without a zone."""
    return local_datetime(instant).date()


def start_of_local_day(day: date) -> datetime:
    """The instant, in UTC, at which ``day`` begins."""
    return datetime.combine(day, time.min, ASIA_SHANGHAI).astimezone(UTC)
