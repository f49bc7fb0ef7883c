"""What a clerk is told of a notice's end, beside the paper itself."""

from services.supervision.return_notices.events import Outlook
from services.supervision.return_notices.state import Notice, NoticeStatus
from shared.calendar import provisional_note


def hint(notice: Notice) -> str:
    """Of an issued notice what to expect, of a served one whether its end lies in school holidays; else nothing."""
    if notice.status is NoticeStatus.ISSUED and notice.outlook:
        return expected(notice.outlook)
    if notice.service and notice.clock_running and notice.service.in_school_holidays:
        return "期限在学校假期内届满，请提前与学校、家长落实返校安排"
    return ""


def expected(outlook: Outlook) -> str:
    """Nothing to tell of an end on a settled day outside the holidays."""
    day = outlook.expected_last_day
    told = ["正值学校假期，请斟酌下达、送达的时间"] if outlook.in_school_holidays else []
    told += [note] if (note := provisional_note(day, provisional=outlook.provisional)) else []
    return f"如在下达当日送达，期限截止{day}，" + "；".join(told) if told else ""
