"""The names of this service's clocks: the keys under which their deadlines are stored."""

from services.supervision.ids import ChildId, NoticeId
from services.supervision.obligations.duties import Duty


def duty_clock(child_id: ChildId, cycle: int, duty: Duty) -> str:
    return f"duty:{child_id}:{cycle}:{duty}"


def notice_clock(child_id: ChildId, notice_id: NoticeId) -> str:
    return f"notice:{child_id}:{notice_id}"
