"""A notice's state, folded from its events."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from services.supervision.ids import NoticeId
from services.supervision.return_notices.events import (
    OVERTAKEN,
    NoticeEvent,
    NoticeExpired,
    NoticeHandedOver,
    NoticeIssued,
    NoticeOutlookChanged,
    NoticeRequested,
    NoticeServed,
    NoticeStopped,
    NoticeWithdrawn,
    Outlook,
    StopReason,
)


class NoticeStatus(StrEnum):
    REQUESTED = "REQUESTED"
    ISSUED = "ISSUED"
    RUNNING = "RUNNING"
    EXPIRED = "EXPIRED"
    COMPLIED = "COMPLIED"
    CONCLUDED = "CONCLUDED"
    WITHDRAWN = "WITHDRAWN"


LIVE = frozenset({NoticeStatus.REQUESTED, NoticeStatus.ISSUED, NoticeStatus.RUNNING, NoticeStatus.EXPIRED})
ESCALATED = LIVE - {NoticeStatus.REQUESTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    id: NoticeId
    status: NoticeStatus
    requested_on: date
    facts: str
    attempts: int
    issue: NoticeIssued | None = None
    outlook: Outlook | None = None
    service: NoticeServed | None = None
    stopped_on: date | None = None
    stopped_because: StopReason | None = None
    withdrawn: NoticeWithdrawn | None = None

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def clock_running(self) -> bool:
        return self.status is NoticeStatus.RUNNING


def evolve_notice(notice: Notice | None, event: NoticeEvent) -> Notice:
    if notice is None or isinstance(event, NoticeRequested):
        return _requested(event)
    match event:
        case NoticeIssued():
            return replace(notice, status=NoticeStatus.ISSUED, issue=event, outlook=event.outlook)
        case NoticeOutlookChanged(outlook=outlook):
            return replace(notice, outlook=outlook)
        case NoticeServed():
            return replace(notice, status=NoticeStatus.RUNNING, service=event)
        case NoticeExpired():
            return replace(notice, status=NoticeStatus.EXPIRED)
        case NoticeStopped(because=because, stopped_on=day):
            return replace(notice, status=_stopped(because), stopped_on=day, stopped_because=because)
        case NoticeHandedOver():
            return notice
        case NoticeWithdrawn():
            return replace(notice, status=NoticeStatus.WITHDRAWN, withdrawn=event)
        case _:
            assert_never(event)


def _stopped(because: StopReason) -> NoticeStatus:
    """Whoever is sought no more cannot be ordered to school: their notice is withdrawn."""
    if because is StopReason.RETURNED:
        return NoticeStatus.COMPLIED
    return NoticeStatus.CONCLUDED if because in OVERTAKEN else NoticeStatus.WITHDRAWN


def _requested(event: NoticeEvent) -> Notice:
    if not isinstance(event, NoticeRequested):
        raise TypeError(f"{event.TYPE} before the notice was requested")
    return Notice(
        id=event.notice_id,
        status=NoticeStatus.REQUESTED,
        requested_on=event.requested_on,
        facts=event.facts,
        attempts=event.attempts,
    )
