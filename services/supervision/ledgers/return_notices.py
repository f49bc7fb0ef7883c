"""The notices, one row each."""

from typing import get_args

from services.supervision.ledgers.stored import state_of, with_state
from services.supervision.return_notices.events import NoticeEvent
from services.supervision.return_notices.outlook import hint
from services.supervision.return_notices.state import Notice, evolve_notice
from shared.identifiers.division import DivisionLevel
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

COUNTY = int(DivisionLevel.COUNTY)


def key(event: NoticeEvent, _: Recorded) -> str:
    return event.notice_id


def apply(row: Row | None, event: NoticeEvent, _: Recorded) -> Row:
    notice = evolve_notice(state_of(row, Notice), event)
    return with_state(notice, {"child_id": event.child_id, "cycle": event.cycle, **_columns(notice)})


def _columns(notice: Notice) -> Row:
    issue, service = notice.issue, notice.service
    return {
        "notice_id": notice.id,
        "status": notice.status,
        "attempts": notice.attempts,
        "requested_on": notice.requested_on,
        "number": issue.number if issue else "",
        "numbered": f"{issue.township[:COUNTY]}/{issue.number}" if issue else None,
        "register_entry": f"{issue.township}/{issue.year}/{issue.sequence}" if issue else None,
        "issuer": issue.issuer if issue else "",
        "issued_on": issue.issued_on if issue else None,
        "method": service.receipt.method if service else "",
        "served_on": service.receipt.served_on if service else None,
        "servers": "、".join(service.receipt.servers) if service else "",
        "server_count": len(service.receipt.servers) if service else None,
        "counts_from": service.counts_from if service else None,
        "last_day": service.last_day if service else None,
        "hint": hint(notice),
        "stopped_on": notice.stopped_on,
        "stopped_because": notice.stopped_because or "",
        "withdrawn_on": notice.withdrawn.withdrawn_on if notice.withdrawn else None,
    }


RETURN_NOTICES = Ledger(
    name="return-notices",
    source="supervision",
    events=frozenset(get_args(NoticeEvent)),
    apply=apply,
    key=key,
    indexes=(
        Index(("register_entry",), unique=True, what="文号"),
        Index(("numbered",), unique=True, what="文号"),
        Index(("child_id",)),
    ),
)
