"""What is known of its whereabouts makes of a child."""

from dataclasses import replace
from typing import assert_never

from services.registry.children.child import Child
from services.registry.children.statuses import Attendance
from services.registry.whereabouts.events import (
    ElsewhereConfirmed,
    ElsewhereLapsed,
    InquiryStubFiled,
    WhereaboutsEvent,
    WhereaboutsFound,
    WhereaboutsLost,
    WhereaboutsRechecked,
    WhereaboutsRecheckMissed,
)


def evolve_whereabouts(child: Child, event: WhereaboutsEvent) -> Child:
    match event:
        case WhereaboutsLost(lost_on=day):
            lost = replace(child, before_lost=child.attendance, lost_on=day, inquiry_stubs=frozenset())
            return replace(lost, attendance=Attendance.UNTRACEABLE)
        case InquiryStubFiled(level=level):
            return replace(child, inquiry_stubs=child.inquiry_stubs | {level})
        case WhereaboutsRechecked() | WhereaboutsRecheckMissed():
            return child
        case WhereaboutsFound(back_to=status):
            return replace(child, attendance=Attendance(status), before_lost=None, lost_on=None)
        case ElsewhereConfirmed(confirmed_on=day):
            settled = replace(child, unexcused=(), steady_since=None, returned_on=None, before_lost=None, lost_on=None)
            return replace(settled, attendance=Attendance.ELSEWHERE_CONFIRMED, elsewhere_on=day)
        case ElsewhereLapsed(back_to=status, absent_since=day):
            unexcused = (day,) if day else ()
            return replace(child, attendance=Attendance(status), elsewhere_on=None, unexcused=unexcused)
        case _:
            assert_never(event)
