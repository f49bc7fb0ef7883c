"""Whether a pupil's new grade at the same school follows from the old one: what does not is taken, and told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from shared.calendar.terms import school_year_of
from shared.faults import Fault

_BY_THE_SCHOOL = "请核对年级；确系留级、跳级的，可以不作改动"


def grade_doubt(before: int, after: int, since: date, today: date) -> Fault | None:
    """`before` was the grade on the day `since`. A year may be repeated; in each one a pupil moves up by one grade."""
    if after < before:
        return went_down(before, after)
    years = school_year_of(today).start - school_year_of(since).start
    return jumped(before, after) if after - before > max(1, years) else None


def went_down(before: int, after: int) -> Fault:
    return Fault(
        "grade-went-down",
        f"年级比登记的低：登记为{before}年级，本次为{after}年级",
        "The grade is lower than the one on file.",
        _BY_THE_SCHOOL,
    )


def jumped(before: int, after: int) -> Fault:
    return Fault(
        "grade-jumped",
        f"年级跳升：登记为{before}年级，本次为{after}年级",
        "The grade went up by more than the school years that have passed.",
        _BY_THE_SCHOOL,
    )


def told_on(row: Mapping[str, Any]) -> date:
    """When the school of a child's ledger row last told its grade and class."""
    days = [date.fromisoformat(row[name]) for name in ("enrolled_on", "changed_on") if row.get(name)]
    return max(days, default=date.min)
