"""The doubts about a child's file, kept in its ledger row and checked at every change. Rule 3-20."""

from collections.abc import Mapping
from typing import Any

from services.registry.children.events import ChildEnrolled, EnrolmentChanged
from services.registry.quality.events import QualityIssueAccepted
from services.registry.quality.rules import quality_rules
from services.registry.reconciliation.events import (
    DifferenceFound,
    DifferenceRecurred,
    DifferenceReopened,
    DifferenceResolved,
)
from services.registry.reconciliation.reasons import Owner
from services.registry.transfers.events import TransferCompleted
from shared.calendar import local_date
from shared.kernel.ledgers import Row
from shared.kernel.recorded import Recorded

TwoEnrolmentsEvent = DifferenceFound | DifferenceRecurred | DifferenceReopened | DifferenceResolved
"""What is told of a difference of the family DUP."""


def accepted_columns(row: Row, event: QualityIssueAccepted) -> Row:
    return {"issues_accepted": row["issues_accepted"] | {event.rule: event.reason}}


def grade_columns(event: Any, recorded: Recorded) -> Row:
    """The day on which somebody last said in which grade the child is: that of recording, whenever it entered."""
    tells = isinstance(event, ChildEnrolled | EnrolmentChanged | TransferCompleted)
    return {"grade_told_on": local_date(recorded.time).isoformat()} if tells else {}


def enrolments_columns(_: Row, event: TwoEnrolmentsEvent) -> Row:
    """Whether the lists have two active student files of the child, and nobody has shown otherwise."""
    return {"two_enrolments": not isinstance(event, DifferenceResolved)}


def checked(row: Row, recorded: Recorded) -> Row:
    """The row with its open issues, each with the day it was found: when what shows it was recorded, however far back
    that reaches. What is accepted is not open while it lasts.
    """
    broken = [] if row.get("merged_into") else quality_rules().broken_by(row)
    accepted = {code: reason for code, reason in row["issues_accepted"].items() if code in broken}
    opened = [code for code in broken if code not in accepted]
    day = local_date(recorded.time).isoformat()
    since = {code: row["issues_since"].get(code, day) for code in opened}
    return (
        row
        | _first_days(since)
        | {
            "issues": opened,
            "issues_owners": quality_rules().owners_of(opened),
            "issues_since": since,
            "issues_accepted": accepted,
        }
    )


def since_of(owner: Owner) -> str:
    """The column with the first day of the issues that are an owner's."""
    return f"{owner.lower()}_issues_since"


def _first_days(since: Mapping[str, str]) -> Row:
    """The first day of all open issues, and of each owner's; None where there is none."""
    days = {owner: [day for code, day in since.items() if code in quality_rules().labels_of(owner)] for owner in Owner}
    firsts = {since_of(owner): min(of_owner, default=None) for owner, of_owner in days.items()}
    return {"issues_open_since": min(since.values(), default=None)} | firsts
