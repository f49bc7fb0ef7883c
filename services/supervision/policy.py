"""The procedure's numbers, as data, and the dates that follow from them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import msgspec

from services.supervision.obligations.duties import Duty
from services.supervision.return_notices.events import Outlook
from shared.calendar import DueDay, SchoolCalendar
from shared.calendar.terms import age_on, school_year_of

SHIPPED = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """See `policy.toml` for units and sources."""

    attempts_before_notice: int
    notice_days: int
    publication_days: int
    recommended_servers: int
    stable_days: int
    oldest: int
    at_once: frozenset[Duty]
    duty_days: Mapping[Duty, int]


def read_policy(path: Path = SHIPPED) -> Policy:
    """Raises `msgspec.ValidationError` when a number is missing or no number."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Policy)


@dataclass(frozen=True, slots=True)
class Terms:
    """A county's policy on its calendar as it is now."""

    policy: Policy
    calendar: SchoolCalendar

    def due_on(self, duty: Duty, raised_on: date) -> DueDay:
        """The last day of a duty raised on a day. At once (立即) is the next day, and never rolls."""
        if duty in self.policy.at_once:
            return DueDay(raised_on + timedelta(days=1), provisional=False)
        return self.calendar.due(raised_on, self.calendar.working.period_end(raised_on, self.policy.duty_days[duty]))

    def notice_runs_until(self, served_on: date) -> date:
        """The last day of a notice that counts as served on a day: the 7th day after it, rolled over days off."""
        return self.calendar.working.period_end(served_on, self.policy.notice_days)

    def outlook(self, served_on: date) -> Outlook:
        """What the end of a notice would be, were it served on a day."""
        due = self.calendar.due(served_on, self.notice_runs_until(served_on))
        return Outlook(
            expected_last_day=due.day,
            provisional=due.provisional,
            in_school_holidays=self.calendar.in_school_holidays(due.day),
        )

    def is_over_age(self, born_on: date, today: date) -> bool:
        """Whether the child was past compulsory age on the 31 August before the present school year."""
        cut_off = school_year_of(today).age_cut_off
        return born_on <= cut_off and age_on(born_on, cut_off) > self.policy.oldest

    def published_service(self, published_on: date) -> date:
        """The day on which a published notice counts as served."""
        return published_on + timedelta(days=self.policy.publication_days)
