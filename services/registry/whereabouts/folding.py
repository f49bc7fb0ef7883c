"""What is known of its whereabouts makes of a child."""

from dataclasses import replace
from typing import assert_never

from services.registry.attendance.spells import NO_SPELL, missed_from
from services.registry.children.child import Child
from services.registry.children.statuses import STOPPED, Attendance
from services.registry.entering.folding import awaited
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
            lost = replace(child, before_lost=child.attendance, lost_on=day, asked_on=day, inquiry_stubs=frozenset())
            return replace(lost, attendance=Attendance.UNTRACEABLE)
        case InquiryStubFiled(level=level):
            return replace(child, inquiry_stubs=child.inquiry_stubs | {level})
        case WhereaboutsRechecked(rechecked_on=day) | WhereaboutsRecheckMissed(missed_on=day):
            return replace(child, asked_on=day)
        case WhereaboutsFound(back_to=status, absent_since=day):
            spell = replace(child.spell, missing_since=child.lost_on) if child.unexcused else missed_from(day)
            found = replace(child, before_lost=None, lost_on=None, spell=spell)
            return replace(found, attendance=Attendance(status))
        case ElsewhereConfirmed(confirmed_on=day):
            settled = replace(child, spell=NO_SPELL, steady_since=None, returned_on=None)
            registration = child.file_status if child.registration in STOPPED else child.registration
            there = replace(settled, registration=registration, elsewhere_on=day, respite=None)
            there = replace(there, before_lost=None, lost_on=None)
            return replace(there, attendance=Attendance.ELSEWHERE_CONFIRMED)
        case ElsewhereLapsed(back_to=status, absent_since=day):
            lapsed = replace(child, attendance=Attendance(status), elsewhere_on=None, spell=missed_from(day))
            return lapsed if day else awaited(lapsed, event.lapsed_on)
        case _:
            assert_never(event)
