"""What can be asked of a notice."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.supervision.ids import ChildId, NoticeId
from services.supervision.return_notices.events import ServiceReceipt


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestNotice:
    """The school asks the township. `unreported_because` is needed when it has not reported up before."""

    NAME: ClassVar[str] = "supervision.request-notice"
    child_id: ChildId
    notice_id: NoticeId
    facts: str
    unreported_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNotice:
    """The township (by its division code) issues: its name is what the register of divisions says."""

    NAME: ClassVar[str] = "supervision.issue-notice"
    child_id: ChildId
    notice_id: NoticeId
    township: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordService:
    NAME: ClassVar[str] = "supervision.record-service"
    child_id: ChildId
    notice_id: NoticeId
    receipt: ServiceReceipt


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireNotice:
    """The day after the last day has begun."""

    NAME: ClassVar[str] = "supervision.expire-notice"
    child_id: ChildId
    notice_id: NoticeId


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawNotice:
    NAME: ClassVar[str] = "supervision.withdraw-notice"
    child_id: ChildId
    notice_id: NoticeId
    ground: str
