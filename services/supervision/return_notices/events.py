"""What happens to a 《限期复学通知书》. A wrong one is withdrawn, never edited."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.supervision.ids import ChildId, NoticeId


class ServiceMethod(StrEnum):
    """How a document reaches its addressee (民诉法 88 to 95)."""

    DIRECT = "DIRECT"
    LEAVE_BEHIND = "LEAVE_BEHIND"
    ENTRUSTED = "ENTRUSTED"
    MAIL = "MAIL"
    ELECTRONIC = "ELECTRONIC"
    PUBLICATION = "PUBLICATION"


class StopReason(StrEnum):
    RETURNED = "RETURNED"
    ON_SUSPENSION = "ON_SUSPENSION"
    DECEASED = "DECEASED"
    ABROAD = "ABROAD"
    DECLARED_MISSING = "DECLARED_MISSING"
    ELSEWHERE = "ELSEWHERE"
    HOME_TEACHING = "HOME_TEACHING"
    DEFERRED = "DEFERRED"
    MISTAKE = "MISTAKE"
    COMPLETED = "COMPLETED"
    MERGED = "MERGED"
    OVER_AGE = "OVER_AGE"
    CASE_CLOSED = "CASE_CLOSED"
    REOPENED = "REOPENED"


OVERTAKEN = frozenset({StopReason.CASE_CLOSED, StopReason.REOPENED})
"""The case itself ended, or began anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom the notice speaks of, as known when it was issued. Names only."""

    child_name: str
    guardian_name: str
    school_name: str
    grade: int
    class_no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRequested:
    """The school asks the township for a notice; `attempts` are on record in this cycle.

    `unreported_because` says why the school had not reported up before (a gate is not skipped in silence).
    """

    TYPE: ClassVar[str] = "supervision.notice-requested.v1"
    OCCURRED_ON: ClassVar[str] = "requested_on"
    child_id: ChildId
    cycle: int
    notice_id: NoticeId
    facts: str
    attempts: int
    unreported_because: str
    requested_on: date
    requested_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """When a notice would end, were it served on the day on which it was issued. Nothing of this is printed."""

    expected_last_day: date
    provisional: bool
    in_school_holidays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued:
    """The township issued the document; the fields, but for the `outlook`, are what is printed on it."""

    TYPE: ClassVar[str] = "supervision.notice-issued.v1"
    OCCURRED_ON: ClassVar[str] = "issued_on"
    child_id: ChildId
    cycle: int
    notice_id: NoticeId
    number: str
    township: str
    year: int
    sequence: int
    issuer: str
    addressee: Addressee
    absent_since: date
    facts: str
    attempts: int
    days: int
    issued_on: date
    issued_by: str
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOutlookChanged:
    """The county's calendar changed before the notice was served."""

    TYPE: ClassVar[str] = "supervision.notice-outlook-changed.v1"
    child_id: ChildId
    cycle: int
    notice_id: NoticeId
    outlook: Outlook


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReceipt:
    """送达回证: `served_on` is the date on the receipt, `proof` a file, mail or publication reference."""

    method: ServiceMethod
    served_on: date
    servers: tuple[str, ...]
    signer: str = ""
    witness: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeServed:
    """The clock starts: the day after `counts_from` is the first day, `last_day` the last, whatever is loaded later.

    A notice runs through school holidays; `in_school_holidays` says that it ends in them.
    """

    TYPE: ClassVar[str] = "supervision.notice-served.v1"
    child_id: ChildId
    cycle: int
    notice_id: NoticeId
    receipt: ServiceReceipt
    counts_from: date
    last_day: date
    recorded_by: str
    in_school_holidays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeExpired:
    """`last_day` ended and the child was not back."""

    TYPE: ClassVar[str] = "supervision.notice-expired.v1"
    child_id: ChildId
    cycle: int
    notice_id: NoticeId
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeHandedOver:
    """The child stands elsewhere: the township there goes on with the notice."""

    TYPE: ClassVar[str] = "supervision.notice-handed-over.v1"
    OCCURRED_ON: ClassVar[str] = "handed_over_on"
    child_id: ChildId
    cycle: int
    notice_id: NoticeId
    division: str
    school_code: str
    handed_over_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeStopped:
    """The notice has no further consequence: complied with, overtaken, or withdrawn since nobody seeks the child."""

    TYPE: ClassVar[str] = "supervision.notice-stopped.v1"
    OCCURRED_ON: ClassVar[str] = "stopped_on"
    child_id: ChildId
    cycle: int
    notice_id: NoticeId
    because: StopReason
    stopped_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWithdrawn:
    TYPE: ClassVar[str] = "supervision.notice-withdrawn.v1"
    OCCURRED_ON: ClassVar[str] = "withdrawn_on"
    child_id: ChildId
    cycle: int
    notice_id: NoticeId
    ground: str
    withdrawn_on: date
    withdrawn_by: str


NoticeEvent = (
    NoticeRequested
    | NoticeIssued
    | NoticeOutlookChanged
    | NoticeServed
    | NoticeExpired
    | NoticeHandedOver
    | NoticeStopped
    | NoticeWithdrawn
)
